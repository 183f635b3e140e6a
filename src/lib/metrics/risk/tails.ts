/** How heavy the good tail is against the bad one. */

import { quantileSorted, quotient } from '../../statistics/index.ts';
import type { GainsAndLosses } from '../returns/gains-and-losses.ts';
import { averageGain, averageLoss } from '../returns/gains-and-losses.ts';
import { expectedShortfall } from './expected-shortfall.ts';

/** |95 % quantile| / |5 % quantile| of sorted returns (pyfolio). */
export function tailRatio(sorted: Float64Array): number {
  return quotient(Math.abs(quantileSorted(sorted, 0.95)), Math.abs(quantileSorted(sorted, 0.05)));
}

/** Mean of the best 5 % over mean of the worst 5 % (Rachev et al. 2008). */
export function rachevRatio(sorted: Float64Array, tail = 0.05): number {
  const mirrored = sorted.map((r) => -r).sort();
  return quotient(-expectedShortfall(mirrored, tail), -expectedShortfall(sorted, tail));
}

/** 99 % quantile over the mean gain: how far the best days stand out (quantstats). */
export function outlierWinRatio(sorted: Float64Array, gains: GainsAndLosses): number {
  return quotient(quantileSorted(sorted, 0.99), averageGain(gains));
}

/** 1 % quantile over the mean loss. */
export function outlierLossRatio(sorted: Float64Array, gains: GainsAndLosses): number {
  return quotient(quantileSorted(sorted, 0.01), averageLoss(gains));
}
