/**
 * What each feature adds to a margin: exact Shapley values of a tree ensemble, features left out being averaged over the training rows
 * that took each branch (Lundberg, Erion and Lee 2018, algorithm 2; path-dependent TreeSHAP of Lundberg et al. 2020).
 */
import type { Tree, TreeEnsemble } from './ensemble.ts';

export interface TreeExplainer {
  /** Margin with no feature known, every branch weighted by its cover: contributions start from it. */
  readonly expected: number;
  /** Writes one contribution a feature; `expected` plus their sum is the margin of the row, up to rounding. */
  explain(row: ArrayLike<number>, contributions: Float64Array): void;
}

/** The path from the root: for each feature met, the share of paths with it unknown (`zero`) and known (`one`), and Shapley's weights. */
type Path = {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
};

/** Reserves its working memory once: explaining a row allocates nothing. */
export function treeExplainer(ensemble: TreeEnsemble): TreeExplainer {
  const deepest = Math.max(0, ...ensemble.trees.map((tree) => depthOf(tree, 0)));
  const paths = Array.from({ length: deepest + 1 }, (_, level) => emptyPath(level + 2));
  let expected = ensemble.base;
  for (const tree of ensemble.trees) expected += expectedValue(tree, 0);
  return {
    expected,
    explain: (row, contributions) => {
      contributions.fill(0);
      for (const tree of ensemble.trees) descend({ tree, row, contributions, paths }, 0, 0, 0, 1, 1, -1);
    },
  };
}

function depthOf(tree: Tree, node: number): number {
  if (tree.feature[node]! < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!));
}

function expectedValue(tree: Tree, node: number): number {
  if (tree.feature[node]! < 0) return tree.value[node]!;
  const left = tree.left[node]!;
  const right = tree.right[node]!;
  const share = shareOf(tree, left, node);
  return share * expectedValue(tree, left) + (1 - share) * expectedValue(tree, right);
}

/** Share of the rows at `node` that went on to `child`; a node without weight splits evenly. */
function shareOf(tree: Tree, child: number, node: number): number {
  return tree.cover[node]! > 0 ? tree.cover[child]! / tree.cover[node]! : 0.5;
}

const emptyPath = (length: number): Path => ({
  feature: new Int32Array(length),
  zero: new Float64Array(length),
  one: new Float64Array(length),
  weight: new Float64Array(length),
});

type Walk = {
  readonly tree: Tree;
  readonly row: ArrayLike<number>;
  readonly contributions: Float64Array;
  readonly paths: readonly Path[];
};

/** `length` entries are on the path above; the branch that led to `node` adds one for `feature`. */
function descend(
  walk: Walk,
  node: number,
  level: number,
  length: number,
  zero: number,
  one: number,
  feature: number,
): void {
  // No training row went this way and the row explained does not either: nothing below counts.
  if (zero === 0 && one === 0) return;
  const { tree, row } = walk;
  const path = walk.paths[level]!;
  if (level > 0) copyPath(walk.paths[level - 1]!, path, length);
  extend(path, length, zero, one, feature);
  const split = tree.feature[node]!;
  if (split < 0) {
    for (let k = 1; k <= length; k++) {
      const share = unwoundSum(path, length, k) * (path.one[k]! - path.zero[k]!);
      const of = path.feature[k]!;
      walk.contributions[of] = walk.contributions[of]! + share * tree.value[node]!;
    }
    return;
  }
  const goesLeft = row[split]! <= tree.threshold[node]!;
  const hot = goesLeft ? tree.left[node]! : tree.right[node]!;
  const cold = goesLeft ? tree.right[node]! : tree.left[node]!;
  let incomingZero = 1;
  let incomingOne = 1;
  let last = length;
  // A feature met before is taken off the path and comes back with both branches multiplied.
  let met = 1;
  while (met <= length && path.feature[met] !== split) met++;
  if (met <= length) {
    incomingZero = path.zero[met]!;
    incomingOne = path.one[met]!;
    unwind(path, length, met);
    last--;
  }
  descend(walk, hot, level + 1, last + 1, incomingZero * shareOf(tree, hot, node), incomingOne, split);
  descend(walk, cold, level + 1, last + 1, incomingZero * shareOf(tree, cold, node), 0, split);
}

function copyPath(from: Path, to: Path, length: number): void {
  for (let k = 0; k < length; k++) {
    to.feature[k] = from.feature[k]!;
    to.zero[k] = from.zero[k]!;
    to.one[k] = from.one[k]!;
    to.weight[k] = from.weight[k]!;
  }
}

/** Adds entry `length`: subsets of each size grow with and without the feature. */
function extend({ feature, zero, one, weight }: Path, length: number, z: number, o: number, of: number): void {
  feature[length] = of;
  zero[length] = z;
  one[length] = o;
  weight[length] = length === 0 ? 1 : 0;
  for (let k = length - 1; k >= 0; k--) {
    weight[k + 1] = weight[k + 1]! + (o * weight[k]! * (k + 1)) / (length + 1);
    weight[k] = (z * weight[k]! * (length - k)) / (length + 1);
  }
}

/** Takes entry `at` off a path whose last entry is `last`: undoes `extend`. */
function unwind({ feature, zero, one, weight }: Path, last: number, at: number): void {
  const o = one[at]!;
  const z = zero[at]!;
  let next = weight[last]!;
  for (let k = last - 1; k >= 0; k--) {
    if (o !== 0) {
      const before = weight[k]!;
      weight[k] = (next * (last + 1)) / ((k + 1) * o);
      next = before - (weight[k]! * z * (last - k)) / (last + 1);
    } else weight[k] = (weight[k]! * (last + 1)) / (z * (last - k));
  }
  for (let k = at; k < last; k++) {
    feature[k] = feature[k + 1]!;
    zero[k] = zero[k + 1]!;
    one[k] = one[k + 1]!;
  }
}

/** Sum of the weights that `unwind` would leave. */
function unwoundSum({ zero, one, weight }: Path, last: number, at: number): number {
  const o = one[at]!;
  const z = zero[at]!;
  let next = weight[last]!;
  let total = 0;
  for (let k = last - 1; k >= 0; k--) {
    if (o !== 0) {
      const left = (next * (last + 1)) / ((k + 1) * o);
      total += left;
      next = weight[k]! - (left * z * (last - k)) / (last + 1);
    } else total += (weight[k]! * (last + 1)) / (z * (last - k));
  }
  return total;
}
