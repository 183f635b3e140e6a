/** Every drawdown from its peak to its recovery. */

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

const DAY_MS = 86_400_000;

/**
 * The drawdowns in time order. Values must be finite; equal values are no drawdown.
 * @param time UTC epoch ms, as long as `values`
 */
export function drawdownTable(time: Float64Array, values: Float64Array): readonly Drawdown[] {
  const table: Drawdown[] = [];
  const n = values.length;
  let peakAt = 0;
  let troughAt = -1;
  const close = (end: number, recovered: boolean): void => {
    const start = time[peakAt]!;
    const trough = time[troughAt]!;
    table.push({
      start,
      trough,
      recovery: recovered ? time[end]! : Number.NaN,
      depth: values[troughAt]! / values[peakAt]! - 1,
      days: (time[end]! - start) / DAY_MS,
      recoveryDays: recovered ? (time[end]! - trough) / DAY_MS : Number.NaN,
    });
    troughAt = -1;
  };
  for (let i = 1; i < n; i++) {
    const value = values[i]!;
    if (value >= values[peakAt]!) {
      if (troughAt >= 0) close(i, true);
      peakAt = i;
    } else if (troughAt < 0 || value < values[troughAt]!) troughAt = i;
  }
  if (troughAt >= 0) close(n - 1, false);
  return table;
}

/** The deepest first, at most `count`. */
export function worstDrawdowns(table: readonly Drawdown[], count: number): readonly Drawdown[] {
  return [...table].sort((a, b) => a.depth - b.depth || a.start - b.start).slice(0, count);
}
