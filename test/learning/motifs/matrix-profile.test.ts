import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import {
  discord,
  distanceProfile,
  type MatrixProfile,
  matrixProfile,
  motif,
  multiMatrixProfile,
} from '../../../src/lib/learning/index.ts';

/** Made by stumpy; version and parameters stand in the file. */
const golden: { series: number[]; distance: number[]; index: number[]; motif: number[]; discord: number } = JSON.parse(
  readFileSync(new URL('./fixtures/walk.json', import.meta.url), 'utf8'),
);
const near = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-10): void => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (found[i] !== expected[i])
      expect(Math.abs(found[i]! - expected[i]!), `element ${i}: ${found[i]} for ${expected[i]}`).toBeLessThan(
        tolerance,
      );
};
const few = Float64Array.of(584, -11, 23, 79, 1001, 0, -19);
const walk = (seed: number, length: number): Float64Array => {
  const rng = createRng(seed);
  let at = 0;
  return Float64Array.from({ length }, () => (at += rng.normal()));
};
/** By definition: every pair of windows compared on its own. */
const byPairs = (x: Float64Array, m: number, normalise: boolean, exclusion = Math.ceil(m / 4)): number[] => {
  const shape = (start: number): number[] => {
    const w = [...x.subarray(start, start + m)];
    if (!normalise) return w;
    const mean = w.reduce((a, b) => a + b, 0) / m;
    const deviation = Math.sqrt(w.reduce((a, b) => a + (b - mean) ** 2, 0) / m);
    return new Set(w).size === 1 ? w.map(() => 0) : w.map((v) => (v - mean) / deviation);
  };
  const windows = Array.from({ length: x.length - m + 1 }, (_, i) => shape(i));
  const distance = (a: number[], b: number[]) => Math.sqrt(a.reduce((sum, v, k) => sum + (v - b[k]!) ** 2, 0));
  return windows.map((a, i) =>
    windows.reduce((best, b, j) => {
      const d = Math.abs(i - j) > exclusion ? distance(a, b) : Number.NaN;
      return d < best ? d : best;
    }, Number.POSITIVE_INFINITY),
  );
};

