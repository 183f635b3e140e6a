/** HDBSCAN: clusters of any shape and density, and noise (Campello, Moulavi and Sander 2013; McInnes and Healy 2017). */
import { SigmaError } from '../../../core/index.ts';
import { requireFinite } from '../../finite.ts';
import type { Matrix } from '../../matrix.ts';
import { coreDistances, SCAN_SCRATCH } from '../neighbours.ts';
import { packPoints } from '../point-memory.ts';
import { type ClusterTree, clusterTree } from './cluster-tree.ts';
import { type CondensedTree, condense } from './condensed-tree.ts';
import { type Membership, membership, outlierScores } from './membership.ts';
import { type SelectionOptions, selectClusters } from './selection.ts';
import { singleLinkage } from './single-linkage.ts';
import { type SpanningTree, spanningTree, TREE_FIELDS } from './spanning-tree.ts';
import { relativeValidity } from './validity.ts';

export type HdbscanOptions = Partial<SelectionOptions> & {
  /** Smallest number of points that is a cluster, 2 or more. */
  readonly minClusterSize: number;
  /** Neighbours within the core distance of a point: more of them make more noise. `minClusterSize` by default. */
  readonly minSamples?: number;
};

export type Hdbscan = {
  /** Cluster of each point, numbered by first members; -1 is noise. */
  readonly labels: Int32Array;
  /** How strongly each point belongs to its cluster: 0 (noise) to 1. */
  readonly probabilities: Float64Array;
  /** Global-local outlier score of each point: 0 in the densest place of its surroundings, near 1 far out. */
  readonly outlierScores: Float64Array;
  /** Persistence of each cluster: its stability / (points x highest lambda), 0 to 1. */
  readonly persistence: Float64Array;
  /** Separation of the clusters, -1 to 1; NaN without clusters. */
  readonly relativeValidity: number;
  readonly spanningTree: SpanningTree;
  readonly condensedTree: CondensedTree;
  /** What `approximatePredict` needs. */
  readonly fitted: Fitted;
};

export type Fitted = {
  readonly data: Matrix;
  readonly minSamples: number;
  readonly squaredCore: Float64Array;
  readonly tree: ClusterTree;
  readonly marks: Uint8Array;
  readonly membership: Membership;
  readonly selectionEpsilon: number;
};

/**
 * Clusters the rows of a table by Euclidean distance. Time grows with the square of the rows, memory with the rows; the same rows
 * give the same answer to the bit. Fewer rows than `minClusterSize`, or rows that are all equal, are noise, unless one cluster
 * of everything is allowed.
 * @throws SigmaError `data/bad-number` with row and column of a value that is not finite, `usage/bad-option`
 */
export function hdbscan(data: Matrix, options: HdbscanOptions): Hdbscan {
  const { minClusterSize, minSamples, ...selection } = checked(options);
  requireFinite(data, 'points to cluster');
  const memory = packPoints(data, TREE_FIELDS, SCAN_SCRATCH);
  const core = coreDistances(memory, minSamples);
  const edges = spanningTree(memory, core.squared);
  const condensedTree = condense(singleLinkage(edges), minClusterSize);
  const tree = clusterTree(condensedTree);
  const marks = selectClusters(tree, selection);
  const found = membership(condensedTree, tree, marks, selection.selectionEpsilon);
  return {
    labels: found.labels,
    probabilities: found.probabilities,
    outlierScores: outlierScores(condensedTree, tree),
    persistence: persistence(tree, found),
    relativeValidity: relativeValidity(edges, found.labels, found.selected.length),
    spanningTree: edges,
    condensedTree,
    fitted: {
      data,
      minSamples,
      squaredCore: core.squaredBefore,
      tree,
      marks,
      membership: found,
      selectionEpsilon: selection.selectionEpsilon,
    },
  };
}

function persistence(tree: ClusterTree, { selected, labels }: Membership): Float64Array {
  const highest = tree.death.reduce((a, b) => Math.max(a, b), 0);
  const sizes = new Int32Array(selected.length);
  for (const label of labels) if (label >= 0) sizes[label] = sizes[label]! + 1;
  return Float64Array.from(selected, (cluster, label) =>
    Number.isFinite(highest) ? tree.stability[cluster]! / (sizes[label]! * highest) : 1,
  );
}

type Complete = SelectionOptions & { readonly minClusterSize: number; readonly minSamples: number };

function checked(options: HdbscanOptions): Complete {
  const {
    minClusterSize,
    minSamples = minClusterSize,
    selection = 'eom',
    selectionEpsilon = 0,
    allowSingleCluster = false,
    maxClusterSize = Number.POSITIVE_INFINITY,
  } = options;
  const refuse = (found: string) => {
    throw new SigmaError('usage/bad-option', found, { where: 'hdbscan' });
  };
  if (!Number.isInteger(minClusterSize) || minClusterSize < 2)
    refuse(`minClusterSize is ${minClusterSize}, not a whole number from 2 on`);
  if (!Number.isInteger(minSamples) || minSamples < 1)
    refuse(`minSamples is ${minSamples}, not a whole number from 1 on`);
  if (selection !== 'eom' && selection !== 'leaf') refuse(`selection is '${selection}', neither 'eom' nor 'leaf'`);
  if (!(selectionEpsilon >= 0)) refuse(`selectionEpsilon is ${selectionEpsilon}, not a distance`);
  if (!(maxClusterSize >= 1)) refuse(`maxClusterSize is ${maxClusterSize}, not a number of points`);
  return { minClusterSize, minSamples, selection, selectionEpsilon, allowSingleCluster, maxClusterSize };
}
