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

  it('gives equal scores one value before it pools', () => {
    expect(isotonic([0.3, 0.3, 0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1, 1, 1])).toEqual({
      scores: [0.3, 0.5],
      values: [0.5, 0.75],
    });
  });

  it('is the largest, over lower ends, of the least mean of scores from there on (the max-min formula of Barlow et al. 1972)', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            score: fc.integer({ min: 0, max: 9 }),
            outcome: fc.integer({ min: 0, max: 1 }),
            weight: fc.integer({ min: 0, max: 3 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        (rows) => {
          const curve = isotonic(
            rows.map((row) => row.score),
            rows.map((row) => row.outcome),
            rows.map((row) => row.weight),
          );
          const seen = rows.filter((row) => row.weight > 0);
          const distinct = [...new Set(seen.map((row) => row.score))];
          const meanOf = (from: number, to: number): number => {
            const within = seen.filter((row) => row.score >= from && row.score <= to);
            const weight = within.reduce((sum, row) => sum + row.weight, 0);
            return within.reduce((sum, row) => sum + row.weight * row.outcome, 0) / weight;
          };
          for (const score of distinct) {
            const upper = distinct.filter((to) => to >= score);
            const lower = distinct.filter((from) => from <= score);
            const wanted = Math.max(...lower.map((from) => Math.min(...upper.map((to) => meanOf(from, to)))));
            expect(valueAt(curve, score)).toBeCloseTo(wanted, 12);
          }
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

  it('are the smallest score where next to nothing is promised, and undefined without a promise or for certainty', () => {
    for (const alpha of [0.75, 0.9999999999]) expect(conformalLimit([3, 1, 2], alpha)).toBe(1);
    expect(conformalLimit([3, 1, 2], 1e-12)).toBe(Number.POSITIVE_INFINITY);
    for (const alpha of [0, 1, -0.1, 1.1, Number.NaN]) {
      expect(conformalLimit([3, 1, 2], alpha)).toBeNaN();
      expect(conformalLimit([], alpha)).toBeNaN();
    }
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
