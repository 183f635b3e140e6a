/** One tree by exact greedy splits of histograms of gradients, level by level (Chen and Guestrin 2016, eq. 7). */
import type { Binning } from './binning.ts';
import type { Tree } from './ensemble.ts';

/** Gradients and curvatures of the loss, and weights, of each row. */
export type Slopes = {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly weight: Float64Array;
};

export type GrowOptions = {
  readonly depth: number;
  readonly learningRate: number;
  /** Least curvature of a child: the weight of evidence for its value. */
  readonly minChild: number;
  /** Shrinkage of leaf values (lambda). */
  readonly shrinkage: number;
};

type Growing = { [K in keyof Tree]: number[] };
type Split = { readonly feature: number; readonly bin: number; readonly gain: number };

export function growTree(binning: Binning, slopes: Slopes, rows: Int32Array, options: GrowOptions): Tree {
  const tree: Growing = { feature: [], threshold: [], left: [], right: [], value: [], cover: [] };
  grow(rows, 0);
  return tree;

  /** Adds the node of these rows and everything below it; returns its place. */
  function grow(members: Int32Array, level: number): number {
    const node = tree.feature.length;
    const total = totals(slopes, members);
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.cover.push(total.weight);
    tree.value.push((-options.learningRate * total.gradient) / (total.curvature + options.shrinkage));
    const split = level < options.depth ? bestSplit(binning, slopes, members, options) : undefined;
    if (split === undefined) return node;
    const column = split.feature * slopes.weight.length;
    const isLeft = (row: number): boolean => binning.bins[column + row]! <= split.bin;
    tree.feature[node] = split.feature;
    tree.threshold[node] = binning.edges[split.feature]![split.bin]!;
    tree.value[node] = 0;
    tree.left[node] = grow(members.filter(isLeft), level + 1);
    tree.right[node] = grow(
      members.filter((row) => !isLeft(row)),
      level + 1,
    );
    return node;
  }
}

function totals(slopes: Slopes, members: Int32Array): { gradient: number; curvature: number; weight: number } {
  let gradient = 0;
  let curvature = 0;
  let weight = 0;
  for (const row of members) {
    gradient += slopes.gradient[row]!;
    curvature += slopes.curvature[row]!;
    weight += slopes.weight[row]!;
  }
  return { gradient, curvature, weight };
}

/** The split that lowers the loss most; of equals the one of the first feature and lowest bin. Undefined when none lowers it. */
function bestSplit(binning: Binning, slopes: Slopes, members: Int32Array, options: GrowOptions): Split | undefined {
  const { gradient: allG, curvature: allH } = totals(slopes, members);
  const worth = (g: number, h: number): number => (g * g) / (h + options.shrinkage);
  const rows = slopes.weight.length;
  let best: Split | undefined;
  for (let feature = 0; feature < binning.edges.length; feature++) {
    const bins = binning.edges[feature]!.length + 1;
    const gradient = new Float64Array(bins);
    const curvature = new Float64Array(bins);
    for (const row of members) {
      const bin = binning.bins[feature * rows + row]!;
      gradient[bin] = gradient[bin]! + slopes.gradient[row]!;
      curvature[bin] = curvature[bin]! + slopes.curvature[row]!;
    }
    let leftG = 0;
    let leftH = 0;
    for (let bin = 0; bin < bins - 1; bin++) {
      leftG += gradient[bin]!;
      leftH += curvature[bin]!;
      if (leftH < options.minChild || allH - leftH < options.minChild) continue;
      const gain = worth(leftG, leftH) + worth(allG - leftG, allH - leftH) - worth(allG, allH);
      if (gain > Math.max(best?.gain ?? 0, 1e-12)) best = { feature, bin, gain };
    }
  }
  return best;
}
