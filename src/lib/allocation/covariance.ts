/** Covariances of many return series from few observations. */
import { SigmaError, unreachable } from '../core/index.ts';
import type { ReturnMatrix } from '../metrics/index.ts';
import { moments } from '../statistics/index.ts';
import { correlations, deviations, type Symmetric } from './symmetric.ts';

export const covarianceKinds = ['sample', 'ewma', 'shrunk-identity', 'shrunk-correlation'] as const;

/** `halfLife` in periods, for `ewma` only. */
export type CovarianceKind =
  | { readonly kind: Exclude<(typeof covarianceKinds)[number], 'ewma'> }
  | { readonly kind: 'ewma'; readonly halfLife: number };

export type Covariance = {
  readonly matrix: Symmetric;
  /** Weight of the shrinkage target in [0, 1]; 0 where nothing is shrunk. */
  readonly shrinkage: number;
};

/**
 * - `sample`: divisor n - 1.
 * - `ewma`: weights 2^(-age / halfLife), normed to 1, about the weighted mean (RiskMetrics 1996).
 * - `shrunk-identity`: towards the mean variance on the diagonal (Ledoit and Wolf 2004a, eq. 14), divisor n.
 * - `shrunk-correlation`: towards equal correlations (Ledoit and Wolf 2004b, appendix), divisor n.
 * @param returns one row a series
 * @throws SigmaError data/empty under two periods or without series; data/bad-number when a return is not finite;
 * usage/bad-option for a half life that is not above 0
 */
export function covariance(returns: ReturnMatrix, kind: CovarianceKind): Covariance {
  const { sets: size, periods } = returns;
  if (size === 0 || periods < 2)
    throw new SigmaError('data/empty', `${size} series of ${periods} returns`, {
      where: 'covariance',
      hint: 'give at least one series of two returns',
    });
  if (kind.kind === 'ewma' && !(kind.halfLife > 0))
    throw new SigmaError('usage/bad-option', `halfLife is ${kind.halfLife}`, {
      where: 'covariance',
      hint: 'give a number of periods above 0',
    });
  const centred = centre(returns, kind);
  switch (kind.kind) {
    case 'sample':
      return { matrix: cross(centred, size, periods, 1 / (periods - 1)), shrinkage: 0 };
    case 'ewma':
      return { matrix: cross(centred, size, periods, 1), shrinkage: 0 };
    case 'shrunk-identity':
      return shrinkToIdentity(centred, size, periods);
    case 'shrunk-correlation':
      return shrinkToEqualCorrelation(centred, size, periods);
    default:
      return unreachable(kind);
  }
}

/** Returns less their mean; for `ewma` times the root of each period's weight. */
function centre({ returns, sets, periods }: ReturnMatrix, kind: CovarianceKind): Float64Array {
  const weights = new Float64Array(periods).fill(1 / periods);
  if (kind.kind === 'ewma') {
    let total = 0;
    for (let t = 0; t < periods; t++) total += weights[t] = 2 ** ((t + 1 - periods) / kind.halfLife);
    for (let t = 0; t < periods; t++) weights[t]! /= total;
  }
  const out = new Float64Array(returns.length);
  for (let s = 0; s < sets; s++) {
    let mean = 0;
    for (let t = 0; t < periods; t++) mean += weights[t]! * returns[s * periods + t]!;
    if (!Number.isFinite(mean))
      throw new SigmaError('data/bad-number', `series ${s} has a return that is not finite`, {
        where: 'covariance',
        hint: 'leave out series without returns in the window',
      });
    for (let t = 0; t < periods; t++) {
      const d = returns[s * periods + t]! - mean;
      out[s * periods + t] = kind.kind === 'ewma' ? d * Math.sqrt(weights[t]!) : d;
    }
  }
  return out;
}

/** scale x X X'. */
function cross(centred: Float64Array, size: number, periods: number, scale: number): Symmetric {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0, a = i * periods, b = j * periods; t < periods; t++) sum += centred[a + t]! * centred[b + t]!;
      values[i * size + j] = values[j * size + i] = scale * sum;
    }
  return { size, values };
}

function blend(sample: Symmetric, target: Float64Array, shrinkage: number): Covariance {
  const values = sample.values.map((value, at) => (1 - shrinkage) * value + shrinkage * target[at]!);
  return { matrix: { size: sample.size, values }, shrinkage };
}

/** sum over t of (x_it x_jt)^2, the fourth moments that tell how uncertain each covariance is. */
function squaredProducts(centred: Float64Array, size: number, periods: number): Float64Array {
  const squares = centred.map((x) => x * x);
  return cross(squares, size, periods, 1).values;
}

function shrinkToIdentity(centred: Float64Array, size: number, periods: number): Covariance {
  const sample = cross(centred, size, periods, 1 / periods);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += sample.values[i * size + i]!;
  const mean = trace / size;
  const target = Float64Array.from(sample.values, (_, at) => (at % (size + 1) === 0 ? mean : 0));
  let distance = 0;
  let error = 0;
  const fourth = squaredProducts(centred, size, periods);
  for (let at = 0; at < target.length; at++) {
    distance += (sample.values[at]! - target[at]!) ** 2;
    error += fourth[at]! / periods - sample.values[at]! ** 2;
  }
  error /= periods;
  return blend(sample, target, distance > 0 ? Math.max(0, Math.min(1, error / distance)) : 0);
}

function shrinkToEqualCorrelation(centred: Float64Array, size: number, periods: number): Covariance {
  const sample = cross(centred, size, periods, 1 / periods);
  const d = deviations(sample);
  if (size < 2 || d.some((deviation) => !(deviation > 0))) return { matrix: sample, shrinkage: 0 };
  const rho = correlations(sample).values;
  let mean = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) mean += rho[i * size + j]!;
  mean /= (size * (size - 1)) / 2;
  const target = Float64Array.from(sample.values, (value, at) =>
    at % (size + 1) === 0 ? value : mean * d[Math.floor(at / size)]! * d[at % size]!,
  );
  const fourth = squaredProducts(centred, size, periods);
  const cubes = centred.map((x) => x ** 3);
  let pi = 0;
  let own = 0;
  let shared = 0;
  let distance = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      const s = sample.values[at]!;
      const error = fourth[at]! / periods - s * s;
      pi += error;
      if (i === j) {
        own += error;
        continue;
      }
      distance += (s - target[at]!) ** 2;
      // theta_ii,ij: how the error of a variance goes with that of a covariance.
      let theta = 0;
      for (let t = 0; t < periods; t++) theta += cubes[i * periods + t]! * centred[j * periods + t]!;
      theta = theta / periods - sample.values[i * size + i]! * s;
      shared += (mean * d[j]! * theta) / d[i]!;
    }
  const kappa = distance > 0 ? (pi - own - shared) / distance : 0;
  return blend(sample, target, Math.max(0, Math.min(1, kappa / periods)));
}

/** Mean return a period of each series. */
export function meanReturns({ returns, sets, periods }: ReturnMatrix): Float64Array {
  return Float64Array.from({ length: sets }, (_, s) => moments(returns.subarray(s * periods, (s + 1) * periods)).mean);
}
