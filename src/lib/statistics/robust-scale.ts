/** Location and scale that a few wild values cannot move. */
import { selectedMedian } from './selection.ts';

export type RobustScale = { readonly location: number; readonly scale: number };

/** A normal distribution's standard deviation over its median absolute deviation. */
const NORMAL_MAD = 1.482602218505602;

/**
 * Median, and median absolute deviation scaled to a normal's standard deviation (Hampel 1974): 0 where more than half of the
 * values are equal, NaN of none. Overwrites the values, which must be finite.
 */
export function medianDeviation(values: Float64Array): RobustScale {
  const { location } = toDeviations(values);
  return { location, scale: selectedMedian(values) * NORMAL_MAD };
}

/**
 * As `medianDeviation`; where that is 0 the mean absolute deviation, scaled likewise by sqrt(pi / 2), takes its place.
 * Overwrites the values, which must be finite.
 */
export function robustScale(values: Float64Array): RobustScale {
  const { location, mean } = toDeviations(values);
  const deviation = selectedMedian(values) * NORMAL_MAD;
  return { location, scale: deviation > 0 ? deviation : mean * Math.sqrt(Math.PI / 2) };
}

/** Puts the distance from their median in the place of each value; gives the median and the mean distance. */
function toDeviations(values: Float64Array): { readonly location: number; readonly mean: number } {
  const location = selectedMedian(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.abs(values[i]! - location);
    sum += values[i]!;
  }
  return { location, mean: sum / values.length };
}
