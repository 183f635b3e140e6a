/** Regression trees whose leaves add up: plain arrays, so that a model is JSON and a row is scored without allocation. */

/** A binary tree in arrays by node, node 0 the root. `feature` is -1 at a leaf. */
export type Tree = {
  readonly feature: readonly number[];
  /** A row goes left when its value is at most this; a missing value goes right. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What a leaf adds to the margin; 0 inside. */
  readonly value: readonly number[];
  /** Weight of the rows that came through, of those that the tree was grown from. */
  readonly cover: readonly number[];
};

export type TreeEnsemble = {
  /** Number of values in a row. */
  readonly features: number;
  /** Margin before any tree. */
  readonly base: number;
  readonly trees: readonly Tree[];
};

/** The leaf that a row reaches, whose values start at `from`. */
export function leafOf(tree: Tree, row: ArrayLike<number>, from = 0): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!)
    node = row[from + feature]! <= tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
  return node;
}

/** Sum of the base and of the leaves that a row reaches: log odds when the trees were fitted to them. */
export function treeMargin(ensemble: TreeEnsemble, row: ArrayLike<number>): number {
  let margin = ensemble.base;
  for (const tree of ensemble.trees) margin += tree.value[leafOf(tree, row)]!;
  return margin;
}

/** Probability of log odds. */
export function logistic(margin: number): number {
  return margin >= 0 ? 1 / (1 + Math.exp(-margin)) : Math.exp(margin) / (1 + Math.exp(margin));
}
