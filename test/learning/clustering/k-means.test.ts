import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import { kMeans, matrix, rowOf } from '../../../src/lib/learning/index.ts';
import { blobs, reference, table } from '../tables.ts';

const rows: number[][] = reference.points.blobs;

describe('k-means', () => {
  it('ends where scikit-learn 1.2.1 does from the same start', () => {
    const found = kMeans(blobs, { clusters: 3, start: { centres: table([rows[0]!, rows[50]!, rows[110]!]) } });
    expect(found.inertia).toBeCloseTo(257.5145667846957, 10);
    const centres = [-0.05207052083333341, -0.09693883333333364, 3.9546720298507463, 0.0541346716417912];
    [...centres, 2.026184123076923, 4.157450615384615].forEach((x, at) => {
      expect(found.centres.values[at]).toBeCloseTo(x, 12);
    });
    expect([0, 1, 2].map((c) => found.labels.filter((label) => label === c).length)).toEqual([48, 67, 65]);
  });

  it('finds the same optimum from seeds, the same way each time', () => {
    const found = kMeans(blobs, { clusters: 3, start: { seed: 7 } });
    expect(found.inertia).toBeCloseTo(257.5145667846957, 10);
    expect(kMeans(blobs, { clusters: 3, start: { seed: 7 } })).toEqual(found);
  });

  it('gives each row its nearest centre, and each cluster the mean of its rows', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 }), (seed, n, k) => {
        const rng = createRng(seed);
        const points = matrix(
          n,
          2,
          Float64Array.from({ length: 2 * n }, () => rng.normal()),
        );
        const clusters = Math.min(k, n);
        const { labels, centres, inertia } = kMeans(points, { clusters, start: { seed, runs: 2 } });
        const far = (i: number, c: number) =>
          rowOf(points, i).reduce((sum, x, j) => sum + (x - rowOf(centres, c)[j]!) ** 2, 0);
        let sum = 0;
        labels.forEach((label, i) => {
          sum += far(i, label);
          for (let c = 0; c < clusters; c++) expect(far(i, label)).toBeLessThanOrEqual(far(i, c) + 1e-12);
        });
        expect(sum).toBeCloseTo(inertia, 9);
        for (let c = 0; c < clusters; c++) {
          const own = [...labels.keys()].filter((i) => labels[i] === c);
          expect(own.length).toBeGreaterThan(0);
          const mean = own.reduce((m, i) => m + rowOf(points, i)[0]! / own.length, 0);
          expect(rowOf(centres, c)[0]).toBeCloseTo(mean, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives a cluster that loses its rows the farthest one', () => {
    const found = kMeans(table([[0], [1], [10]]), { clusters: 3, start: { centres: table([[0], [100], [200]]) } });
    expect(found.inertia).toBe(0);
    expect(new Set(found.labels).size).toBe(3);
  });

  it('leaves clusters empty among equal rows', () => {
    const found = kMeans(table([[2], [2], [2]]), { clusters: 2, start: { seed: 1 } });
    expect([found.inertia, ...found.labels]).toEqual([0, 0, 0, 0]);
  });

  it('refuses more clusters than rows, none at all, and values that are not finite', () => {
    const bad = expect.objectContaining({ code: 'usage/bad-option' });
    for (const clusters of [0, 1.5, 4])
      expect(() => kMeans(table([[1], [2], [3]]), { clusters, start: { seed: 1 } })).toThrow(bad);
    for (const centres of [
      [[1]],
      [[1], [2], [3]],
      [
        [1, 1],
        [2, 2],
      ],
    ])
      expect(() => kMeans(table([[1], [2], [3]]), { clusters: 2, start: { centres: table(centres) } })).toThrow(bad);
    const start = { centres: table([[1], [Number.NaN]]) };
    expect(() => kMeans(table([[1], [2], [3]]), { clusters: 2, start })).toThrow(/centres to start from, row 1/);
    expect(() => kMeans(matrix(0, 2), { clusters: 1, start: { seed: 1 } })).toThrow(bad);
    expect(() => kMeans(table([[1], [Number.NaN]]), { clusters: 1, start: { seed: 1 } })).toThrow(/row 1, column 0/);
  });
});
