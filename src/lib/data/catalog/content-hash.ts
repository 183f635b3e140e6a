/** The identity of bars: a hash of what they say, whatever file holds them. */
import { createHash } from 'node:crypto';
import { type Bars, barCount } from '../../model/index.ts';

/**
 * SHA-256 over the instruments in the order of their symbols: the symbol in UTF-8, a zero byte, then little-endian doubles: the number of rows and
 * the columns time, open, high, low, close, volume (time and close alone when close-only). Every NaN has the bits of the quiet NaN, 0x7ff8 << 48.
 */
export function contentHash(bars: readonly Bars[]): string {
  const hash = createHash('sha256');
  const sorted = [...bars].sort((a, b) => (a.instrument.symbol < b.instrument.symbol ? -1 : 1));
  for (const b of sorted) {
    hash.update(`${b.instrument.symbol}\0`);
    hash.update(Float64Array.of(barCount(b)));
    const columns = b.closeOnly ? [b.time, b.close] : [b.time, b.open, b.high, b.low, b.close, b.volume];
    for (const column of columns) hash.update(canonical(column));
  }
  return hash.digest('hex');
}

/** A copy in ordinary memory whose NaNs all have the same bits. */
function canonical(column: Float64Array): Uint8Array {
  const copy = Float64Array.from(column);
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i]!)) copy[i] = Number.NaN;
  return new Uint8Array(copy.buffer);
}
