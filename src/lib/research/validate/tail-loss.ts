/** What trades on alerts lose that no event follows: the worst of their forward returns. */
import { expectedShortfall } from '../../metrics/index.ts';
import { quantileSorted } from '../../statistics/index.ts';

/** Which way an alert is traded: where its event takes the price, or `either` where that is not known. */
export type TradeSide = 'long' | 'short' | 'either';

export type TailLoss = {
  /** With `either` every trade is taken to stand on the side that loses. */
  readonly side: TradeSide;
  /** Failures with a price at the alert and at the end of the horizon. */
  readonly count: number;
  /** Of the log returns of the trades over the horizon: losses are negative on every side. NaN without failures. */
  readonly mean: number;
  /** Their 5 % quantile (95 % value at risk). */
  readonly valueAtRisk: number;
  /** Mean at or below it (95 % CVaR). */
  readonly expectedShortfall: number;
};

const TAIL = 0.05;

/** @param returns log returns of the price over the horizon; NaN is left out */
export function tailLoss(returns: readonly number[], side: TradeSide): TailLoss {
  const sorted = Float64Array.from(returns, (r) => ofTrade(r, side))
    .filter((r) => Number.isFinite(r))
    .sort();
  return {
    side,
    count: sorted.length,
    mean: sorted.reduce((sum, r) => sum + r, 0) / sorted.length,
    valueAtRisk: quantileSorted(sorted, TAIL),
    expectedShortfall: expectedShortfall(sorted, TAIL),
  };
}

function ofTrade(ofPrice: number, side: TradeSide): number {
  if (side === 'long') return ofPrice;
  return side === 'short' ? -ofPrice : -Math.abs(ofPrice);
}
