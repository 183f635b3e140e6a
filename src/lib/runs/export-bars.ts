/** Bars of a data set into a file or a database for other tools. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { SigmaError } from '../core/index.ts';
import { type CatalogOptions, openDataset, toArrowIpc, writeCsv, writeParquet, writePostgres } from '../data/index.ts';
import { type Bars, barCount } from '../model/index.ts';
import { atomicWrite } from '../storage/index.ts';
import { rangeOf, type When } from './options.ts';

export type ExportBarsOptions = {
  readonly symbols?: readonly string[];
  readonly from?: When;
  readonly to?: When;
  readonly replace?: boolean;
};

/**
 * @param target a path that ends in .csv, .parquet or .arrow, or a postgres:// address with `?table=`
 * @throws SigmaError usage/bad-option for another ending, store/write-failed, service/unreachable, and those of opening the data set
 */
export async function exportBars(
  name: string,
  target: string,
  options: ExportBarsOptions,
  catalog: CatalogOptions = {},
): Promise<number> {
  const write = writerFor(target, options.replace === true);
  const { from, to } = rangeOf(options);
  const dataset = await openDataset(name, catalog);
  const bars = await dataset.read({
    ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(to) ? { to } : {}),
  });
  await write(bars);
  return bars.reduce((sum, one) => sum + barCount(one), 0);
}

function writerFor(target: string, replace: boolean): (bars: readonly Bars[]) => Promise<unknown> {
  if (/^postgres(ql)?:/.test(target)) return (bars) => writePostgres(target, bars, { replace });
  switch (extname(target).toLowerCase()) {
    case '.parquet':
      return (bars) => writeParquet(target, bars);
    case '.csv':
      return (bars) => writeCsv(target, bars);
    case '.arrow':
      return (bars) => atomicWrite(target, async (temporary) => writeFile(temporary, await toArrowIpc(bars)));
    default:
      throw new SigmaError('usage/bad-option', `files that end in '${extname(target)}' cannot be written`, {
        where: target,
        hint: 'name a .csv, .parquet or .arrow file, or a postgres:// address',
      });
  }
}
