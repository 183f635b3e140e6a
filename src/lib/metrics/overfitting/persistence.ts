/** Does the edge of a return series last to its end, or did it live in the earlier part only? */

import { moments, quotient } from '../../statistics/index.ts';
import { type SharpeEstimate, sharpeStandardError } from '../significance/sharpe-significance.ts';

/** The Sharpe ratio of returns with what its error depends on; NaN fields without variance. */
export function sharpeEstimate(returns: Float64Array): SharpeEstimate {
  const { count, mean, deviation, skewness, kurtosis } = moments(returns);
  return { sharpe: quotient(mean, deviation), count, skewness, kurtosis };
}

export type Decay = {
  /** Share of the periods that are later than the cut. */
  readonly later: number;
  /** Sharpe ratios per period before and after it. */
  readonly before: number;
  readonly after: number;
  /** (before - after) / sqrt(sum of squared standard errors): standard normal when the Sharpe ratio is the same. */
  readonly z: number;
};

/** (before - after) / joint standard error, by the errors of Mertens 2002; a stretch that stopped varying has lost its Sharpe ratio: 0 without error. */
export function sharpeDecay(before: SharpeEstimate, after: SharpeEstimate): number {
  const stopped = Number.isNaN(after.sharpe) && after.count > 1;
  const late = stopped ? 0 : after.sharpe;
  const error = stopped ? 0 : sharpeStandardError(after);
  return quotient(before.sharpe - late, Math.hypot(sharpeStandardError(before), error));
}

/** The last half, third and quarter against what came before each; NaN where a stretch has under two returns. */
export function persistence(returns: Float64Array): readonly Decay[] {
  return [1 / 2, 1 / 3, 1 / 4].map((later) => {
    const cut = returns.length - Math.round(returns.length * later);
    const before = sharpeEstimate(returns.subarray(0, cut));
    const after = sharpeEstimate(returns.subarray(cut));
    return { later, before: before.sharpe, after: after.sharpe, z: sharpeDecay(before, after) };
  });
}
