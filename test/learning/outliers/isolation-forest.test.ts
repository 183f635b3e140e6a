import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import {
  growIsolationForest,
  isolationScore,
  isolationScores,
  type Matrix,
  matrix,
  meanPathLength,
} from '../../../src/lib/learning/index.ts';
import { blobs, table } from '../tables.ts';

const normal = (seed: number, rows: number, columns: number): Matrix => {
  const rng = createRng(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => rng.normal()),
  );
};

describe('the mean path length', () => {
  it.each([
    // Liu, Ting and Zhou 2008, eq. 1, with the logarithm for the harmonic number.
    [2, 1],
    [3, 1.2073923576],
    [10, 3.7488804845],
    [256, 10.2447709201],
  ])('of %d rows is %d', (n, expected) => expect(meanPathLength(n)).toBeCloseTo(expected, 9));

  it('of one row or none is 0', () => expect([meanPathLength(1), meanPathLength(0)]).toEqual([0, 0]));
});

describe('the isolation forest', () => {
  it('scores as that of scikit-learn 1.9.1, up to what 1,000 trees leave to chance', () => {
    const forest = growIsolationForest(blobs, { trees: 1000, sampleRows: 64, seed: 5 });
    const scores = isolationScores(
      forest,
      table([
        [0, 0],
        [4, 0],
        [2, 1.5],
        [-3, 6],
        [10, 10],
      ]),
    );
    [0.427, 0.426, 0.51, 0.711, 0.723].forEach((expected, i) => {
      expect(Math.abs(scores[i]! - expected), `row ${i}: ${scores[i]}`).toBeLessThan(0.015);
    });
  });

  it('gives the same scores for the same seed, row by row or all at once', () => {
    const options = { trees: 20, seed: 3 };
    const scores = isolationScores(growIsolationForest(blobs, options), blobs);
    const again = growIsolationForest(blobs, options);
    expect(Array.from(scores.keys(), (i) => isolationScore(again, blobs.values.subarray(2 * i, 2 * i + 2)))).toEqual([
      ...scores,
    ]);
    expect(isolationScores(growIsolationForest(blobs, { ...options, seed: 4 }), blobs)).not.toEqual(scores);
  });

  it('has scores between 0 and 1, the same when columns are stretched and moved', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 4 }), (seed, n, columns) => {
        const rows = normal(seed, n, columns);
        rows.values.set(rows.values.map((x) => Math.round(1024 * x) / 1024));
        const options = { trees: 10, sampleRows: 16, seed };
        const scores = isolationScores(growIsolationForest(rows, options), rows);
        expect(scores.every((s) => s > 0 && s < 1)).toBe(true);
        const stretched = matrix(
          n,
          columns,
          rows.values.map((x, at) => x * 2 ** (at % columns) - 50 * (1 + (at % columns))),
        );
        expect(isolationScores(growIsolationForest(stretched, options), stretched)).toEqual(scores);
      }),
      { numRuns: 40 },
    );
  });

  it('finds the row that is far from all others most unusual', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rows = normal(seed, 100, 3);
        rows.values.set([40, -40, 40], 0);
        const scores = isolationScores(growIsolationForest(rows, { seed }), rows);
        expect(scores.indexOf(Math.max(...scores))).toBe(0);
        expect(scores[0]).toBeGreaterThan(0.7);
      }),
      { numRuns: 20 },
    );
  });

  it('scores rows that are all equal 1/2', () => {
    const equal = matrix(30, 2);
    for (const score of isolationScores(growIsolationForest(equal, { seed: 1 }), equal))
      expect(score).toBeCloseTo(0.5, 12);
  });

  it('refuses too few rows, no trees and values that are not finite; has no score for a row with a gap', () => {
    const bad = expect.objectContaining({ code: 'usage/bad-option' });
    expect(() => growIsolationForest(matrix(1, 2), { seed: 1 })).toThrow(bad);
    expect(() => growIsolationForest(matrix(0, 2), { seed: 1 })).toThrow(bad);
    expect(() => growIsolationForest(blobs, { trees: 0, seed: 1 })).toThrow(bad);
    expect(() => growIsolationForest(table([[1], [Number.NaN]]), { seed: 1 })).toThrow(/row 1, column 0/);
    expect(isolationScore(growIsolationForest(blobs, { seed: 1 }), Float64Array.of(0, Number.NaN))).toBeNaN();
  });

  it('refuses a row of another width than those it was grown from', () => {
    const forest = growIsolationForest(blobs, { seed: 1 });
    for (const row of [Float64Array.of(1), Float64Array.of(1, 2, 3)])
      expect(() => isolationScore(forest, row)).toThrow(expect.objectContaining({ code: 'usage/bad-option' }));
    expect(() => isolationScores(forest, matrix(2, 3))).toThrow(/a row of 3 values where the forest has 2/);
  });
});
