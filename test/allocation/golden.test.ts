import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feasible } from '../../src/lib/allocation/bounds.ts';
import { leafOrder } from '../../src/lib/allocation/hierarchical-risk-parity.ts';
import {
  type AllocationOptions,
  allocate,
  covariance,
  equalRisk,
  hierarchicalRiskParity,
} from '../../src/lib/allocation/index.ts';
import { minimise } from '../../src/lib/allocation/quadratic-program.ts';

/** Made by numpy, scipy, scikit-learn, PyPortfolioOpt, cvxpy and skfolio; the versions stand in the file. */
type Golden = {
  returns: number[][];
  sample: number[][];
  ewma60: number[][];
  ledoitWolf: { shrinkage: number; matrix: number[][] };
  constantCorrelation: { shrinkage: number; matrix: number[][] };
  minVariance: Record<'longOnly' | 'capped' | 'longShort', number[]>;
  maxSharpe: Record<'longOnly' | 'capped' | 'longShort', number[]>;
  maxDiversification: Record<'longOnly' | 'capped', number[]>;
  skfolio: Record<'minVariance' | 'maxDiversification' | 'riskBudgeting' | 'maxSharpe', number[]>;
  equalRisk: number[];
  hierarchical: number[];
  leafOrder: number[];
  gross: number[];
  turnover: { cost: number; weights: number[] };
};
const golden: Golden = JSON.parse(readFileSync(new URL('./fixtures/allocation.json', import.meta.url), 'utf8'));
const sets = golden.returns.length;
const periods = golden.returns[0]!.length;
const matrix = { returns: Float64Array.from(golden.returns.flat()), sets, periods };
const sample = { size: sets, values: Float64Array.from(golden.sample.flat()) };
const bounds = {
  longOnly: {},
  capped: { min: 0.05, max: 0.25 },
  longShort: { min: -0.3, max: 0.6 },
};

const near = (found: ArrayLike<number>, expected: readonly number[], tolerance: number): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `element ${i}: ${found[i]} for ${value}`).toBeLessThan(tolerance);
  });
};
const weights = (options: AllocationOptions): Float64Array =>
  allocate(matrix, { covariance: { kind: 'sample' }, ...options }).weights;

describe('covariance', () => {
  const flat = (rows: number[][]): number[] => rows.flat();

  it('is the sample covariance of numpy', () => {
    near(covariance(matrix, { kind: 'sample' }).matrix.values, flat(golden.sample), 1e-17);
  });

  it('weights by age as numpy does', () => {
    near(covariance(matrix, { kind: 'ewma', halfLife: 60 }).matrix.values, flat(golden.ewma60), 1e-17);
  });

  it('shrinks to the mean variance as LedoitWolf of scikit-learn', () => {
    const found = covariance(matrix, { kind: 'shrunk-identity' });
    expect(found.shrinkage).toBeCloseTo(golden.ledoitWolf.shrinkage, 12);
    near(found.matrix.values, flat(golden.ledoitWolf.matrix), 1e-17);
  });

  it('shrinks to equal correlations as PyPortfolioOpt', () => {
    const found = covariance(matrix, { kind: 'shrunk-correlation' });
    expect(found.shrinkage).toBeCloseTo(golden.constantCorrelation.shrinkage, 10);
    near(found.matrix.values, flat(golden.constantCorrelation.matrix), 1e-15);
  });
});

/** SLSQP ends near 1e-7; skfolio's interior points near 1e-4. */
const SLSQP = 2e-6;
const SKFOLIO = 2e-3;

describe('weights', () => {
  for (const [name, within] of Object.entries(bounds) as [keyof typeof bounds, object][]) {
    it(`of least variance agree with scipy, ${name}`, () => {
      near(weights({ method: 'min-variance', bounds: within }), golden.minVariance[name], SLSQP);
    });
    it(`of the largest Sharpe ratio agree with scipy, ${name}`, () => {
      near(weights({ method: 'max-sharpe', bounds: within }), golden.maxSharpe[name], 5 * SLSQP);
    });
  }

  it('of the largest diversification agree with scipy', () => {
    for (const name of ['longOnly', 'capped'] as const)
      near(weights({ method: 'max-diversification', bounds: bounds[name] }), golden.maxDiversification[name], SLSQP);
  });

  it('agree with skfolio', () => {
    near(weights({ method: 'min-variance' }), golden.skfolio.minVariance, SKFOLIO);
    near(weights({ method: 'max-sharpe' }), golden.skfolio.maxSharpe, SKFOLIO);
    near(weights({ method: 'max-diversification' }), golden.skfolio.maxDiversification, SKFOLIO);
    near(weights({ method: 'equal-risk' }), golden.skfolio.riskBudgeting, SKFOLIO);
  });

  it('of equal risk agree with the logarithmic barrier in scipy', () => {
    near(equalRisk(sample), golden.equalRisk, 1e-6);
  });

  it('of hierarchical risk parity agree with PyPortfolioOpt on the linkage of scipy', () => {
    expect(leafOrder(sample)).toEqual(golden.leafOrder);
    near(hierarchicalRiskParity(sample), golden.hierarchical, 1e-13);
  });

  it('under a gross budget agree with cvxpy', () => {
    const linear = Float64Array.from(golden.returns, (row) => (0.1 * row.reduce((a, b) => a + b)) / periods);
    const limits = feasible({ ...bounds.longShort, gross: 1.4 }, sets);
    near(minimise({ matrix: sample, linear, limits }, new Float64Array(sets)), golden.gross, 1e-6);
  });

  it('under a price of trading agree with cvxpy', () => {
    const found = minimise(
      {
        matrix: sample,
        linear: new Float64Array(sets),
        limits: feasible({}, sets),
        cost: golden.turnover.cost,
        from: new Float64Array(sets).fill(1 / sets),
      },
      new Float64Array(sets),
    );
    near(found, golden.turnover.weights, 1e-6);
  });
});
