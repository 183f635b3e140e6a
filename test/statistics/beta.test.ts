import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile } from '../../src/lib/statistics/beta.ts';
import { binomialCdf, incompleteBeta } from '../../src/lib/statistics/index.ts';

const relative = (found: number, wanted: number): number => Math.abs(found / wanted - 1);

describe('the beta and the binomial distribution', () => {
  it('agree with scipy.stats.beta.cdf and binom.cdf', () => {
    // Logarithms of gamma functions of 1e4 cancel five digits.
    for (const [x, a, b, p] of [
      [0.3, 2, 3, 0.3483],
      [0.02, 0.5, 0.5, 0.0903344706017331],
      [0.9, 30, 4, 0.5769436641256929],
      [0.5, 1e4, 1e4, 0.5],
      [1e-9, 2, 500, 1.2524995833350784e-13],
    ] as const)
      expect(relative(incompleteBeta(x, a, b), p)).toBeLessThan(a === 1e4 ? 1e-10 : 1e-12);
    for (const [k, n, q, p] of [
      [3, 20, 0.35, 0.04437560344645176],
      [0, 30, 0.02, 0.5454843193824371],
      [199, 400, 0.5, 0.48006534901810327],
      [7, 1000, 0.02, 0.0007124607324758307],
    ] as const)
      expect(relative(binomialCdf(k, n, q), p)).toBeLessThan(1e-11);
  });

  it('sum the terms of a small binomial', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
        let term = (1 - p) ** n;
        let sum = term;
        for (let k = 0; k < n && p < 1; k++) {
          expect(binomialCdf(k, n, p)).toBeCloseTo(sum, 12);
          term *= ((n - k) / (k + 1)) * (p / (1 - p));
          sum += term;
        }
      }),
      { numRuns: 50 },
    ));

  it('have quantiles that the distribution function undoes, the ends of [0, 1] at its ends', () => {
    for (const [a, b] of [
      [2, 3],
      [0.5, 0.5],
      [30, 4],
    ] as const) {
      for (const p of [1e-6, 0.1, 0.5, 0.9]) expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 12);
      expect([betaQuantile(0, a, b), betaQuantile(1, a, b)]).toEqual([0, 1]);
    }
    for (const [p, a, b] of [
      [-0.1, 1, 1],
      [Number.NaN, 1, 1],
      [0.5, 0, 1],
      [0, 1, -1],
      [1, 1, Number.POSITIVE_INFINITY],
    ] as const)
      expect(betaQuantile(p, a, b)).toBeNaN();
  });

  it('are sure at the ends and undefined outside', () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, Number.POSITIVE_INFINITY],
      [Number.NaN, 1, 1],
    ] as const)
      expect(incompleteBeta(x, a, b)).toBeNaN();
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5), binomialCdf(2.7, 3, 1)]).toEqual([0, 1, 0]);
    for (const [k, n, p] of [
      [1, -1, 0.5],
      [1, 2, 1.5],
      [Number.NaN, 2, 0.5],
    ] as const)
      expect(binomialCdf(k, n, p)).toBeNaN();
  });
});
