/** Is the mean return different from zero? */
import { longRunVariance, moments, quotient } from '../../statistics/index.ts';

/** mean / (deviation / sqrt(n)) (Student 1908), for independent returns. */
export function tStatistic(returns: Float64Array): number {
  const m = moments(returns);
  return quotient(m.mean, m.deviation / Math.sqrt(m.count));
}

/** mean / sqrt(long-run variance / n), robust to heteroskedasticity and serial correlation (Newey and West 1987, 1994). */
export function hacTStatistic(returns: Float64Array): number {
  const n = returns.length;
  return quotient(moments(returns).mean, Math.sqrt(longRunVariance(returns) / n));
}
