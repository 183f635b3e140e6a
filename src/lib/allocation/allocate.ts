/** Weights of assets from their past returns, by a method and within bounds. */
import { SigmaError, unreachable } from '../core/index.ts';
import type { ReturnMatrix } from '../metrics/index.ts';
import { bestRatio } from './best-ratio.ts';
import { type Feasible, feasible, type WeightBounds } from './bounds.ts';
import { type CovarianceKind, covariance, meanReturns } from './covariance.ts';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.ts';
import { minimise } from './quadratic-program.ts';
import { equalRisk, riskShares } from './risk-parity.ts';
import { deviations, isPositiveDefinite, quadratic, type Symmetric } from './symmetric.ts';

/** Names of the methods, in the order they are documented. */
export const allocationMethods = [
  'equal',
  'inverse-volatility',
  'equal-risk',
  'min-variance',
  'max-sharpe',
  'max-diversification',
  'hierarchical',
  'kelly',
] as const;
export type AllocationMethod = (typeof allocationMethods)[number];

export type AllocationOptions = {
  readonly method: AllocationMethod;
  /** `shrunk-correlation` unless given. */
  readonly covariance?: CovarianceKind;
  readonly bounds?: WeightBounds;
  /** Part of the full Kelly weights, 0.5 unless given; in (0, 1]. */
  readonly kellyFraction?: number;
  /** Weights now held, and what it costs to leave them; without it trading is free. */
  readonly turnover?: TurnoverCost;
};

/**
 * Trading a fraction x of equity costs `cost` x; being away from the target's weights costs aversion / 2 x their tracking variance for each
 * period until the next rebalance.
 */
export type TurnoverCost = {
  readonly held: Float64Array;
  /** Fraction of traded value, >= 0. */
  readonly cost: number;
  /** Periods that the weights will be held, > 0. */
  readonly horizon: number;
  /** Relative risk aversion, 3 unless given. */
  readonly aversion?: number;
};

export type Weights = {
  readonly weights: Float64Array;
  /** Share of each asset in the variance. */
  readonly riskShares: Float64Array;
  /** Expected standard deviation of a period, and of a period's return the mean over the past. */
  readonly deviation: number;
  readonly meanReturn: number;
  readonly shrinkage: number;
};

/**
 * - `equal`: 1 / n.
 * - `inverse-volatility`: in proportion to 1 / deviation.
 * - `equal-risk`: equal shares in the variance (Maillard, Roncalli and Teiletche 2010).
 * - `min-variance`: least variance (Markowitz 1952).
 * - `max-sharpe`: most mean return per deviation (Tobin 1958); that of least variance when no weights have a mean return above 0.
 * - `max-diversification`: most weighted deviation per deviation (Choueifaty and Coignard 2008).
 * - `hierarchical`: hierarchical risk parity (Lopez de Prado 2016).
 * - `kelly`: fraction x argmax mean' w - w' A w / 2 (Thorp 2006, eq. 7.6), the rest in cash; `net` in the bounds is the most that is invested.
 * Methods that know no bounds are brought within them by the least tracking variance.
 * @param returns one row an asset, simple returns a period
 * @throws SigmaError data/singular, data/empty, data/bad-number; usage/bad-option for bounds that cannot be met
 */
export function allocate(returns: ReturnMatrix, options: AllocationOptions): Weights {
  const { method, turnover } = options;
  const fraction = options.kellyFraction ?? 0.5;
  if (!(fraction > 0 && fraction <= 1))
    throw new SigmaError('usage/bad-option', `kellyFraction is ${fraction}`, {
      where: 'allocate',
      hint: 'give a number above 0 and at most 1',
    });
  const { matrix, shrinkage } = covariance(returns, options.covariance ?? { kind: 'shrunk-correlation' });
  requireVariance(matrix);
  const limits = feasible(options.bounds ?? {}, matrix.size);
  const mean = meanReturns(returns);
  const target = targetWeights({ matrix, mean, limits, method, fraction });
  const weights = turnover === undefined ? target : approach(matrix, target, limits, turnover);
  return {
    weights,
    riskShares: riskShares(matrix, weights),
    deviation: Math.sqrt(quadratic(matrix, weights)),
    meanReturn: mean.reduce((sum, m, i) => sum + m * weights[i]!, 0),
    shrinkage,
  };
}