describe('the matrix profile', () => {
  it('is that of stumpy 1.12.0 by shape', () => {
    const found = matrixProfile(few, 3);
    const distances = [0.1163385711369199, 2.6940739180634403, 3.0000926340485923, 2.6940739180634403];
    near(found.distance, [...distances, 0.1163385711369199]);
    expect([...found.index]).toEqual([4, 3, 0, 1, 0]);
    expect([...found.left]).toEqual([-1, -1, 0, 1, 0]);
    expect([...found.right]).toEqual([4, 3, 4, -1, -1]);
  });

  it('is that of stumpy 1.12.0 for windows as they are', () => {
    const found = matrixProfile(few, 3, { normalise: false });
    const distances = [419.2540995625445, 985.3045214551693, 1131.063658685929, 985.3045214551693, 419.2540995625445];
    near(found.distance, distances);
    expect([...found.index]).toEqual([4, 3, 0, 1, 0]);
  });

  it('is that of stumpy 1.12.0 over a walk, with its motif and discord', () => {
    const found = matrixProfile(Float64Array.from(golden.series), 20);
    near(found.distance, golden.distance);
    expect([...found.index]).toEqual(golden.index);
    expect(motif(found)).toMatchObject({ at: golden.motif[0], neighbour: golden.motif[1] });
    expect(discord(found)!.at).toBe(golden.discord);
  });

  const series = fc.record({
    seed: fc.integer(),
    values: fc.integer({ min: 3, max: 70 }),
    length: fc.integer({ min: 3, max: 12 }),
    gap: fc.option(fc.nat(69)),
    flat: fc.option(fc.nat(69)),
    normalise: fc.boolean(),
  });

  it('is what comparing every pair of windows gives, with gaps and flat stretches', () => {
    fc.assert(
      fc.property(series, ({ seed, values, length, gap, flat, normalise }) => {
        fc.pre(values >= length);
        const x = walk(seed, values);
        if (flat !== null) x.fill(3, flat, flat + length + 3);
        if (gap !== null && gap < values) x[gap] = Number.NaN;
        const found = matrixProfile(x, length, { normalise });
        const expected = byPairs(x, length, normalise);
        // Squares of distances are right to rounding: a distance of 0 is right to the root of that.
        near(found.distance, expected, 1e-6);
        const start = (i: number) => [...x.subarray(i, i + length)];
        found.index.forEach((j, i) => {
          expect(j >= 0).toBe(expected[i]! < Number.POSITIVE_INFINITY);
          if (j < 0 || !normalise) return;
          near([distanceProfile(Float64Array.from(start(i)), x)[j]!], [expected[i]!], 1e-6);
          expect(Math.abs(i - j)).toBeGreaterThan(Math.ceil(length / 4));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('does not drift over thousands of rows, even far from zero', () => {
    const x = walk(11, 5000).map((v) => v + 1e6);
    const found = matrixProfile(x, 32);
    for (const at of [0, 2047, 2048, 3000, 4968]) {
      const distances = distanceProfile(x.slice(at, at + 32), x).map((d, j) => (Math.abs(j - at) > 8 ? d : 1e9));
      expect(found.distance[at]).toBeCloseTo(Math.min(...distances), 7);
      expect(found.index[at]).toBe(distances.indexOf(Math.min(...distances)));
    }
  });

  it('puts windows that do not vary at 0 from each other and at sqrt(length) from others; of equal neighbours it names the first', () => {
    const found = matrixProfile(new Float64Array(40).fill(7), 8);
    expect(found.distance.every((d) => d === 0)).toBe(true);
    expect([...found.index.subarray(0, 4), found.index[20]]).toEqual([3, 4, 5, 0, 0]);
    const one = Float64Array.from({ length: 24 }, (_, i) => (i < 8 ? 5 : i % 5));
    expect(distanceProfile(one.slice(0, 8), one)[16]).toBeCloseTo(Math.sqrt(8), 12);
  });

  it('takes windows that vary by rounding only for ones that do not vary, whatever the rest of the series', () => {
    const level = 0.1 + 0.2;
    const x = Float64Array.from({ length: 48 }, (_, i) => (i < 16 ? [0.3, level][i % 2]! : 1e6 * ((i * i) % 7)));
    // The same shape as the rounding of the first window.
    for (let i = 24; i < 32; i++) x[i] = i % 2;
    const distances = distanceProfile(x.slice(0, 8), x);
    expect([distances[0], distances[8]]).toEqual([0, 0]);
    expect(distances[24]).toBeCloseTo(Math.sqrt(8), 12);
    expect(multiMatrixProfile([x], 8).distance.values[0]).toBe(0);
    // A variation of some digits is one.
    const small = Float64Array.from(x, (v, i) => (i < 16 ? 0.3 + 1e-6 * (i % 2) : v));
    expect(distanceProfile(small.slice(0, 8), small)[24]).toBeLessThan(1e-3);
  });

  it('has no neighbour for a window with a missing value, nor in a series too short for two', () => {
    const gap = walk(1, 30);
    gap[10] = Number.POSITIVE_INFINITY;
    const { distance, index } = matrixProfile(gap, 5);
    for (let i = 6; i <= 10; i++) expect([distance[i], index[i]]).toEqual([Number.POSITIVE_INFINITY, -1]);
    expect(index[5]).toBeGreaterThanOrEqual(0);
    const alone: MatrixProfile = matrixProfile(walk(1, 5), 5);
    expect([alone.index[0], motif(alone), discord(alone)]).toEqual([-1, undefined, undefined]);
  });

  it('refuses windows under 3 values, a negative exclusion and a series shorter than a window', () => {
    const bad = expect.objectContaining({ code: 'usage/bad-option' });
    expect(() => matrixProfile(few, 2)).toThrow(bad);
    expect(() => matrixProfile(few, 3.5)).toThrow(bad);
    expect(() => matrixProfile(few, 3, { exclusion: -1 })).toThrow(bad);
    expect(() => matrixProfile(few, 8)).toThrow('7 values make no window of 8');
    expect(() => matrixProfile(new Float64Array(0), 3)).toThrow('0 values make no window of 3');
  });
});

describe('the distance profile', () => {
  it('is that of stumpy 1.12.0 (mass)', () => {
    const expected = [3.1879246264168093, 0.0011129739290248121, 3.2387401777747815, 3.344701949593829];
    near(distanceProfile(Float64Array.of(-11.1, 23.4, 79.5, 1001), few), expected, 1e-9);
  });

  it('is infinite everywhere for a query with a missing value', () => {
    const found = distanceProfile(Float64Array.of(1, Number.NaN, 2), few);
    expect(found.every((d) => d === Number.POSITIVE_INFINITY)).toBe(true);
  });
});

describe('the multi-dimensional matrix profile', () => {
  const other = Float64Array.of(1, 2, 4, 8, 16, 0, 32);

  it('is that of stumpy 1.12.0 (mstump)', () => {
    const { distance, index } = multiMatrixProfile([few, other], 3);
    // Windows of exactly the same shape: its 5.8e-8 is rounding, 0 here.
    near(distance.values.subarray(0, 5), [0, 1.4394714223464589, 0, 2.6940739180634408, 0.1163385711369199], 1e-7);
    const second = [0.7779049967416893, 2.361799222353045, 1.5000463458802706, 2.922467219646885, 0.7779049967416893];
    near(distance.values.subarray(5), second, 1e-7);
    expect(index.map((k) => [...k])).toEqual([
      [2, 4, 0, 1, 0],
      [4, 4, 0, 1, 0],
    ]);
  });

  it('of one series is its matrix profile', () => {
    const x = walk(4, 600);
    const [one, many] = [matrixProfile(x, 16), multiMatrixProfile([x], 16)];
    near(many.distance.values, one.distance, 1e-7);
    expect(many.index[0]).toEqual(one.index);
  });

  it('refuses no series at all and an exclusion that is none', () => {
    expect(() => multiMatrixProfile([], 3)).toThrow('no series');
    for (const exclusion of [-1, Number.NaN])
      expect(() => multiMatrixProfile([few], 3, exclusion)).toThrow(
        expect.objectContaining({ code: 'usage/bad-option' }),
      );
  });
});
