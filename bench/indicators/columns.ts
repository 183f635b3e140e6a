/** Random bars. */
import type { Field } from '../../src/lib/indicators/index.ts';

export type Columns = Readonly<Record<Field, Float64Array>>;

export function randomColumns(rows: number): Columns {
  let seed = 42;
  const next = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const column = (): Float64Array => new Float64Array(rows);
  const columns = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < rows; i++) {
    const open = price;
    columns.time[i] = i * 60_000;
    price = Math.max(1, price * (1 + 0.004 * (next() - 0.5)));
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price) * (1 + 0.001 * next());
    columns.low[i] = Math.min(open, price) * (1 - 0.001 * next());
    columns.volume[i] = Math.floor(1000 * next());
  }
  return columns;
}
