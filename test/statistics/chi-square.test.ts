import { describe, expect, it } from 'vitest';
import { chiSquareCdf, chiSquareQuantile } from '../../src/lib/statistics/index.ts';

describe('chi-square', () => {
  it.each([
    // scipy.stats.chi2.cdf, scipy 1.17.1
    [1, 1, 0.6826894921370859],
    [3.84, 1, 0.9499564787512949],
    [10, 24, 0.0054530919130093445],
    [24, 24, 0.5384026669363817],
    [60, 24, 0.9999361229746008],
    [0.01, 5, 5.300270042686517e-7],
  ])('is at most %d with %d degrees with the probability of scipy', (x, degrees, expected) => {
    expect(chiSquareCdf(x, degrees) / expected).toBeCloseTo(1, 12);
  });

  it('has quantiles that its distribution function undoes', () => {
    for (const p of [1e-6, 0.1, 0.5, 0.9, 0.999999])
      for (const degrees of [1, 2, 10, 24, 300])
        expect(chiSquareCdf(chiSquareQuantile(p, degrees), degrees)).toBeCloseTo(p, 12);
  });

  it('is undefined outside its range', () => {
    expect(chiSquareCdf(-1, 3)).toBeNaN();
    expect(chiSquareCdf(1, 0)).toBeNaN();
    expect(chiSquareCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
    expect(chiSquareQuantile(1.1, 3)).toBeNaN();
    expect(chiSquareQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(chiSquareQuantile(1, 0)).toBeNaN();
    expect(chiSquareQuantile(0.5, Number.POSITIVE_INFINITY)).toBeNaN();
  });

  it('starts at 0 and ends nowhere', () => {
    for (const degrees of [0.5, 1, 2, 300]) {
      expect([chiSquareCdf(0, degrees), chiSquareCdf(Number.POSITIVE_INFINITY, degrees)]).toEqual([0, 1]);
      expect(chiSquareQuantile(0, degrees)).toBe(0);
      expect(chiSquareQuantile(1, degrees)).toBe(Number.POSITIVE_INFINITY);
    }
  });
});
