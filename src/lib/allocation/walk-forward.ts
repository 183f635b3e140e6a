/** Weights found from the past and held into the future, again and again: what an allocation would have earned. */
import { invariant, SigmaError } from '../core/index.ts';
import type { ReturnMatrix } from '../metrics/index.ts';
import { type AllocationOptions, allocate, type Weights } from './allocate.ts';

export type WalkForwardOptions = Omit<AllocationOptions, 'turnover'> & {
  /** Periods that weights are found from; at least 2. */
  readonly lookback: number;
  /** Periods between rebalances; at least 1. */
  readonly rebalance: number;
  /** Fraction of traded value, 0 unless given. */
  readonly cost?: number;
  /** Whether weights go only as far towards the target as pays for the trading; false unless given. */
  readonly costAware?: boolean;
  /** Relative risk aversion of that, 3 unless given. */
  readonly aversion?: number;
};

export type Rebalance = {
  /** First period in which the weights are held; they know only what came before. */
  readonly period: number;
  /** One an asset; 0 for assets that lack a return in the window. */
  readonly weights: Float64Array;
  readonly riskShares: Float64Array;
  /** Sum of |new - held| weights. */
  readonly turnover: number;
  readonly shrinkage: number;
};

export type WalkForward = {
  readonly rebalances: readonly Rebalance[];
  /** First period of the returns below. */
  readonly start: number;
  /** After costs, one a period from `start`. */
  readonly returns: Float64Array;
  /** Equal weights over the same assets at the same times, after the same costs. */
  readonly equalReturns: Float64Array;
  /** What to hold after the last period, found from the `lookback` periods before its end. */
  readonly next: Omit<Rebalance, 'period' | 'turnover'> & { readonly deviation: number };
  /** Mean turnover of a rebalance, the first (out of cash) not counted; NaN without a second. */
  readonly turnover: number;
  readonly equalTurnover: number;
};

/**
 * At each rebalance weights are found from the `lookback` periods before it; they drift with the returns until the next. Costs are taken from
 * the first period of a holding. What is not invested earns nothing. An asset with a missing return in the window is not held; a missing
 * return while it is held counts as 0.
 * @param returns one row an asset, simple returns a period
 * @throws SigmaError data/empty when the periods do not exceed the look back; what `allocate` throws, with the period
 */
export function allocateWalkForward(returns: ReturnMatrix, options: WalkForwardOptions): WalkForward {
  const { lookback, rebalance, cost = 0 } = options;
  const { sets: assets, periods } = returns;
  checkSpans(options, periods);
  const chosen = createHolder(assets, cost);
  const equal = createHolder(assets, cost);
  const rebalances: Rebalance[] = [];
  const out = { returns: new Float64Array(periods - lookback), equalReturns: new Float64Array(periods - lookback) };
  for (let t = lookback; t < periods; t++) {
    if ((t - lookback) % rebalance === 0) {
      const window = windowOf(returns, t - lookback, t);
      const { weights, riskShares, shrinkage } = weigh(window, assets, chosen.held, options);
      const share = window.assets.length === 0 ? 0 : 1 / window.assets.length;
      const turnover = chosen.trade(weights);
      equal.trade(Float64Array.from({ length: assets }, (_, i) => (window.assets.includes(i) ? share : 0)));
      rebalances.push({ period: t, weights, riskShares, turnover, shrinkage });
    }
    out.returns[t - lookback] = chosen.hold(returns, t);
    out.equalReturns[t - lookback] = equal.hold(returns, t);
  }
  return {
    rebalances,
    start: lookback,
    ...out,
    next: weigh(windowOf(returns, periods - lookback, periods), assets, chosen.held, options),
    turnover: chosen.meanTurnover(),
    equalTurnover: equal.meanTurnover(),
  };
}

function checkSpans({ lookback, rebalance, cost = 0 }: WalkForwardOptions, periods: number): void {
  const bad = (found: string, hint: string): SigmaError =>
    new SigmaError('usage/bad-option', found, { where: 'allocateWalkForward', hint });
  if (!(Number.isInteger(lookback) && lookback >= 2)) throw bad(`lookback is ${lookback}`, 'give at least 2 periods');
  if (!(Number.isInteger(rebalance) && rebalance >= 1))
    throw bad(`rebalance is ${rebalance}`, 'give at least 1 period');
  if (!(cost >= 0)) throw bad(`cost is ${cost}`, 'give a fraction of at least 0');
  if (periods <= lookback)
    throw new SigmaError('data/empty', `${periods} periods leave none after a look back of ${lookback}`, {
      where: 'allocateWalkForward',
      hint: 'shorten the look back or give more data',
    });
}

