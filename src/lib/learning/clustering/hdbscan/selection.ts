/** Which clusters of the tree are the answer. */
import type { ClusterTree } from './cluster-tree.ts';

export type Selection = 'eom' | 'leaf';
export type SelectionOptions = {
  /** `eom`: the clusters that together are the most stable (excess of mass); `leaf`: those that do not split any further. */
  readonly selection: Selection;
  /** Clusters that split off at a smaller distance than this are merged upward (Malzer and Baum 2020). 0: none is. */
  readonly selectionEpsilon: number;
  /** Whether all points may be one cluster. */
  readonly allowSingleCluster: boolean;
  /** `eom` prefers the parts of clusters with more points than this. */
  readonly maxClusterSize: number;
};

/** A mark for each cluster of the tree; no selected cluster is inside another. */
export function selectClusters(tree: ClusterTree, options: SelectionOptions): Uint8Array {
  const marks = options.selection === 'eom' ? mostStable(tree, options) : leaves(tree, options);
  const onlyRoot = marks[0] === 1;
  return options.selectionEpsilon > 0 && !onlyRoot ? mergedUpward(tree, marks, options) : marks;
}

function leaves({ isLeaf }: ClusterTree, { allowSingleCluster }: SelectionOptions): Uint8Array {
  return isLeaf.map((leaf, cluster) => (cluster === 0 && !allowSingleCluster ? 0 : leaf));
}

/** From the smallest clusters up, one is kept where it is at least as stable as the best of its parts (Campello et al. 2013, section 3.4). */
function mostStable(tree: ClusterTree, { allowSingleCluster, maxClusterSize }: SelectionOptions): Uint8Array {
  const { clusters, parent, size, stability } = tree;
  const below = new Float64Array(clusters);
  const marks = new Uint8Array(clusters);
  for (let c = clusters - 1; c >= 0; c--) {
    const kept = stability[c]! >= below[c]! && size[c]! <= maxClusterSize && (c > 0 || allowSingleCluster);
    marks[c] = kept ? 1 : 0;
    if (c > 0) below[parent[c]!] = below[parent[c]!]! + (kept ? stability[c]! : below[c]!);
  }
  return outermost(tree, marks);
}

/** Marks without those inside another marked cluster. */
function outermost({ clusters, parent }: ClusterTree, marks: Uint8Array): Uint8Array {
  const covered = new Uint8Array(clusters);
  for (let c = 1; c < clusters; c++) covered[c] = covered[parent[c]!]! | marks[parent[c]!]!;
  return marks.map((mark, c) => mark & ~covered[c]!);
}

function mergedUpward(tree: ClusterTree, marks: Uint8Array, options: SelectionOptions): Uint8Array {
  const merged = new Uint8Array(tree.clusters);
  marks.forEach((mark, c) => {
    if (mark === 1) merged[firstAbove(tree, c, options)] = 1;
  });
  return outermost(tree, merged);
}

/** The cluster itself when it split off at epsilon or more, else the first around it that did; the root only where it is allowed. */
function firstAbove(tree: ClusterTree, cluster: number, options: SelectionOptions): number {
  const { parent, birth } = tree;
  const { selectionEpsilon, allowSingleCluster } = options;
  if (1 / birth[cluster]! >= selectionEpsilon) return cluster;
  for (let c = cluster; ; c = parent[c]!) {
    if (parent[c] === 0) return allowSingleCluster ? 0 : c;
    if (1 / birth[parent[c]!]! > selectionEpsilon) return parent[c]!;
  }
}