function requireVariance(matrix: Symmetric): void {
  const flat = deviations(matrix).findIndex((d) => !(d > 0));
  if (flat >= 0)
    throw new SigmaError('data/singular', `asset ${flat} does not vary`, {
      where: 'allocate',
      hint: 'leave it out, or take a longer look back',
    });
  if (!isPositiveDefinite(matrix))
    throw new SigmaError('data/singular', `the covariance of ${matrix.size} assets has no inverse`, {
      where: 'allocate',
      hint: 'take a shrunk covariance or a longer look back, or leave out assets that are copies of others',
    });
}

type Problem = {
  readonly matrix: Symmetric;
  readonly mean: Float64Array;
  readonly limits: Feasible;
  readonly method: AllocationMethod;
  readonly fraction: number;
};

function targetWeights({ matrix, mean, limits, method, fraction }: Problem): Float64Array {
  const { size } = matrix;
  const equal = new Float64Array(size).fill((limits.net ?? 1) / size);
  const within = (weights: Float64Array): Float64Array =>
    nearest(
      matrix,
      weights.map((w) => w * (limits.net ?? 1)),
      limits,
    );
  switch (method) {
    case 'equal':
      return within(new Float64Array(size).fill(1 / size));
    case 'inverse-volatility': {
      const inverse = deviations(matrix).map((d) => 1 / d);
      const total = inverse.reduce((sum, x) => sum + x, 0);
      return within(inverse.map((x) => x / total));
    }
    case 'equal-risk':
      return within(equalRisk(matrix));
    case 'min-variance':
      return minimise({ matrix, linear: new Float64Array(size), limits }, equal);
    case 'max-sharpe':
      return bestRatio(matrix, mean, limits, equal);
    case 'max-diversification':
      return bestRatio(matrix, deviations(matrix), limits, equal);
    case 'hierarchical':
      return within(hierarchicalRiskParity(matrix));
    case 'kelly':
      return kelly(matrix, mean, limits, fraction);
    default:
      return unreachable(method);
  }
}

/** The weights within the limits of least tracking variance to the given ones; those themselves where they are within. */
function nearest(matrix: Symmetric, weights: Float64Array, limits: Feasible): Float64Array {
  if (isWithin(weights, limits)) return weights;
  return minimise({ matrix, linear: productOf(matrix, weights), limits }, weights);
}

function isWithin(weights: Float64Array, { low, high, net, gross }: Feasible): boolean {
  const sum = weights.reduce((total, w) => total + w, 0);
  const size = weights.reduce((total, w) => total + Math.abs(w), 0);
  return (
    weights.every((w, i) => w >= low[i]! && w <= high[i]!) &&
    (net === null || Math.abs(sum - net) < 1e-12) &&
    size <= gross + 1e-12
  );
}

function productOf({ size, values }: Symmetric, x: Float64Array): Float64Array {
  return Float64Array.from({ length: size }, (_, i) =>
    x.reduce((sum, value, j) => sum + values[i * size + j]! * value, 0),
  );
}

/** The full Kelly weights scaled down are the weights of an investor with aversion 1 / fraction. */
function kelly(matrix: Symmetric, mean: Float64Array, limits: Feasible, fraction: number): Float64Array {
  const linear = mean.map((m) => fraction * m);
  const start = new Float64Array(matrix.size);
  const free = minimise({ matrix, linear, limits: { ...limits, net: null } }, start);
  const invested = free.reduce((sum, w) => sum + w, 0);
  if (limits.net === null || invested <= limits.net) return free;
  return minimise({ matrix, linear, limits }, free);
}

/** Goes from the held weights towards the target as far as the tracking variance that is saved pays for the trading. */
function approach(matrix: Symmetric, target: Float64Array, limits: Feasible, turnover: TurnoverCost): Float64Array {
  const { held, cost, horizon, aversion = 3 } = turnover;
  if (!(cost >= 0 && horizon > 0 && aversion > 0))
    throw new SigmaError('usage/bad-option', `cost ${cost}, horizon ${horizon}, aversion ${aversion}`, {
      where: 'turnover',
      hint: 'give a cost of at least 0 and a horizon and an aversion above 0',
    });
  if (cost === 0) return target;
  // Kelly weights may leave a part in cash: then their sum is no bound.
  const invested = target.reduce((sum, w) => sum + w, 0);
  const open = limits.net !== null && invested < limits.net - 1e-9 ? { ...limits, net: null } : limits;
  return minimise(
    { matrix, linear: productOf(matrix, target), limits: open, cost: cost / (aversion * horizon), from: held },
    target,
  );
}
