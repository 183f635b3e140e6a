import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binomialCdf,
  clopperPearson,
  jeffreys,
  type ProportionInterval,
  wilson,
} from '../../src/lib/statistics/index.ts';

function expectInterval(found: ProportionInterval, lower: number, upper: number, digits: number): void {
  expect(found.lower).toBeCloseTo(lower, digits);
  expect(found.upper).toBeCloseTo(upper, digits);
}

const methods = { wilson, clopperPearson, jeffreys };
const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

describe('intervals of a proportion', () => {
  it("give the examples of Newcombe (1998, table I) by Wilson's score", () => {
    expectInterval(wilson(81, 263), 0.2552885, 0.3662096, 7);
    expectInterval(wilson(15, 148), 0.0623864, 0.1604872, 7);
    expectInterval(wilson(0, 20), 0, 0.1611252, 7);
    expectInterval(wilson(1, 29), 0.0061132, 0.1717552, 7);
  });

  it('agree with scipy.stats.beta.ppf to twelve digits', () => {
    expectInterval(clopperPearson(1, 10), 0.0025285785444617865, 0.4450161170281954, 12);
    expectInterval(clopperPearson(0, 20), 0, 0.1684334709830853, 12);
    expectInterval(clopperPearson(81, 263), 0.25273674558527126, 0.36762192260135135, 12);
    expectInterval(clopperPearson(500, 1000, 0.99), 0.45885255330704494, 0.5411474466929551, 12);
    expectInterval(jeffreys(1, 10), 0.011011673763161138, 0.3813147710666164, 12);
    expectInterval(jeffreys(0, 20), 0, 0.11663898290487539, 12);
    expectInterval(jeffreys(81, 263), 0.2545219349910236, 0.36564749917408246, 12);
  });

  it('know nothing without a trial and are undefined for counts that cannot be', () => {
    for (const method of Object.values(methods)) {
      expect(method(0, 0)).toEqual({ lower: 0, upper: 1 });
      for (const [k, n, level] of [
        [2, 1, 0.95],
        [-1, 3, 0.95],
        [Number.NaN, 3, 0.95],
        [1, Number.POSITIVE_INFINITY, 0.95],
        [1, 3, 1],
      ] as const)
        expect(method(k, n, level)).toEqual({ lower: Number.NaN, upper: Number.NaN });
    }
  });

  it('hold the proportion seen, mirror with failures, and widen with the level', () =>
    fc.assert(
      fc.property(counts, ([k, n]) => {
        for (const method of Object.values(methods)) {
          const { lower, upper } = method(k, n);
          expect(lower).toBeLessThanOrEqual(k / n);
          expect(upper).toBeGreaterThanOrEqual(k / n);
          const failures = method(n - k, n);
          expect(failures.lower).toBeCloseTo(1 - upper, 12);
          const wide = method(k, n, 0.99);
          expect(wide.lower).toBeLessThanOrEqual(lower);
          expect(wide.upper).toBeGreaterThanOrEqual(upper);
        }
      }),
      { numRuns: 60 },
    ));

  it('leave exactly the tail that was asked for at the ends of the exact interval', () =>
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { lower, upper } = clopperPearson(k, n);
        if (k > 0) expect(1 - binomialCdf(k - 1, n, lower)).toBeCloseTo(0.025, 10);
        if (k < n) expect(binomialCdf(k, n, upper)).toBeCloseTo(0.025, 10);
      }),
      { numRuns: 60 },
    ));
});
