/** Serial correlation of a series at a lag. */
import { moments } from './moments.ts';

/** Autocovariance at lags 0..maxLag with divisor n (the biased, positive definite estimate). */
export function autocovariances(values: Float64Array, maxLag: number): Float64Array {
  const n = values.length;
  const { mean } = moments(values);
  const out = new Float64Array(maxLag + 1).fill(Number.NaN);
  for (let lag = 0; lag <= maxLag && lag < n; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (values[i]! - mean) * (values[i - lag]! - mean);
    out[lag] = sum / n;
  }
  return out;
}

/** Autocorrelation at one lag (Box and Jenkins 1976); NaN without variance or with no more than `lag` + 1 values. */
export function autocorrelation(values: Float64Array, lag = 1): number {
  if (values.length < lag + 2 || !(moments(values).variance > 0)) return Number.NaN;
  const covariance = autocovariances(values, lag);
  return covariance[lag]! / covariance[0]!;
}
