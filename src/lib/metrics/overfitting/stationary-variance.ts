/** The variance that the stationary bootstrap gives a mean, in closed form. */
import { moments } from '../../statistics/index.ts';

/**
 * Variance of sqrt(n) x (resampled mean) under the stationary bootstrap (Politis and Romano 1994, lemma 1; the kernel of Hansen 2005, p. 372):
 * c(0) + 2 sum_{i<n} (1 - i / n) (1 - 1 / L)^i c(i), c the circular autocovariance with divisor n, L the mean block.
 * The weighted sums over lags are two recursions around the circle, so the cost is linear in n.
 * @param meanBlock >= 1
 * @returns NaN when empty or a value is not finite; 0 when the values are constant
 */
export function stationaryVariance(values: Float64Array, meanBlock: number): number {
  const n = values.length;
  const { mean, variance } = moments(values);
  if (n < 2 || !(variance > 0)) return n === 0 ? Number.NaN : n === 1 ? 0 * mean : variance;
  const rho = 1 - 1 / meanBlock;
  const last = rho ** n;
  // geometric = sum_{i=1}^{n-1} rho^i x(t - i), weighted = sum i rho^i x(t - i), indices around the circle; at t = 0 by their sums.
  let geometric = 0;
  let weighted = 0;
  for (let i = n - 1; i >= 1; i--) {
    const x = values[n - i]! - mean;
    geometric += rho ** i * x;
    weighted += i * rho ** i * x;
  }
  let square = 0;
  let cross = 0;
  for (let t = 0; t < n; t++) {
    const x = values[t]! - mean;
    const next = values[t + 1 === n ? 0 : t + 1]! - mean;
    square += x * x;
    cross += x * (geometric - weighted / n);
    weighted = rho * (weighted + geometric + x) - n * last * next;
    geometric = rho * (geometric + x) - last * next;
  }
  return Math.max(0, (square + 2 * cross) / n);
}
