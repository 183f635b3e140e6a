/** The clusters of a condensed tree alone, each by its number less that of the root, with what selection goes by. */
import type { CondensedTree } from './condensed-tree.ts';

export type ClusterTree = {
  readonly clusters: number;
  /** -1 for the root; a parent has a lower number than its parts. */
  readonly parent: Int32Array;
  /** Lambda at which a cluster split off; 0 for the root. */
  readonly birth: Float64Array;
  /** Lambda at which the last of its own points left or it split. */
  readonly death: Float64Array;
  readonly size: Int32Array;
  /** Sum over its points of the lambdas through which they were in it (Campello et al. 2013, eq. 3). */
  readonly stability: Float64Array;
  readonly isLeaf: Uint8Array;
};

export function clusterTree(tree: CondensedTree): ClusterTree {
  const { points, parent, child, lambda, size } = tree;
  const clusters = 1 + child.reduce((count, c) => (c >= points ? count + 1 : count), 0);
  const found = {
    clusters,
    parent: new Int32Array(clusters).fill(-1),
    birth: new Float64Array(clusters),
    death: new Float64Array(clusters),
    size: new Int32Array(clusters).fill(points, 0, 1),
    stability: new Float64Array(clusters),
    isLeaf: new Uint8Array(clusters).fill(1),
  };
  for (let row = 0; row < parent.length; row++) {
    const from = parent[row]! - points;
    const cluster = child[row]! - points;
    if (cluster >= 0) {
      found.parent[cluster] = from;
      found.birth[cluster] = lambda[row]!;
      found.size[cluster] = size[row]!;
      found.isLeaf[from] = 0;
    }
    found.death[from] = Math.max(found.death[from]!, lambda[row]!);
    found.stability[from] = found.stability[from]! + (lambda[row]! - found.birth[from]!) * size[row]!;
  }
  return found;
}
