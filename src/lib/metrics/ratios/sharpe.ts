/** The Sharpe ratio and what corrects it for serial correlation and for fat tails. */
import { autocovariances, fitLine, type Moments, moments, neweyWestLags, quotient } from '../../statistics/index.ts';

/** The rate of one period that compounds to the annual rate. */
export function perPeriodRate(annual: number, periodsPerYear: number): number {
  return annual === 0 ? 0 : (1 + annual) ** (1 / periodsPerYear) - 1;
}

/**
 * (mean - risk-free) / deviation x sqrt(periodsPerYear) (Sharpe 1994).
 * @param returns simple returns a period
 * @param riskFree annual rate as a fraction
 * @returns NaN under two returns or without variance
 */
export function sharpe(returns: Float64Array, periodsPerYear: number, riskFree = 0): number {
  return sharpeOf(moments(returns), periodsPerYear, riskFree);
}

/** The same from moments already computed. */
export function sharpeOf(m: Moments, periodsPerYear: number, riskFree = 0): number {
  return quotient(m.mean - perPeriodRate(riskFree, periodsPerYear), m.deviation) * Math.sqrt(periodsPerYear);
}

/** sqrt(1 + 2 sum_{k<n} (1 - k / n) |rho|^k), rho the lag-1 correlation: what smart ratios are divided by (quantstats). */
export function autocorrelationPenalty(returns: Float64Array): number {
  const n = returns.length;
  const rho = Math.abs(fitLine(returns.subarray(0, n - 1), returns.subarray(1)).correlation);
  if (Number.isNaN(rho)) return Number.NaN;
  let sum = 0;
  let power = rho;
  for (let k = 1; k < n && power > 1e-18; k++, power *= rho) sum += ((n - k) / n) * power;
  return Math.sqrt(1 + 2 * sum);
}

/**
 * Annualisation factor under serial correlation: q / sqrt(q + 2 sum_{k<q} (q - k) rho_k) (Lo 2002, eq. 20), q = periodsPerYear.
 * Correlations beyond the Newey-West lag are taken as zero: at daily data most of the q - 1 are noise.
 * @returns NaN when the corrected variance is not positive
 */
export function loFactor(returns: Float64Array, periodsPerYear: number): number {
  if (!(moments(returns).variance > 0)) return Number.NaN;
  const lags = Math.min(Math.ceil(periodsPerYear) - 1, neweyWestLags(returns.length));
  const covariance = autocovariances(returns, Math.max(0, lags));
  let total = periodsPerYear;
  for (let k = 1; k <= lags; k++) total += (2 * (periodsPerYear - k) * covariance[k]!) / covariance[0]!;
  return total > 0 ? periodsPerYear / Math.sqrt(total) : Number.NaN;
}

/** SR (1 + S / 6 SR - K / 24 SR^2) on annual figures, S skewness and K excess kurtosis (Pezier and White 2006). */
export function adjustedSharpe(annualSharpe: number, skewness: number, excessKurtosis: number): number {
  return annualSharpe * (1 + (skewness / 6) * annualSharpe - (excessKurtosis / 24) * annualSharpe ** 2);
}
