import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallingRoot } from '../../src/lib/allocation/falling-root.ts';

/** Falls from 1 to -1 in steps and slopes: level, bent and steep pieces. */
const bent = (knots: readonly number[]) => (x: number) =>
  1 - (2 * knots.filter((k) => k < x).length) / knots.length - 1e-3 * x;

describe('the root of a falling function', () => {
  it('is not above 0, and a little before it the function is', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 }), (knots) => {
        const f = bent(knots);
        const root = fallingRoot(f, { low: -1, high: 2, width: 1e-12, zero: 0 });
        expect(f(root)).toBeLessThanOrEqual(0);
        expect(f(root - 2e-12)).toBeGreaterThan(0);
      }),
    ));

  it('of a straight piece is found by its first chord', () => {
    let calls = 0;
    const line = (x: number): number => {
      calls++;
      return 3 - 4 * x;
    };
    expect(fallingRoot(line, { low: 0, high: 1, width: 1e-15, zero: 1e-15 })).toBe(0.75);
    expect(calls).toBe(3);
    calls = 0;
    expect(fallingRoot(line, { low: 0, high: 1, above: 3, below: -1, width: 1e-15, zero: 1e-15 })).toBe(0.75);
    expect(calls).toBe(1);
  });
});
