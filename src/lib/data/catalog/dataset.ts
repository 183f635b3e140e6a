/** A data set: what is known about it, its bars, and its bars as a stream of blocks. */
import { join } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import { blocksFromBars } from '../../frame/index.ts';
import type { Bars, BlockSource } from '../../model/index.ts';
import { chooseSymbols } from '../finish-bars.ts';
import { readParquet } from '../parquet/read-parquet.ts';
import type { Query } from '../read-options.ts';
import { openTape } from '../tape/open-tape.ts';
import { type DatasetMeta, readMeta } from './dataset-meta.ts';

export interface Dataset {
  readonly meta: DatasetMeta;
  /** Folder, file or database it is read from, without a password. */
  readonly location: string;
  /** Bars in the order of `symbols`, or of the data set. @throws SigmaError usage/unknown-instrument, usage/empty-range, data/unreadable */
  read(query?: Query): Promise<Bars[]>;
  /** The same bars in time order; large sets come from a tape that is cached beside them, in bounded memory. */
  source(query?: Query): Promise<BlockSource>;
}

/** Sets of more rows than this stream from a tape; smaller ones are merged in memory. */
const TAPE_ROWS = 2_000_000;

/** A stored data set by its folder. */
export async function openFolder(folder: string): Promise<Dataset> {
  const meta = await readMeta(join(folder, 'dataset.json'));
  const file = join(folder, 'bars.parquet');
  const dataset: Dataset = {
    meta,
    location: folder,
    read: async (query = {}) => {
      const known = meta.instruments.map((i) => i.symbol);
      const symbols = chooseSymbols(known, query.symbols, meta.name);
      const bars = await readParquet(file, {
        timeframe: meta.timeframe,
        // Stored bars were checked when they were imported, or are kept faulty on purpose.
        check: false,
        ...(meta.instruments.length === 1 && { symbol: symbols[0]! }),
        ...query,
        ...(query.symbols !== undefined && { symbols }),
      });
      return bars.map((b) => {
        const details = meta.instruments.find((i) => i.symbol === b.instrument.symbol);
        if (details === undefined)
          throw new SigmaError('store/corrupt', `holds '${b.instrument.symbol}', which dataset.json does not list`, {
            where: file,
          });
        return { ...b, instrument: details, closeOnly: meta.closeOnly };
      });
    },
    source: async (query = {}) =>
      meta.rows > TAPE_ROWS ? openTape({ meta, file, folder }, query) : blocksFromBars(await dataset.read(query)),
  };
  return dataset;
}

/** A data set whose bars are in memory already. */
export function datasetOfBars(
  meta: DatasetMeta,
  location: string,
  bars: readonly Bars[],
  cut: (bars: Bars[], query: Query) => Bars[],
): Dataset {
  const bySymbol = new Map(bars.map((b) => [b.instrument.symbol, b]));
  const read = async (query: Query = {}): Promise<Bars[]> => {
    const symbols = chooseSymbols([...bySymbol.keys()], query.symbols, location);
    return cut(
      symbols.map((s) => bySymbol.get(s)!),
      query,
    );
  };
  return { meta, location, read, source: async (query) => blocksFromBars(await read(query)) };
}
