import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import {
  boostTrees,
  logistic,
  matrix,
  rowOf,
  type Tree,
  type TreeEnsemble,
  treeExplainer,
  treeMargin,
} from '../../src/lib/learning/index.ts';

/** Rows whose label is 1 when two of three columns are high, more often than not. */
function noisyAnd(seed: number, rows = 300) {
  const rng = createRng(seed);
  const x = matrix(
    rows,
    3,
    Float64Array.from({ length: rows * 3 }, () => rng.normal()),
  );
  const labels = Array.from({ length: rows }, (_, i) => {
    const [a, b] = rowOf(x, i);
    return Number((a! > 0 && b! > 0) !== rng.next() < 0.1);
  });
  return { x, labels };
}

/** A full tree of depth two over two yes-or-no features: leaves for (0,0), (0,1), (1,0), (1,1). */
function square(leaves: readonly [number, number, number, number]): Tree {
  return {
    feature: [0, 1, -1, -1, 1, -1, -1],
    threshold: [0.5, 0.5, 0, 0, 0.5, 0, 0],
    left: [1, 2, -1, -1, 5, -1, -1],
    right: [4, 3, -1, -1, 6, -1, -1],
    value: [0, 0, leaves[0], leaves[1], 0, leaves[2], leaves[3]],
    cover: [4, 2, 1, 1, 2, 1, 1],
  };
}

/** Shapley values by their definition: each feature's gain averaged over all orders, features left out averaged by cover. */
function shapley(ensemble: TreeEnsemble, row: ArrayLike<number>): number[] {
  const n = ensemble.features;
  const value = (known: number): number =>
    ensemble.trees.reduce((sum, tree) => sum + expectation(tree, 0, row, known), ensemble.base);
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return Array.from({ length: n }, (_, f) => {
    let total = 0;
    for (let known = 0; known < 2 ** n; known++) {
      if (known & (1 << f)) continue;
      const size = [...known.toString(2)].filter((bit) => bit === '1').length;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      total += weight * (value(known | (1 << f)) - value(known));
    }
    return total;
  });
}

function expectation(tree: Tree, node: number, row: ArrayLike<number>, known: number): number {
  const feature = tree.feature[node]!;
  if (feature < 0) return tree.value[node]!;
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  if (known & (1 << feature))
    return expectation(tree, row[feature]! <= tree.threshold[node]! ? left : right, row, known);
  const share = tree.cover[left]! / tree.cover[node]!;
  return share * expectation(tree, left, row, known) + (1 - share) * expectation(tree, right, row, known);
}

function explained(ensemble: TreeEnsemble, row: ArrayLike<number>) {
  const explainer = treeExplainer(ensemble);
  const contributions = new Float64Array(ensemble.features);
  explainer.explain(row, contributions);
  return { expected: explainer.expected, contributions: [...contributions] };
}

describe('contributions to a tree ensemble', () => {
  it('share the examples of Lundberg, Erion and Lee (2018, figure 1)', () => {
    const and = { features: 2, base: 0, trees: [square([0, 0, 0, 80])] };
    expect(explained(and, [1, 1])).toEqual({ expected: 20, contributions: [30, 30] });
    const shifted = { features: 2, base: 0, trees: [square([0, 10, 0, 90])] };
    expect(explained(shifted, [1, 1])).toEqual({ expected: 25, contributions: [30, 35] });
  });

  it('equal Shapley values by their definition, features met twice on a path included', () =>
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (seed, row) => {
          const { x, labels } = noisyAnd(seed, 80);
          const ensemble = boostTrees(x, labels, { seed, rounds: 3, depth: 4, rowShare: 0.8 });
          const wanted = shapley(ensemble, row);
          const { contributions } = explained(ensemble, row);
          for (let f = 0; f < 3; f++) expect(contributions[f]).toBeCloseTo(wanted[f]!, 10);
        },
      ),
      { numRuns: 25 },
    ));

  it('sum with what is expected to the margin', () => {
    const { x, labels } = noisyAnd(5);
    const ensemble = boostTrees(x, labels, { seed: 5 });
    for (let i = 0; i < 50; i++) {
      const { expected, contributions } = explained(ensemble, rowOf(x, i));
      expect(contributions.reduce((a, b) => a + b, expected)).toBeCloseTo(treeMargin(ensemble, rowOf(x, i)), 10);
    }
  });

  it('are finite where no training row went', () => {
    const unseen = { ...square([1, 2, 3, 4]), cover: [4, 4, 4, 0, 0, 0, 0] };
    const { expected, contributions } = explained({ features: 2, base: 0, trees: [unseen] }, [1, 1]);
    expect(expected + contributions[0]! + contributions[1]!).toBeCloseTo(4, 12);
  });
});

