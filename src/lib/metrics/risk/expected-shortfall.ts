/** Expected shortfall (CVaR): the mean return in the worst tail. */
import { type Moments, normalPdf, normalQuantile, quantileSorted } from '../../statistics/index.ts';

/** Mean of the sorted returns at or below the `tail` quantile (Acerbi and Tasche 2002); NaN when empty. */
export function expectedShortfall(sorted: Float64Array, tail: number): number {
  const limit = quantileSorted(sorted, tail);
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sorted[count]! <= limit) sum += sorted[count++]!;
  return count === 0 ? Number.NaN : sum / count;
}

/** mean - deviation x pdf(z) / tail under a normal distribution. */
export function gaussianShortfall(m: Moments, tail: number): number {
  return m.mean - (m.deviation * normalPdf(normalQuantile(tail))) / tail;
}
