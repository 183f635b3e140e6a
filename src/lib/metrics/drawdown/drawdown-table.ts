/** Every drawdown from its peak to its recovery. */
import { DAY } from '../../model/index.ts';

export type Drawdown = {
  /** Time of the peak it fell from. */
  readonly start: number;
  /** Time of the lowest value. */
  readonly trough: number;
  /** First time at or above the peak again; NaN while under water. */
  readonly recovery: number;
  /** Lowest value over the peak - 1, < 0. */
  readonly depth: number;
  /** From the peak to the recovery, or to the last row while under water. */
  readonly days: number;
  /** From the trough to the recovery; NaN while under water. */
  readonly recoveryDays: number;
};

/**
 * The drawdowns in time order. Values must be finite; equal values are no drawdown.
 * @param time UTC epoch ms, as long as `values`
 */
export function drawdownTable(time: Float64Array, values: Float64Array): readonly Drawdown[] {
  const table: Drawdown[] = [];
  const n = values.length;
  let peak = values[0] ?? Number.NaN;
  let low = peak;
  let peakAt = 0;
  let lowAt = 0;
  for (let i = 1; i < n; i++) {
    const value = values[i]!;
    if (value >= peak) {
      if (lowAt > peakAt) table.push(entry(time, [peakAt, lowAt, i], low / peak - 1, true));
      peak = value;
      low = value;
      peakAt = i;
    } else if (value < low) {
      low = value;
      lowAt = i;
    }
  }
  if (lowAt > peakAt) table.push(entry(time, [peakAt, lowAt, n - 1], low / peak - 1, false));
  return table;
}

function entry(
  time: Float64Array,
  [peakAt, lowAt, endAt]: readonly [number, number, number],
  depth: number,
  recovered: boolean,
): Drawdown {
  const start = time[peakAt]!;
  const trough = time[lowAt]!;
  const end = time[endAt]!;
  return {
    start,
    trough,
    recovery: recovered ? end : Number.NaN,
    depth,
    days: (end - start) / DAY,
    recoveryDays: recovered ? (end - trough) / DAY : Number.NaN,
  };
}

/** The deepest first, at most `count`. */
export function worstDrawdowns(table: readonly Drawdown[], count: number): readonly Drawdown[] {
  return [...table].sort((a, b) => a.depth - b.depth || a.start - b.start).slice(0, count);
}
