/** What the same trades would have made in another order, or drawn again. */
import { type Rng, SigmaError, shuffle } from '../../core/index.ts';
import { quantileSorted, sortedFinite } from '../../statistics/index.ts';
import { depthSummary, drawdownOfReturns } from '../drawdown/drawdown-series.ts';
import { totalReturn } from '../returns/total-return.ts';

export type ShuffleOptions = {
  readonly rng: Rng;
  /** `permute` keeps every trade once (the end is the same, the path is not); `bootstrap` draws with replacement. */
  readonly mode: 'permute' | 'bootstrap';
  /** 1,000 unless given; at least 100. */
  readonly resamples?: number;
};

export type Spread = {
  readonly actual: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  /** Share of the resamples below the actual figure: near 0 or 1 says that the order that happened was an unusual one. */
  readonly below: number;
};

export type ShuffledTrades = {
  readonly trades: number;
  readonly resamples: number;
  readonly totalReturn: Spread;
  /** Negative fractions, as everywhere. */
  readonly maxDrawdown: Spread;
  /** Share of the resamples that end with a loss. */
  readonly lossProbability: number;
};

/**
 * @param returns of closed trades on equity, in the order they closed, compounding
 * @returns NaN figures under two trades or when a return is not finite
 * @throws SigmaError usage/bad-option for fewer than 100 resamples
 */
export function shuffledTrades(returns: Float64Array, options: ShuffleOptions): ShuffledTrades {
  const { rng, mode, resamples = 1000 } = options;
  if (!(Number.isInteger(resamples) && resamples >= 100))
    throw new SigmaError('usage/bad-option', `resamples is ${resamples}`, {
      where: 'shuffledTrades',
      hint: 'give at least 100',
    });
  const n = returns.length;
  const known = n >= 2 && sortedFinite(returns).length === n;
  const totals = new Float64Array(known ? resamples : 0);
  const depths = new Float64Array(known ? resamples : 0);
  const drawn = Float64Array.from(returns);
  for (let k = 0; k < totals.length; k++) {
    if (mode === 'permute') shuffle(drawn, rng);
    else for (let i = 0; i < n; i++) drawn[i] = returns[rng.integer(n)]!;
    totals[k] = totalReturn(drawn);
    depths[k] = depthSummary(drawdownOfReturns(drawn)).worst;
  }
  const actual = known ? totalReturn(returns) : Number.NaN;
  const depth = known ? depthSummary(drawdownOfReturns(returns)).worst : Number.NaN;
  return {
    trades: n,
    resamples,
    totalReturn: spread(totals, actual),
    maxDrawdown: spread(depths, depth),
    lossProbability: shareBelow(totals, 0),
  };
}

function spread(values: Float64Array, actual: number): Spread {
  const sorted = sortedFinite(values);
  return {
    actual,
    p5: quantileSorted(sorted, 0.05),
    median: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    below: shareBelow(values, actual),
  };
}

function shareBelow(values: Float64Array, limit: number): number {
  return values.length === 0 ? Number.NaN : values.filter((value) => value < limit).length / values.length;
}
