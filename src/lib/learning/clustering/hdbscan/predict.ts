/** Labels for new points by the clusters already found, which do not change. */
import { invariant } from '../../../core/index.ts';
import { requireFinite } from '../../finite.ts';
import type { Matrix } from '../../matrix.ts';
import { type Nearest, SCAN_SCRATCH, searchPacked } from '../neighbours.ts';
import { packPoints } from '../point-memory.ts';
import type { Hdbscan } from './hdbscan.ts';
import { denseEnough, ownersOf } from './membership.ts';

export type Prediction = { readonly labels: Int32Array; readonly probabilities: Float64Array };

/**
 * Each row joins the tree beside the point that it is nearest to by mutual reachability, at that distance (McInnes and Healy
 * 2017): it gets the label of the cluster there and the probability of its lambda, or is noise.
 * @throws SigmaError `data/bad-number` with row and column of a value that is not finite
 */
export function approximatePredict(model: Hdbscan, points: Matrix): Prediction {
  requireFinite(points, 'points to predict');
  const { fitted, condensedTree } = model;
  const { data, minSamples, squaredCore, tree, marks, membership, selectionEpsilon } = fitted;
  const labels = new Int32Array(points.rows).fill(-1);
  const probabilities = new Float64Array(points.rows);
  if (membership.selected.length === 0) return { labels, probabilities };
  invariant(points.columns === data.columns, `${points.columns} columns where the clusters have ${data.columns}`);
  const owners = ownersOf(tree, marks);
  const labelOf = new Map(Array.from(membership.selected, (cluster, label) => [cluster, label]));
  const left = whereTheyLeft(condensedTree);
  const search = searchPacked(packPoints(data, 0, SCAN_SCRATCH), Math.min(2 * minSamples, data.rows));
  for (let i = 0; i < points.rows; i++) {
    const near = search.nearest((k) => points.values[i * points.columns + k]!);
    const { point, squared } = reached(near, squaredCore, minSamples);
    const lambda = 1 / Math.sqrt(squared);
    let cluster = left.cluster[point]!;
    if (left.lambda[point]! > lambda)
      while (cluster > 0 && tree.birth[cluster]! >= lambda) cluster = tree.parent[cluster]!;
    const owner = owners[cluster]!;
    if (owner < 0 || (owner === 0 && lambda < denseEnough(tree, selectionEpsilon))) continue;
    labels[i] = labelOf.get(owner)!;
    const death = tree.death[owner]!;
    probabilities[i] = lambda < death ? lambda / death : 1;
  }
  return { labels, probabilities };
}

/** The neighbour at the smallest mutual reachability distance, the nearest of them. */
function reached(
  { squared, index }: Nearest,
  squaredCore: Float64Array,
  minSamples: number,
): { point: number; squared: number } {
  const own = squared[Math.min(minSamples, squared.length - 1)]!;
  let best = { point: -1, squared: Number.POSITIVE_INFINITY };
  for (let k = 0; k < squared.length; k++) {
    const reach = Math.max(squared[k]!, own, squaredCore[index[k]!]!);
    if (best.point < 0 || reach < best.squared) best = { point: index[k]!, squared: reach };
  }
  return best;
}

/** For each point the cluster it left, less the number of the root, and at which lambda. */
function whereTheyLeft({ points, parent, child, lambda }: Hdbscan['condensedTree']): {
  readonly cluster: Int32Array;
  readonly lambda: Float64Array;
} {
  const found = { cluster: new Int32Array(points), lambda: new Float64Array(points) };
  for (let row = 0; row < parent.length; row++) {
    const point = child[row]!;
    if (point >= points) continue;
    found.cluster[point] = parent[row]! - points;
    found.lambda[point] = lambda[row]!;
  }
  return found;
}
