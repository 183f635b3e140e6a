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
type Totals = { readonly gradient: number; readonly curvature: number; readonly weight: number };

/** Finds the split of some rows, whose totals are known, that lowers the loss most; of equals the one of the first feature and lowest bin. */
type SplitSearch = (rows: Int32Array, totals: Totals) => { readonly feature: number; readonly bin: number } | undefined;

export function growTree(binning: Binning, slopes: Slopes, rows: Int32Array, options: GrowOptions): Tree {
  const tree: Growing = { feature: [], threshold: [], left: [], right: [], value: [], cover: [] };
  const bestSplit = splitSearch(binning, slopes, options);
  const aside = new Int32Array(rows.length);
  grow(rows.slice(), 0);
  return tree;

  /** Adds the node of these rows, whose order it changes, and everything below it; returns its place. */
  function grow(members: Int32Array, level: number): number {
    const node = tree.feature.length;
    const totals = totalsOf(slopes, members);
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.cover.push(totals.weight);
    tree.value.push((-options.learningRate * totals.gradient) / (totals.curvature + options.shrinkage));
    const split = level < options.depth ? bestSplit(members, totals) : undefined;
    if (split === undefined) return node;
    const { feature, bin } = split;
    const column = feature * slopes.weight.length;
    tree.feature[node] = feature;
    tree.threshold[node] = binning.edges[feature]![bin]!;
    tree.value[node] = 0;
    const left = parted(members, aside, binning.bins, column, bin);
    tree.left[node] = grow(members.subarray(0, left), level + 1);
    tree.right[node] = grow(members.subarray(left), level + 1);
    return node;
  }
}

/** Brings the rows up to a bin to the front, both parts in their order, and says how many these are. */
function parted(members: Int32Array, aside: Int32Array, bins: Uint8Array, column: number, bin: number): number {
  let [left, right] = [0, 0];
  for (const row of members) {
    if (bins[column + row]! <= bin) members[left++] = row;
    else aside[right++] = row;
  }
  members.set(aside.subarray(0, right), left);
  return left;
}

function totalsOf(slopes: Slopes, members: Int32Array): Totals {
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

function splitSearch({ edges, bins }: Binning, slopes: Slopes, { minChild, shrinkage }: GrowOptions): SplitSearch {
  const most = edges.reduce((count, of) => Math.max(count, of.length + 1), 0);
  const gradient = new Float64Array(most);
  const curvature = new Float64Array(most);
  const rows = slopes.weight.length;
  const worth = (g: number, h: number): number => (g * g) / (h + shrinkage);
  return (members, { gradient: allG, curvature: allH }) => {
    const whole = worth(allG, allH);
    let [bestFeature, bestBin, bestGain] = [-1, -1, 1e-12];
    for (let feature = 0; feature < edges.length; feature++) {
      const last = edges[feature]!.length;
      gradient.fill(0, 0, last + 1);
      curvature.fill(0, 0, last + 1);
      for (const row of members) {
        const bin = bins[feature * rows + row]!;
        gradient[bin] = gradient[bin]! + slopes.gradient[row]!;
        curvature[bin] = curvature[bin]! + slopes.curvature[row]!;
      }
      let leftG = 0;
      let leftH = 0;
      for (let bin = 0; bin < last; bin++) {
        leftG += gradient[bin]!;
        leftH += curvature[bin]!;
        if (leftH < minChild || allH - leftH < minChild) continue;
        const gain = worth(leftG, leftH) + worth(allG - leftG, allH - leftH) - whole;
        if (gain > bestGain) [bestFeature, bestBin, bestGain] = [feature, bin, gain];
      }
    }
    return bestFeature < 0 ? undefined : { feature: bestFeature, bin: bestBin };
  };
}