describe('boosted trees', () => {
  it('learn a rule of two columns through noise and leave the third alone', () => {
    const { x, labels } = noisyAnd(1, 600);
    const ensemble = boostTrees(x, labels, { seed: 1 });
    const fresh = noisyAnd(2, 600);
    const hits = fresh.labels.filter(
      (label, i) => Number(treeMargin(ensemble, rowOf(fresh.x, i)) > 0) === label,
    ).length;
    // A tenth of the labels is flipped: nine in ten can be known.
    expect(hits / 600).toBeGreaterThan(0.85);
    const weight = (feature: number): number =>
      ensemble.trees.reduce((n, tree) => n + tree.feature.filter((f) => f === feature).length, 0);
    expect(weight(0)).toBeGreaterThan(weight(2));
  });

  it('are JSON that scores as before, the same for the same seed and another for another', () => {
    const { x, labels } = noisyAnd(3);
    const ensemble = boostTrees(x, labels, { seed: 3, rowShare: 0.5, rounds: 5 });
    expect(JSON.parse(JSON.stringify(ensemble))).toEqual(ensemble);
    expect(boostTrees(x, labels, { seed: 3, rowShare: 0.5, rounds: 5 })).toEqual(ensemble);
    expect(boostTrees(x, labels, { seed: 4, rowShare: 0.5, rounds: 5 })).not.toEqual(ensemble);
  });

  it('take a weight of two as the row twice and a weight of nought as no row', () => {
    const { x, labels } = noisyAnd(7, 120);
    const rows = Array.from({ length: 120 }, (_, i) => i).flatMap((i) =>
      i % 3 === 0 ? [] : i % 3 === 1 ? [i] : [i, i],
    );
    const repeated = matrix(rows.length, 3, Float64Array.from(rows.flatMap((i) => [...rowOf(x, i)])));
    // Few values, so that the cuts between bins do not depend on how often each is seen.
    for (const { values } of [x, repeated]) values.set(values.map((v) => Math.round(v * 2)));
    const weights = Float64Array.from({ length: 120 }, (_, i) => i % 3);
    const weighted = boostTrees(x, labels, { seed: 0, weights, rounds: 10, bins: 255 });
    const doubled = boostTrees(
      repeated,
      rows.map((i) => labels[i]!),
      { seed: 0, rounds: 10, bins: 255 },
    );
    for (let i = 0; i < 120; i++)
      expect(treeMargin(weighted, rowOf(x, i))).toBeCloseTo(treeMargin(doubled, rowOf(x, i)), 6);
  });

  it('refuse options out of range and labels that are neither 0 nor 1, with the row', () => {
    const { x, labels } = noisyAnd(2, 20);
    const refused = [{ bins: 1 }, { bins: 256 }, { bins: 2.5 }, { rounds: -1 }, { rowShare: 0 }, { rowShare: 1.5 }];
    for (const options of [
      ...refused,
      { depth: 1.5 },
      { learningRate: Number.NaN },
      { minChild: -1 },
      { shrinkage: -1 },
    ])
      expect(() => boostTrees(x, labels, { seed: 1, ...options })).toThrow(
        expect.objectContaining({ code: 'usage/bad-option' }),
      );
    const badNumber = (where: string) => expect.objectContaining({ code: 'data/bad-number', where });
    for (const label of [Number.NaN, 2, -1])
      expect(() => boostTrees(x, labels.with(7, label), { seed: 1 })).toThrow(badNumber('boosted trees, row 7'));
    for (const weight of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() =>
        boostTrees(x, labels, { seed: 1, weights: new Float64Array(20).fill(1).fill(weight, 3, 4) }),
      ).toThrow(badNumber('boosted trees, row 3'));
  });

  it('send a missing value right and keep to the base rate without a row, with one class or with constant columns', () => {
    const tree = square([1, 2, 3, 4]);
    expect(treeMargin({ features: 2, base: 0, trees: [tree] }, [Number.NaN, Number.NaN])).toBe(4);
    expect(boostTrees(matrix(0, 2), [], { seed: 1 })).toEqual({ features: 2, base: 0, trees: [] });
    expect(boostTrees(matrix(3, 1), [1, 1, 1], { seed: 1 }).base).toBeCloseTo(Math.log(7), 12);
    const constant = boostTrees(matrix(4, 1), [1, 0, 0, 0], { seed: 1, rounds: 60 });
    expect(logistic(treeMargin(constant, [0]))).toBeCloseTo(0.25, 1);
    const { x, labels } = noisyAnd(9);
    x.values[0] = Number.NaN;
    x.values[4] = Number.POSITIVE_INFINITY;
    expect(treeMargin(boostTrees(x, labels, { seed: 1 }), rowOf(x, 0))).toSatisfy(Number.isFinite);
  });
});
