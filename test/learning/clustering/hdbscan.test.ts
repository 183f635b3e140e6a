import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import { relativeValidity } from '../../../src/lib/learning/clustering/hdbscan/validity.ts';
import {
  approximatePredict,
  type Hdbscan,
  type HdbscanOptions,
  hdbscan,
  type Matrix,
  matrix,
} from '../../../src/lib/learning/index.ts';
import { blobs, reference, table } from '../tables.ts';

/** Made by the hdbscan package; versions and parameters stand in the file. */
type Case = {
  readonly name: string;
  readonly points: string;
  readonly options: HdbscanOptions;
  readonly labels: number[];
  readonly probabilities: number[];
  readonly outlierScores: number[];
  readonly persistence: number[];
  readonly treeLength: number;
  readonly relativeValidity: number;
  readonly query?: number[][];
  readonly queryLabels?: number[];
  readonly queryProbabilities?: number[];
};
const golden: { points: Record<string, number[][]>; cases: Case[] } = reference;

/** Thirteen digits are kept of the figures. */
const near = (found: ArrayLike<number>, expected: readonly number[], but: readonly number[] = []): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    if (!but.includes(i))
      expect(Math.abs(found[i]! - value), `element ${i}: ${found[i]} for ${value}`).toBeLessThan(1e-11);
  });
};

/** Their numbers of clusters follow the way their tree was built; ours the first member. */
const ours = ({ labels }: Case): ((theirs: number) => number) => {
  const known = [...new Set(labels.filter((label) => label >= 0))];
  return (theirs) => known.indexOf(theirs);
};

/**
 * Points that reach two clusters at exactly the same distance, their own core distance. The order of equal edges decides, and
 * the package's own algorithms differ: its Boruvka gives 162 to one cluster, its Prim to neither, as ours.
 */
const tied: Readonly<Record<string, readonly number[]>> = { eom: [97, 162], 'moons and blobs': [31, 44] };

describe.each(golden.cases)('hdbscan on $points ($name)', (c) => {
  const points = table(golden.points[c.points]!);
  const found = hdbscan(points, c.options);

  it('gives the labels and probabilities of the reference', () => {
    near(found.labels, c.labels.map(ours(c)), tied[c.name]);
    near(found.probabilities, c.probabilities, tied[c.name]);
  });

  it('has a spanning tree of the same length', () => {
    expect(found.spanningTree.squared.reduce((sum, squared) => sum + Math.sqrt(squared), 0)).toBeCloseTo(
      c.treeLength,
      9,
    );
  });

  it('scores outliers as the reference', () => near(found.outlierScores, c.outlierScores, tied[c.name]));

  it('rates clusters as the reference', () => {
    // Stability over the highest lambda: a point that only just belongs adds nothing to it, though it counts among the points.
    const theirs: number[] = [];
    c.persistence.forEach((value, label) => {
      theirs[ours(c)(label)] = value * c.labels.filter((l) => l === label).length;
    });
    const own = sizes(found);
    near(
      found.persistence.map((value, label) => value * own[label]!),
      theirs,
    );
    const theirLabels = Int32Array.from(c.labels, ours(c));
    expect(relativeValidity(found.spanningTree, theirLabels, theirs.length)).toBeCloseTo(c.relativeValidity, 11);
    expect(found.relativeValidity).toBe(relativeValidity(found.spanningTree, found.labels, own.length));
  });

  const { query, queryLabels, queryProbabilities } = c;
  if (query !== undefined)
    it('predicts as the reference', () => {
      const { labels, probabilities } = approximatePredict(found, table(query));
      near(labels, queryLabels!.map(ours(c)));
      near(probabilities, queryProbabilities!);
    });
});

const sizes = ({ labels, persistence }: Hdbscan): number[] =>
  Array.from(persistence, (_, label) => labels.filter((l) => l === label).length);

describe('selection', () => {
  // Figures of hdbscan 0.8.44 (algorithm generic) on the same points.
  it.each([
    [0.3, [42, 64, 14, 19]],
    [0.6, [42, 64, 57]],
    [1.2, [42, 122]],
    [3, [42, 122]],
  ])('merges leaves that split off nearer than %d', (selectionEpsilon, expected) => {
    const options = { minClusterSize: 10, minSamples: 3, selection: 'leaf', selectionEpsilon } as const;
    expect(sizes(hdbscan(blobs, options)).sort()).toEqual([...expected].sort());
  });

  it('takes no cluster above the largest size', () => {
    expect(sizes(hdbscan(blobs, { minClusterSize: 10, maxClusterSize: 45 }))).toEqual([42]);
    expect(sizes(hdbscan(blobs, { minClusterSize: 10, maxClusterSize: 30 }))).toEqual([]);
  });

  it('finds a single cluster only where it is allowed', () => {
    expect(sizes(hdbscan(blobs, { minClusterSize: 80 }))).toEqual([]);
    expect(sizes(hdbscan(blobs, { minClusterSize: 80, allowSingleCluster: true }))).toEqual([80]);
  });
});

