/** Random and flat columns for tests, from a seed. */
import { createRng } from '../../src/lib/core/index.ts';
import { HOUR } from '../../src/lib/model/index.ts';
import type { Columns } from './evaluate.ts';

/** A walk of bars with flat stretches, gaps between close and open, and equal prices. */
export function randomBars(rows: number, seed: number): Columns {
  const rng = createRng(seed);
  const columns = flatBars(rows);
  let last = 100;
  for (let i = 0; i < rows; i++) {
    const quiet = rng.next() < 0.1;
    const open = quiet ? last : last * (1 + 0.01 * (rng.next() - 0.5));
    const close = quiet ? open : Math.round(open * (1 + 0.04 * (rng.next() - 0.5)) * 100) / 100;
    columns.open[i] = open;
    columns.close[i] = close;
    columns.high[i] = Math.max(open, close) * (quiet ? 1 : 1 + 0.01 * rng.next());
    columns.low[i] = Math.min(open, close) * (quiet ? 1 : 1 - 0.01 * rng.next());
    columns.volume[i] = 1 + Math.floor(1000 * rng.next());
    last = close;
  }
  return columns;
}

export function flatBars(rows: number, price = 100, volume = 1000): Columns {
  const column = (value: number): Float64Array => new Float64Array(rows).fill(value);
  return {
    // Hours of some weeks from a Monday on; missing where prices are.
    time: column(0).map((_, i) => Date.UTC(2010, 0, 4) + i * HOUR + (price - price)),
    open: column(price),
    high: column(price),
    low: column(price),
    close: column(price),
    volume: column(volume),
  };
}
