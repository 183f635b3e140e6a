/** Variance of a mean under serial correlation. */
import { autocovariances } from './autocorrelation.ts';
import { moments } from './moments.ts';

/** Lags that Newey and West (1994) take for n values: floor(4 (n / 100)^(2/9)). */
export function neweyWestLags(n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor(4 * (n / 100) ** (2 / 9))));
}

/**
 * Long-run variance with Bartlett weights (Newey and West 1987): c0 + 2 sum (1 - k / (L + 1)) ck.
 * @returns NaN under two values; 0 when the values are constant
 */
export function longRunVariance(values: Float64Array, lags = neweyWestLags(values.length)): number {
  const { variance } = moments(values);
  if (!(variance > 0)) return variance;
  const covariance = autocovariances(values, lags);
  let total = covariance[0]!;
  for (let k = 1; k <= lags; k++) total += 2 * (1 - k / (lags + 1)) * covariance[k]!;
  return total;
}
