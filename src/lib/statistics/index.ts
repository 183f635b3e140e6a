/** Numbers about any sample: moments, quantiles, distributions, proportions, Cholesky's factor. No trading word. */
export { autocorrelation, autocovariances } from './autocorrelation.ts';
export { betaQuantile, incompleteBeta } from './beta.ts';
export { binomialCdf } from './binomial.ts';
export { chiSquareCdf, chiSquareQuantile } from './chi-square.ts';
export { type Cholesky, cholesky } from './cholesky.ts';
export { defined, quotient } from './defined.ts';
export { first, last, max, min } from './extremes.ts';
export { fitLine, type Line } from './line.ts';
export { longRunVariance, neweyWestLags } from './long-run-variance.ts';
export {
  deviationOfPowerSums,
  type Moments,
  moments,
  momentsOfPowerSums,
  sampleExcessKurtosis,
  sampleSkewness,
} from './moments.ts';
export { normalCdf, normalPdf, normalQuantile } from './normal.ts';
export { clopperPearson, jeffreys, type ProportionInterval, wilson } from './proportion.ts';
export { median, quantileSorted, sortedFinite } from './quantile.ts';
export { medianDeviation, type RobustScale, robustScale } from './robust-scale.ts';
export { selectedMedian } from './selection.ts';
