/** What the selected clusters make of each point: its label, how strongly it belongs, how far out it is. */
import type { ClusterTree } from './cluster-tree.ts';
import type { CondensedTree } from './condensed-tree.ts';

export type Membership = {
  /** -1 is noise; clusters are numbered from 0 by the first point that belongs to them. */
  readonly labels: Int32Array;
  /** 1 for the densest points of a cluster, 0 for noise. */
  readonly probabilities: Float64Array;
  /** The cluster of the tree behind each label. */
  readonly selected: Int32Array;
};

/** For each cluster the selected one that holds it, or -1. */
export function ownersOf({ clusters, parent }: ClusterTree, marks: Uint8Array): Int32Array {
  const owners = new Int32Array(clusters);
  for (let c = 0; c < clusters; c++) owners[c] = marks[c] === 1 ? c : c > 0 ? owners[parent[c]!]! : -1;
  return owners;
}

/** The lambda from which on points belong to a single cluster of everything: without it nothing would be noise. */
export function denseEnough({ death }: ClusterTree, selectionEpsilon: number): number {
  return selectionEpsilon > 0 ? 1 / selectionEpsilon : death[0]!;
}

export function membership(
  condensed: CondensedTree,
  tree: ClusterTree,
  marks: Uint8Array,
  selectionEpsilon: number,
): Membership {
  const { points, parent, child, lambda } = condensed;
  const owners = ownersOf(tree, marks);
  const enough = denseEnough(tree, selectionEpsilon);
  const clusterOf = new Int32Array(points).fill(-1);
  const probabilities = new Float64Array(points);
  for (let row = 0; row < parent.length; row++) {
    const point = child[row]!;
    const owner = owners[parent[row]! - points]!;
    if (point >= points || owner < 0 || (owner === 0 && lambda[row]! < enough)) continue;
    clusterOf[point] = owner;
    const death = tree.death[owner]!;
    probabilities[point] = lambda[row]! < death ? lambda[row]! / death : 1;
  }
  const numbers = new Map<number, number>();
  const labels = clusterOf.map((cluster) => {
    if (cluster < 0) return -1;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
  return { labels, probabilities, selected: Int32Array.from(numbers.keys()) };
}

/**
 * Global-local outlier scores (Campello, Moulavi, Zimek and Sander 2015, eq. 8): 1 - lambda of the point / highest lambda
 * anywhere inside the cluster that it left. 0 in the densest place, near 1 far out.
 */
export function outlierScores({ points, parent, child, lambda }: CondensedTree, tree: ClusterTree): Float64Array {
  const densest = tree.death.slice();
  for (let c = tree.clusters - 1; c > 0; c--)
    densest[tree.parent[c]!] = Math.max(densest[tree.parent[c]!]!, densest[c]!);
  const scores = new Float64Array(points);
  for (let row = 0; row < parent.length; row++) {
    const most = densest[parent[row]! - points]!;
    if (child[row]! < points && lambda[row]! < most) scores[child[row]!] = 1 - lambda[row]! / most;
  }
  return scores;
}
