/** What alerts cost that no event follows: the worst of their forward returns. */
import { expectedShortfall } from '../../metrics/index.ts';
import { quantileSorted } from '../../statistics/index.ts';

export type TailLoss = {
  /** Failures with a price at the alert and at the end of the horizon. */
  readonly count: number;
  readonly mean: number;
  /** The 5 % quantile of log returns over the horizon (95 % value at risk); NaN without failures. */
  readonly valueAtRisk: number;
  /** Mean at or below it (95 % CVaR). */
  readonly expectedShortfall: number;
};

const TAIL = 0.05;

export function tailLoss(returns: readonly number[]): TailLoss {
  const sorted = Float64Array.from(returns)
    .filter((r) => Number.isFinite(r))
    .sort();
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, r) => sum + r, 0) / sorted.length,
    valueAtRisk: quantileSorted(sorted, TAIL),
    expectedShortfall: expectedShortfall(sorted, TAIL),
  };
}
