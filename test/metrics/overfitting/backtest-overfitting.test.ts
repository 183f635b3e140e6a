import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, SigmaError } from '../../../src/lib/core/index.ts';
import { averageCorrelation, backtestOverfitting, effectiveTrials } from '../../../src/lib/metrics/index.ts';
import { search } from './noise-search.ts';

type Figures = {
  pbo: number;
  prob_oos_loss: number;
  slope: number;
  intercept: number;
  logit_mean: number;
  ncomb: number;
};
const golden: { blocks: number; rows: number[][]; noise: Figures; skill: Figures } = JSON.parse(
  readFileSync(new URL('../fixtures/backtest-overfitting.json', import.meta.url), 'utf8'),
);

/** Periods x sets as published, to sets x periods. */
function goldenMatrix(skill: number): { returns: Float64Array; sets: number; periods: number } {
  const periods = golden.rows.length;
  const sets = golden.rows[0]!.length;
  const returns = new Float64Array(sets * periods);
  for (let s = 0; s < sets; s++)
    for (let t = 0; t < periods; t++) returns[s * periods + t] = golden.rows[t]![s]! + (s === 3 ? skill : 0);
  return { returns, sets, periods };
}

describe('probability of backtest overfitting (CSCV)', () => {
  it.each([
    ['noise', 0, golden.noise],
    ['skill in one set', 0.004, golden.skill],
  ] as const)('agrees with an implementation of Bailey et al. 2015 on %s', (_, skill, expected) => {
    const found = backtestOverfitting(goldenMatrix(skill), { blocks: golden.blocks });
    expect(found.splits).toBe(expected.ncomb);
    expect(found.pbo).toBeCloseTo(expected.pbo, 12);
    expect(found.lossProbability).toBeCloseTo(expected.prob_oos_loss, 12);
    expect(found.slope).toBeCloseTo(expected.slope, 9);
    expect(found.intercept).toBeCloseTo(expected.intercept, 9);
    expect(found.logits.reduce((a, b) => a + b) / found.splits).toBeCloseTo(expected.logit_mean, 9);
  });

  it('is near a half on average over noise and near nothing with skill', () => {
    let noise = 0;
    for (let seed = 0; seed < 20; seed++)
      noise += backtestOverfitting(search(createRng(seed), { sets: 20, periods: 200 }), { blocks: 8 }).pbo / 20;
    // One search has a deviation of 0.2, twenty of 0.05.
    expect(Math.abs(noise - 0.5)).toBeLessThan(0.15);
    const skilled = search(createRng(1), { sets: 20, periods: 1000, skilled: 1, edge: 0.003 });
    expect(backtestOverfitting(skilled, { blocks: 8 }).pbo).toBeLessThan(0.01);
  });

  it('does not depend on the order of the sets, on scale, or on a set that failed', () => {
    const { returns, sets, periods } = search(createRng(4), { sets: 12, periods: 160 });
    const found = backtestOverfitting({ returns, sets, periods }, { blocks: 8 });
    const reversed = new Float64Array(returns.length);
    for (let s = 0; s < sets; s++)
      reversed.set(returns.subarray(s * periods, (s + 1) * periods), (sets - 1 - s) * periods);
    expect(backtestOverfitting({ returns: reversed, sets, periods }, { blocks: 8 }).logits).toEqual(found.logits);
    const scaled = { returns: returns.map((r) => 4 * r), sets, periods };
    expect(backtestOverfitting(scaled, { blocks: 8 }).logits).toEqual(found.logits);
    const failed = {
      returns: Float64Array.from([...returns, ...new Float64Array(periods).fill(Number.NaN)]),
      sets: sets + 1,
      periods,
    };
    const without = backtestOverfitting(failed, { blocks: 8 });
    expect(without.excluded).toBe(1);
    expect(without.logits).toEqual(found.logits);
  });

  it('gives probabilities for any returns, flat stretches and equal sets included', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(-0.01, 0, 0, 0.01, 0.02), { minLength: 24, maxLength: 24 }), {
          minLength: 2,
          maxLength: 6,
        }),
        (rows) => {
          const found = backtestOverfitting(
            { returns: Float64Array.from(rows.flat()), sets: rows.length, periods: 24 },
            { blocks: 4 },
          );
          expect(found.pbo).toBeGreaterThanOrEqual(0);
          expect(found.pbo).toBeLessThanOrEqual(1);
          for (const logit of found.logits) expect(Number.isFinite(logit)).toBe(true);
        },
      ),
    ));

  it('is undefined without two sets or with blocks of one period', () => {
    const one = search(createRng(1), { sets: 1, periods: 100 });
    expect(backtestOverfitting(one).pbo).toBeNaN();
    expect(backtestOverfitting(search(createRng(1), { sets: 5, periods: 9 }), { blocks: 8 }).pbo).toBeNaN();
    expect(backtestOverfitting({ returns: new Float64Array(0), sets: 0, periods: 0 }).pbo).toBeNaN();
    const infinite = { returns: new Float64Array(200).fill(Number.POSITIVE_INFINITY), sets: 2, periods: 100 };
    expect(backtestOverfitting(infinite).pbo).toBeNaN();
  });

  it('takes fewer blocks where time is short, and refuses odd ones', () => {
    expect(backtestOverfitting(search(createRng(1), { sets: 3, periods: 20 })).blocks).toBe(10);
    for (const blocks of [1, 7, 22, 8.5])
      expect(() => backtestOverfitting(search(createRng(1), { sets: 3, periods: 100 }), { blocks })).toThrow(
        SigmaError,
      );
  });
});

describe('effective number of trials', () => {
  it('is all of them without correlation and one when they are the same (Bailey and Lopez de Prado 2014, A.3)', () => {
    expect(effectiveTrials(100, 0)).toBe(100);
    expect(effectiveTrials(100, 1)).toBe(1);
    expect(effectiveTrials(100, 0.5)).toBe(50.5);
    expect(effectiveTrials(100, -0.01)).toBe(100);
    expect(effectiveTrials(100, Number.NaN)).toBe(100);
    expect(effectiveTrials(0, 0)).toBeNaN();
  });

  it('knows the mean correlation of sets without comparing each pair', () => {
    const { returns, periods } = search(createRng(2), { sets: 6, periods: 50, correlation: 0.4 });
    const z = Array.from({ length: 6 }, (_, s) => {
      const values = returns.subarray(s * periods, (s + 1) * periods);
      const mean = values.reduce((a, b) => a + b) / periods;
      const deviation = Math.sqrt(values.reduce((a, r) => a + (r - mean) ** 2, 0) / periods);
      return values.map((r) => (r - mean) / deviation);
    });
    let sum = 0;
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < i; j++) sum += z[i]!.reduce((a, x, t) => a + x * z[j]![t]!, 0) / periods;
    expect(averageCorrelation({ returns, sets: 6, periods })).toBeCloseTo(sum / 15, 12);
    expect(averageCorrelation({ returns: new Float64Array(20), sets: 2, periods: 10 })).toBeNaN();
    expect(averageCorrelation({ returns: new Float64Array(20).fill(Number.NaN), sets: 2, periods: 10 })).toBeNaN();
  });
});
