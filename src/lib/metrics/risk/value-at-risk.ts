/** Value at risk of one period: the return that is undercut with probability `tail`. */
import {
  type Moments,
  normalQuantile,
  quantileSorted,
  sampleExcessKurtosis,
  sampleSkewness,
} from '../../statistics/index.ts';

/** The empirical quantile of sorted returns; negative for a loss. @param tail in (0, 1), 0.05 for 95 % VaR */
export function historicalVar(sorted: Float64Array, tail: number): number {
  return quantileSorted(sorted, tail);
}

/** mean + z deviation under a normal distribution (RiskMetrics 1996). */
export function gaussianVar(m: Moments, tail: number): number {
  return m.mean + normalQuantile(tail) * m.deviation;
}

/** Gaussian VaR with the quantile corrected for skewness and kurtosis (Cornish and Fisher 1938; Zangari 1996). */
export function cornishFisherVar(m: Moments, tail: number): number {
  const z = normalQuantile(tail);
  const s = sampleSkewness(m);
  const k = sampleExcessKurtosis(m);
  const corrected = z + ((z * z - 1) * s) / 6 + ((z ** 3 - 3 * z) * k) / 24 - ((2 * z ** 3 - 5 * z) * s * s) / 36;
  return m.mean + corrected * m.deviation;
}
