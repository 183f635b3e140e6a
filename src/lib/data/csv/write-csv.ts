/** Bars to CSV. */
import { type Bars, barCount } from '../../model/index.ts';
import { writeTable } from '../table/write-table.ts';

/**
 * Columns time (ISO 8601, UTC), open, high, low, close, volume, with symbol first when there are several instruments; time and close alone when close-only.
 * @throws SigmaError store/write-failed; an older file is then unchanged
 */
export async function writeCsv(path: string, bars: readonly Bars[]): Promise<void> {
  const rows = bars.reduce((sum, b) => sum + barCount(b), 0);
  const fields = bars.every((b) => b.closeOnly)
    ? (['time', 'close'] as const)
    : (['time', 'open', 'high', 'low', 'close', 'volume'] as const);
  const columns: Record<string, Float64Array | string[]> = {};
  if (bars.length !== 1)
    columns['symbol'] = bars.flatMap((b) => new Array<string>(barCount(b)).fill(b.instrument.symbol));
  for (const field of fields) {
    const column = new Float64Array(rows);
    let at = 0;
    for (const b of bars) {
      column.set(b[field], at);
      at += barCount(b);
    }
    columns[field] = column;
  }
  await writeTable(path, columns, 'csv', { times: ['time'] });
}
