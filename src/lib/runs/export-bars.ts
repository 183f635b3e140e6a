/** Bars of a data set into a file or a database for other tools. */
import { extname } from 'node:path';
import { SigmaError } from '../core/index.ts';
import { atomicWrite, type CatalogOptions, openDataset, writeParquet } from '../data/index.ts';
import { type Bars, barCount } from '../model/index.ts';
import { rangeOf, type When } from './options.ts';

export type ExportBarsOptions = { readonly symbols?: readonly string[]; readonly from?: When; readonly to?: When };

/**
 * @param target a path that ends in .csv or .parquet
 * @throws SigmaError usage/bad-option for another ending, store/write-failed, and those of opening the data set
 */
export async function exportBars(
  name: string,
  target: string,
  options: ExportBarsOptions,
  catalog: CatalogOptions = {},
): Promise<{ readonly rows: number; readonly file: string }> {
  const write = writerFor(target);
  const { from, to } = rangeOf(options);
  const dataset = await openDataset(name, catalog);
  const bars = await dataset.read({
    ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(to) ? { to } : {}),
  });
  await write(target, bars);
  return { rows: bars.reduce((sum, one) => sum + barCount(one), 0), file: target };
}

function writerFor(target: string): (path: string, bars: readonly Bars[]) => Promise<void> {
  switch (extname(target).toLowerCase()) {
    case '.parquet':
      return writeParquet;
    case '.csv':
      return writeCsv;
    default:
      throw new SigmaError('usage/bad-option', `files that end in '${extname(target)}' cannot be written`, {
        where: target,
        hint: 'name a .csv or .parquet file',
      });
  }
}

/** Long format: symbol, time as ISO 8601, then the columns that the bars have. */
async function writeCsv(path: string, bars: readonly Bars[]): Promise<void> {
  const fields = bars.every((one) => one.closeOnly)
    ? (['close'] as const)
    : (['open', 'high', 'low', 'close', 'volume'] as const);
  const lines = [['symbol', 'time', ...fields].join(',')];
  for (const one of bars) {
    const { symbol } = one.instrument;
    for (let row = 0; row < one.time.length; row++) {
      const values = fields.map((field) => (Number.isNaN(one[field][row]!) ? '' : String(one[field][row])));
      lines.push([symbol, new Date(one.time[row]!).toISOString(), ...values].join(','));
    }
  }
  const { writeFile } = await import('node:fs/promises');
  await atomicWrite(path, (temporary) => writeFile(temporary, `${lines.join('\n')}\n`));
}