type Holding = { readonly matrix: ReturnMatrix; readonly assets: readonly number[] };

/** The returns of the window of the assets that have them all and vary. */
function windowOf({ returns, sets, periods }: ReturnMatrix, from: number, to: number): Holding {
  const rows: Float64Array[] = [];
  const assets: number[] = [];
  for (let s = 0; s < sets; s++) {
    const row = returns.subarray(s * periods + from, s * periods + to);
    if (!row.every(Number.isFinite) || row.every((r) => r === row[0])) continue;
    rows.push(row);
    assets.push(s);
  }
  const values = new Float64Array(rows.length * (to - from));
  rows.forEach((row, k) => {
    values.set(row, k * (to - from));
  });
  return { matrix: { returns: values, sets: rows.length, periods: to - from }, assets };
}

type Found = Pick<Weights, 'weights' | 'riskShares' | 'shrinkage' | 'deviation'>;

function weigh({ matrix, assets }: Holding, size: number, held: Float64Array, options: WalkForwardOptions): Found {
  const weights = new Float64Array(size);
  const shares = new Float64Array(size);
  if (assets.length === 0) return { weights, riskShares: shares, shrinkage: 0, deviation: 0 };
  const { cost = 0, costAware = false, aversion } = options;
  const turnover = {
    held: Float64Array.from(assets, (i) => held[i]!),
    cost: costAware ? cost : 0,
    horizon: options.rebalance,
    ...(aversion === undefined ? {} : { aversion }),
  };
  const found = allocate(matrix, { ...options, ...boundsOf(options, assets), turnover });
  assets.forEach((i, k) => {
    weights[i] = found.weights[k]!;
    shares[i] = found.riskShares[k]!;
  });
  return { weights, riskShares: shares, shrinkage: found.shrinkage, deviation: found.deviation };
}

/** Bounds given one an asset, for the assets that take part. */
function boundsOf({ bounds }: WalkForwardOptions, assets: readonly number[]): Pick<AllocationOptions, 'bounds'> {
  if (bounds === undefined) return {};
  const part = (value: number | readonly number[]): number | number[] =>
    typeof value === 'number' ? value : assets.map((i) => value[i] ?? Number.NaN);
  return {
    bounds: {
      ...bounds,
      ...(bounds.min === undefined ? {} : { min: part(bounds.min) }),
      ...(bounds.max === undefined ? {} : { max: part(bounds.max) }),
    },
  };
}

interface Holder {
  /** Weights as they have drifted. */
  readonly held: Float64Array;
  trade(weights: Float64Array): number;
  hold(returns: ReturnMatrix, period: number): number;
  meanTurnover(): number;
}

function createHolder(assets: number, cost: number): Holder {
  const held = new Float64Array(assets);
  let due = 0;
  let traded = 0;
  let trades = 0;
  return {
    held,
    trade(weights) {
      let turnover = 0;
      for (let i = 0; i < assets; i++) turnover += Math.abs(weights[i]! - held[i]!);
      held.set(weights);
      due = cost * turnover;
      if (trades++ > 0) traded += turnover;
      return turnover;
    },
    hold({ returns, periods }, t) {
      let gained = 0;
      for (let i = 0; i < assets; i++) {
        const r = returns[i * periods + t]!;
        const gain = Number.isFinite(r) ? held[i]! * r : 0;
        held[i]! += gain;
        gained += gain;
      }
      const net = (1 + gained) * (1 - due) - 1;
      due = 0;
      invariant(Number.isFinite(gained), 'a portfolio return is finite');
      // After a total loss nothing is left to hold.
      for (let i = 0; i < assets; i++) held[i] = gained > -1 ? held[i]! / (1 + gained) : 0;
      return Math.max(-1, net);
    },
    meanTurnover: () => (trades > 1 ? traded / (trades - 1) : Number.NaN),
  };
}
