/** Location and scale that a few wild values cannot move. */

/** Median of values[from, to), which are left sorted; NaN of none. */
export function sortedMedian(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  values.sort();
  return n % 2 === 1 ? values[n >> 1]! : (values[n / 2 - 1]! + values[n / 2]!) / 2;
}

export type RobustScale = { readonly location: number; readonly scale: number };

/** A normal distribution's standard deviation over its median absolute deviation. */
const NORMAL_MAD = 1.482602218505602;

/**
 * Median, and median absolute deviation scaled to a normal's standard deviation (Hampel 1974). Where more than half of the
 * values are equal the mean absolute deviation, scaled likewise by sqrt(pi / 2), takes its place. Overwrites the values.
 */
export function robustScale(values: Float64Array): RobustScale {
  const location = sortedMedian(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.abs(values[i]! - location);
    sum += values[i]!;
  }
  const deviation = sortedMedian(values) * NORMAL_MAD;
  return { location, scale: deviation > 0 ? deviation : (sum / values.length) * Math.sqrt(Math.PI / 2) };
}
