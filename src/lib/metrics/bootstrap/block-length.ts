/** How long a block must be to carry the serial dependence of a series. */
import { autocovariances, moments } from '../../statistics/index.ts';

export type BlockLengths = {
  /** Mean block of the stationary bootstrap (Politis and Romano 1994). */
  readonly stationary: number;
  /** Block of the circular bootstrap (Politis and Romano 1992). */
  readonly circular: number;
};

/**
 * Optimal block lengths by the spectral plug-in rule (Politis and White 2004; corrected by Patton, Politis and White 2009).
 * @returns lengths >= 1 that need not be whole; 1 for a series too short (under 10 values) or without variance, NaN when a value is not finite
 */
export function optimalBlockLength(values: Float64Array): BlockLengths {
  const n = values.length;
  const { variance, mean } = moments(values);
  if (Number.isNaN(mean) && n > 0) return { stationary: Number.NaN, circular: Number.NaN };
  if (n < 10 || !(variance > 0)) return { stationary: 1, circular: 1 };
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const maxLag = Math.min(Math.ceil(Math.sqrt(n)) + run, n - 2);
  const covariance = autocovariances(values, maxLag);
  const lags = Math.min(2 * Math.max(lastSignificantLag(values, mean, covariance, run), 1), maxLag);
  let g = 0;
  let spectrum = covariance[0]!;
  for (let k = 1; k <= lags; k++) {
    const weight = 2 * k <= lags ? 1 : 2 * (1 - k / lags);
    g += 2 * weight * k * covariance[k]!;
    spectrum += 2 * weight * covariance[k]!;
  }
  const length = (d: number): number => {
    const optimal = Math.cbrt(((2 * g * g) / (d * spectrum * spectrum)) * n);
    return Number.isFinite(optimal) ? Math.max(1, Math.min(optimal, longest)) : 1;
  };
  return { stationary: length(2), circular: length(4 / 3) };
}

/**
 * The lag after which `run` correlations in a row are insignificant at 2 sqrt(log10(n) / n); the largest lag when there is none.
 * Correlations are normalised by the energy of the two overlapping stretches, as the authors' program does.
 */
function lastSignificantLag(values: Float64Array, mean: number, covariance: Float64Array, run: number): number {
  const n = values.length;
  const limit = 2 * Math.sqrt(Math.log10(n) / n);
  let head = 0;
  for (let i = 0; i < n; i++) head += (values[i]! - mean) ** 2;
  let tail = head;
  let quiet = 0;
  for (let lag = 0; lag < covariance.length; lag++) {
    if (lag >= run && quiet >= run) return lag - run;
    tail -= (values[lag]! - mean) ** 2;
    head -= (values[n - 1 - lag]! - mean) ** 2;
    const size = Math.abs(covariance[lag]! * n) / Math.sqrt(tail * head);
    quiet = size < limit ? quiet + 1 : 0;
  }
  return covariance.length - 1;
}
