import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { brier, conformalLimit, conformalRank, isotonic, reliability, valueAt } from '../../src/lib/learning/index.ts';

describe('isotonic calibration', () => {
  it('pools what falls: the weighted means of Barlow et al. (1972) by hand', () => {
    expect(isotonic([1, 2, 3, 4], [1, 3, 2, 4])).toEqual({ scores: [1, 2, 3, 4], values: [1, 2.5, 2.5, 4] });
    expect(isotonic([1, 2, 3], [1, 0, 0], [1, 1, 2])).toEqual({ scores: [1, 3], values: [0.25, 0.25] });
    expect(isotonic([5, 5, 5], [0, 1, 1])).toEqual({ scores: [5], values: [2 / 3] });
  });

  it('rises, keeps the mean, and no rising change of its values is closer', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (pairs, other) => {
          const scores = pairs.map(([score]) => score);
          const outcomes = pairs.map(([, outcome]) => outcome);
          const curve = isotonic(scores, outcomes);
          for (let k = 1; k < curve.values.length; k++)
            expect(curve.values[k]).toBeGreaterThanOrEqual(curve.values[k - 1]!);
          const fitted = scores.map((score) => valueAt(curve, score));
          const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
          expect(sum(fitted)).toBeCloseTo(sum(outcomes), 9);
          const rising = [...other].sort((a, b) => a - b);
          const loss = (values: readonly number[]): number => sum(values.map((v, i) => (v - outcomes[i]!) ** 2));
          expect(loss(fitted)).toBeLessThanOrEqual(loss(scores.map((score) => rising[score]!)) + 1e-9);
        },
      ),
    ));

  it('is straight between knots, level beyond them, and undefined without a pair', () => {
    const curve = { scores: [0, 1, 3], values: [0.1, 0.2, 0.6] };
    expect([-1, 0, 0.5, 2, 9].map((score) => valueAt(curve, score))).toEqual([0.1, 0.1, 0.15000000000000002, 0.4, 0.6]);
    expect(valueAt(curve, Number.NaN)).toBeNaN();
    expect(valueAt(isotonic([Number.NaN, 1, 2], [1, Number.NaN, 1], [1, 1, 0]), 1)).toBeNaN();
  });
});

describe('split conformal limits', () => {
  it('have rank ceil((n + 1)(1 - alpha)), infinite when there are too few scores', () => {
    expect([19, 9, 8].map((n) => conformalRank(n, 0.1))).toEqual([18, 9, Number.POSITIVE_INFINITY]);
    expect(conformalRank(99, 0.05)).toBe(95);
    expect(conformalRank(10, 0)).toBeNaN();
    expect(conformalLimit([3, 1, 2], 0.5)).toBe(2);
    expect(conformalLimit([3, Number.NaN, 2], 0.25)).toBe(Number.POSITIVE_INFINITY);
    expect(conformalLimit([], 0.1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('cover the next row as often as promised', () => {
    const rng = createRng(11);
    let covered = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const scores = Array.from({ length: 19 }, () => rng.normal());
      if (rng.normal() <= conformalLimit(scores, 0.1)) covered++;
    }
    // Exactly .9 by theory; three standard errors of 2,000 trials are .02.
    expect(Math.abs(covered / 2000 - 0.9)).toBeLessThan(0.02);
  });
});

describe('belief in probabilities', () => {
  it('is scored by mean squared distance (Brier 1950)', () => {
    expect(brier([1, 0, 0.5], [1, 0, 1])).toBeCloseTo(0.25 / 3, 15);
    expect(brier([0.3, Number.NaN], [0, 1])).toBeCloseTo(0.09, 15);
    expect(brier([], [])).toBeNaN();
  });

  it('is shown in groups of equal counts that keep equal probabilities together', () => {
    const curve = reliability([0.1, 0.1, 0.1, 0.4, 0.8, 0.8], [0, 0, 1, 1, 1, 0], 3);
    expect(curve.map(({ count }) => count)).toEqual([3, 1, 2]);
    expect(curve[0]!.meanProbability).toBeCloseTo(0.1, 15);
    expect(curve[0]!.successShare).toBeCloseTo(1 / 3, 15);
    expect(curve[2]!.interval.lower).toBeLessThan(0.5);
    expect(reliability([], [])).toEqual([]);
  });
});
