/** Bars to zstd Parquet in long format, sorted by symbol and time. */
import { type BarField, type Bars, barCount } from '../../model/index.ts';
import { atomicWrite } from '../../storage/index.ts';
import { writeTableFile } from '../table/parquet-table.ts';

/**
 * Columns `symbol`, `time` (timestamp in milliseconds or microseconds, UTC), then `open, high, low, close, volume`, or `close` for close-only series.
 * @throws SigmaError store/write-failed; an older file is then unchanged
 */
export async function writeParquet(path: string, bars: readonly Bars[]): Promise<void> {
  await atomicWrite(path, (temporary) => writeBarsFile(temporary, bars));
}

/** Without the temporary file, for callers that write a whole directory atomically. */
export async function writeBarsFile(path: string, bars: readonly Bars[]): Promise<void> {
  const sorted = [...bars].sort((a, b) => (a.instrument.symbol < b.instrument.symbol ? -1 : 1));
  const closeOnly = bars.every((b) => b.closeOnly);
  const volume = bars.some((b) => b.volume.some((v) => !Number.isNaN(v)));
  const fields: BarField[] = closeOnly ? ['close'] : ['open', 'high', 'low', 'close'];
  if (volume || !closeOnly) fields.push('volume');
  await writeTableFile(path, {
    columns: [
      { name: 'symbol', type: 'text' },
      { name: 'time', type: 'time' },
      ...fields.map((name) => ({ name, type: 'number' as const })),
    ],
    parts: sorted.map((b) => ({
      rows: barCount(b),
      values: [b.instrument.symbol, b.time, ...fields.map((field) => b[field])],
    })),
  });
}
