/** How much of an objective is left when prices are jittered. */
import { median, quotient, sortedFinite } from '../../statistics/index.ts';

export type NoiseRetention = {
  readonly original: number;
  readonly runs: number;
  readonly median: number;
  readonly worst: number;
  /** Median of the jittered runs / original; NaN unless the original is above 0. */
  readonly retained: number;
};

/** @param jittered objective of each run on jittered prices; a run that failed or is undefined counts as 0 */
export function noiseRetention(original: number, jittered: readonly number[]): NoiseRetention {
  const values = Float64Array.from(jittered, (value) => (Number.isFinite(value) ? value : 0));
  const middle = median(values);
  return {
    original,
    runs: values.length,
    median: middle,
    worst: sortedFinite(values)[0] ?? Number.NaN,
    retained: original > 0 ? quotient(middle, original) : Number.NaN,
  };
}
