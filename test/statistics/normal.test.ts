import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalPdf, normalQuantile } from '../../src/lib/statistics/index.ts';
import { fixture } from '../metrics/fixtures/performance.ts';

describe('standard normal distribution', () => {
  it('agrees with scipy.stats.norm to 12 digits, far tails included', () => {
    // exp(-684) at x = -37 carries 684 roundings of its argument.
    for (const [x, p] of fixture.normal.cdf) expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(1e-12);
    for (const [p, x] of fixture.normal.quantile)
      expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(x)));
  });

  it('has a quantile that inverts the distribution and a symmetric density', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        const x = normalQuantile(p);
        expect(normalCdf(x)).toBeCloseTo(p, 13);
        expect(normalPdf(x)).toBe(normalPdf(-x));
      }),
    ));

  it('is defined at its ends and undefined outside', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});
