/** placeholder until the tape lands: */
import { blocksFromBars } from '../../frame/index.ts';
import type { BlockSource } from '../../model/index.ts';
import type { DatasetMeta } from '../catalog/dataset-meta.ts';
import { readParquet } from '../parquet/read-parquet.ts';
import type { Query } from '../read-options.ts';

export type TapeOrigin = { readonly meta: DatasetMeta; readonly file: string; readonly folder: string };

export async function openTape(origin: TapeOrigin, query: Query): Promise<BlockSource> {
  return blocksFromBars(await readParquet(origin.file, { timeframe: origin.meta.timeframe, check: false, ...query }));
}
