/** Fewer points for the eye: long series are thinned without losing their extremes. */

/** Most points a line in a report has. */
export const MOST_POINTS = 4_000;

/**
 * Rows to keep so that the lines through them look like the whole: the first, the last, and of every stretch the rows of
 * the least and greatest value of each series. Ascending, at most `most` (at least 2); all rows when they are few enough.
 */
export function keepExtremes(series: readonly ArrayLike<number>[], rows: number, most = MOST_POINTS): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, i) => i);
  const perStretch = Math.max(1, series.length) * 2;
  const stretches = Math.max(1, Math.floor((most - 2) / perStretch));
  const keep = new Set<number>([0, rows - 1]);
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * rows) / stretches);
    const to = Math.floor(((s + 1) * rows) / stretches);
    for (const values of series) {
      let lowest = from;
      let highest = from;
      for (let i = from; i < to; i++) {
        if (values[i]! < values[lowest]! || Number.isNaN(values[lowest]!)) lowest = i;
        if (values[i]! > values[highest]! || Number.isNaN(values[highest]!)) highest = i;
      }
      keep.add(lowest).add(highest);
    }
  }
  return Int32Array.from(keep).sort();
}

/** How many bars one candle stands for, so that at most `most` candles remain. */
export function candleStride(rows: number, most: number): number {
  return Math.max(1, Math.ceil(rows / most));
}