describe('few and equal points', () => {
  it('has no cluster among fewer points than the smallest cluster has', () => {
    for (const rows of [[], [[1]], [[1], [2]], [[1], [2], [3]]]) {
      const found = hdbscan(table(rows), { minClusterSize: 5 });
      expect([...found.labels]).toEqual(rows.map(() => -1));
      expect([...found.probabilities, ...found.outlierScores.map(Math.abs)].every((x) => x <= 1)).toBe(true);
      expect(found.relativeValidity).toBeNaN();
    }
  });

  it('never splits points that are equal', () => {
    const found = hdbscan(table([...Array(20).fill([0]), ...Array(20).fill([5])]), { minClusterSize: 4 });
    expect([...found.labels]).toEqual([...Array(20).fill(0), ...Array(20).fill(1)]);
    expect(found.probabilities.every((p) => p === 1)).toBe(true);
    expect(found.outlierScores.every((s) => s === 0)).toBe(true);
    expect(hdbscan(table(Array(20).fill([0])), { minClusterSize: 4 }).labels.every((l) => l === -1)).toBe(true);
  });

  it('names row and column of a value that is not finite', () => {
    const hole = table([
      [0, 1],
      [2, Number.NaN],
    ]);
    expect(() => hdbscan(hole, { minClusterSize: 2 })).toThrow(/row 1, column 1: NaN/);
    const found = hdbscan(blobs, { minClusterSize: 10 });
    expect(() => approximatePredict(found, hole)).toThrow(/row 1, column 1: NaN/);
  });

  it.each([
    { minClusterSize: 1 },
    { minClusterSize: 5, minSamples: 0 },
    { minClusterSize: 5, selectionEpsilon: -1 },
    { minClusterSize: 5, maxClusterSize: Number.NaN },
    // As a caller without types may write it.
    { minClusterSize: 5, selection: JSON.parse('"eon"') },
  ])('refuses %o', (options) => {
    expect(() => hdbscan(blobs, options)).toThrow(expect.objectContaining({ code: 'usage/bad-option' }));
  });
});

describe('laws', () => {
  const set = fc.record({
    seed: fc.integer(),
    rows: fc.integer({ min: 2, max: 60 }),
    columns: fc.integer({ min: 1, max: 7 }),
    grid: fc.boolean(),
  });
  const draw = (s: { seed: number; rows: number; columns: number; grid: boolean }): Matrix => {
    const rng = createRng(s.seed);
    return matrix(
      s.rows,
      s.columns,
      Float64Array.from({ length: s.rows * s.columns }, () => (s.grid ? rng.integer(3) : rng.normal())),
    );
  };

  it('spans points by the smallest tree under (weight, i, j), also with equal weights (Kruskal 1956 over all pairs)', () => {
    fc.assert(
      fc.property(set, (s) => {
        const points = draw(s);
        const { low, high, squared } = hdbscan(points, { minClusterSize: 3 }).spanningTree;
        const expected = kruskal(points, 3);
        expect(Array.from(low, (i, k) => [squared[k], i, high[k]])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its clusters when points are moved and doubled in scale', () => {
    fc.assert(
      fc.property(set, (s) => {
        // Steps of 1/1024 keep every sum exact: another place must not change a bit.
        const points = draw({ ...s, grid: false });
        points.values.set(points.values.map((x) => Math.round(1024 * x) / 1024));
        const moved = matrix(
          points.rows,
          points.columns,
          points.values.map((x, at) => 2 * x + 100 + (at % points.columns)),
        );
        const [a, b] = [points, moved].map((p) => hdbscan(p, { minClusterSize: 4, selection: 'leaf' }));
        expect(b!.labels).toEqual(a!.labels);
        expect(b!.probabilities).toEqual(a!.probabilities);
      }),
      { numRuns: 40 },
    );
  });

  it('has probabilities and outlier scores in 0 to 1, noise exactly where the probability is 0', () => {
    fc.assert(
      fc.property(set, (s) => {
        const found = hdbscan(draw({ ...s, grid: false }), { minClusterSize: 3, minSamples: 2 });
        found.labels.forEach((label, i) => {
          expect(found.probabilities[i]! > 0).toBe(label >= 0);
          expect(found.probabilities[i]).toBeLessThanOrEqual(1);
          expect(found.outlierScores[i]).toBeGreaterThanOrEqual(0);
          expect(found.outlierScores[i]).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 60 },
    );
  });
});

function kruskal({ rows, columns, values }: Matrix, minSamples: number): number[][] {
  const squared = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += (values[i * columns + k]! - values[j * columns + k]!) ** 2;
    return sum;
  };
  const all = Array.from({ length: rows }, (_, i) => i);
  const core = all.map((i) => all.map((j) => squared(i, j)).sort((a, b) => a - b)[Math.min(minSamples, rows - 1)]!);
  const edges = all.flatMap((i) => all.slice(i + 1).map((j) => [Math.max(squared(i, j), core[i]!, core[j]!), i, j]));
  edges.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
  const group = [...all];
  return edges.filter(([, i, j]) => {
    const [a, b] = [group[i!]!, group[j!]!];
    if (a !== b) for (const k of all) if (group[k] === b) group[k] = a;
    return a !== b;
  });
}
