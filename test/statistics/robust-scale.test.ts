import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, medianDeviation, robustScale } from '../../src/lib/statistics/index.ts';

/** By sorting, as it is defined. */
function sortedMedian(values: Float64Array): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  return n % 2 === 1 ? sorted[n >> 1]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
}

describe('robust location and scale', () => {
  it('are the median and 1.4826 times the median deviation from it, whatever the order and the ties', () => {
    const finite = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 60 }), (list) => {
        const values = Float64Array.from(list, (x) => x + 0);
        const location = sortedMedian(values);
        const deviations = values.map((x) => Math.abs(x - location));
        const deviation = sortedMedian(deviations);
        const mean = deviations.reduce((a, b) => a + b, 0) / values.length;
        const { location: found, scale } = robustScale(values.slice());
        expect(found).toBeCloseTo(location, 12);
        expect(scale).toBeCloseTo(deviation > 0 ? deviation * 1.482602218505602 : mean * Math.sqrt(Math.PI / 2), 6);
      }),
    );
  });

  it('are those of a normal sample, and undefined for nothing', () => {
    // Median and MAD of 1..9 (Hampel 1974's definition): 5 and 2.
    expect(robustScale(Float64Array.of(9, 1, 8, 2, 7, 3, 6, 4, 5))).toEqual({
      location: 5,
      scale: 2 * 1.482602218505602,
    });
    expect(robustScale(Float64Array.of(4, 4, 4))).toEqual({ location: 4, scale: 0 });
    expect(robustScale(new Float64Array(0)).location).toBeNaN();
    expect(medianDeviation(new Float64Array(0))).toEqual({ location: Number.NaN, scale: Number.NaN });
  });

  it('are the plain median deviation where that is asked for, 0 among ties', () => {
    expect(medianDeviation(Float64Array.of(9, 1, 8, 2, 7, 3, 6, 4, 5)).scale).toBe(2 * 1.482602218505602);
    expect(medianDeviation(Float64Array.of(4, 4, 4, 8))).toEqual({ location: 4, scale: 0 });
    expect(robustScale(Float64Array.of(4, 4, 4, 8)).scale).toBeCloseTo(Math.sqrt(Math.PI / 2), 15);
  });

  it('agree with the median, which leaves its values alone and is undefined with a gap', () => {
    const values = Float64Array.of(5, 1, 4, 2);
    expect([median(values), ...values]).toEqual([3, 5, 1, 4, 2]);
    for (const gap of [Number.NaN, Number.POSITIVE_INFINITY]) expect(median(Float64Array.of(1, gap, 2))).toBeNaN();
    expect(median(new Float64Array(0))).toBeNaN();
  });
});
