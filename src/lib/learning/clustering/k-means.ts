/** k-means: a given number of round clusters (Lloyd 1982), started by k-means++ (Arthur and Vassilvitskii 2007). */
import { createRng, type Rng, SigmaError } from '../../core/index.ts';
import { requireFinite } from '../finite.ts';
import { type Matrix, matrix, rowOf } from '../matrix.ts';

export type KMeansOptions = {
  readonly clusters: number;
  /** Where to begin: centres, one a row, or the seed of so many runs of k-means++, the best of which counts. */
  readonly start: { readonly centres: Matrix } | { readonly seed: number; readonly runs?: number };
  readonly maxIterations?: number;
};

export type KMeans = {
  readonly centres: Matrix;
  /** Nearest centre of each row; of equally near ones the first. */
  readonly labels: Int32Array;
  /** Sum of the rows' squared distances to their centres. */
  readonly inertia: number;
  readonly iterations: number;
};

/**
 * A cluster that loses all its rows takes over the row that is farthest from its centre; only among fewer distinct rows than
 * clusters some stay empty.
 * @throws SigmaError `usage/bad-option` for fewer rows than clusters, centres of another number or width, or no run, `data/bad-number` with row and column
 */
export function kMeans(table: Matrix, { clusters, start, maxIterations = 300 }: KMeansOptions): KMeans {
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > table.rows)
    throw new SigmaError('usage/bad-option', `${clusters} clusters of ${table.rows} rows`, { where: 'k-means' });
  requireFinite(table, 'rows to cluster');
  if ('centres' in start) return lloyd(table, checkedCentres(start.centres, clusters, table.columns), maxIterations);
  let best: KMeans | undefined;
  for (let run = 0; run < (start.runs ?? 10); run++) {
    const centres = plusPlus(table, clusters, createRng(start.seed).fork(`run ${run}`));
    const found = lloyd(table, centres, maxIterations);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  if (best === undefined) throw new SigmaError('usage/bad-option', 'no run at all', { where: 'k-means' });
  return best;
}

function checkedCentres(centres: Matrix, clusters: number, columns: number): Matrix {
  if (centres.rows !== clusters || centres.columns !== columns) {
    const found = `${centres.rows} centres of ${centres.columns} columns for ${clusters} clusters of rows of ${columns}`;
    throw new SigmaError('usage/bad-option', found, { where: 'k-means' });
  }
  requireFinite(centres, 'centres to start from');
  return centres;
}

/** Every further centre is a row, drawn with a probability proportional to its squared distance from the nearest so far. */
function plusPlus(table: Matrix, clusters: number, rng: Rng): Matrix {
  const centres = matrix(clusters, table.columns);
  const nearest = new Float64Array(table.rows).fill(Number.POSITIVE_INFINITY);
  for (let c = 0, row = rng.integer(table.rows); c < clusters; c++, row = drawn(nearest, rng)) {
    rowOf(centres, c).set(rowOf(table, row));
    for (let i = 0; i < table.rows; i++) nearest[i] = Math.min(nearest[i]!, squaredDistance(table, i, centres, c));
  }
  return centres;
}

function drawn(weights: Float64Array, rng: Rng): number {
  let rest = rng.next() * weights.reduce((sum, w) => sum + w, 0);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! > 0) last = i;
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return last;
}

function lloyd(table: Matrix, start: Matrix, maxIterations: number): KMeans {
  const centres = matrix(start.rows, table.columns, start.values.slice());
  const labels = new Int32Array(table.rows).fill(-1);
  const squared = new Float64Array(table.rows);
  let iterations = 0;
  while (assign(table, centres, labels, squared) && iterations < maxIterations) {
    iterations++;
    moveToMeans(table, centres, labels, squared);
  }
  return { centres, labels, inertia: squared.reduce((sum, x) => sum + x, 0), iterations };
}

/** Whether a row changed its cluster. */
function assign(table: Matrix, centres: Matrix, labels: Int32Array, squared: Float64Array): boolean {
  let changed = false;
  for (let i = 0; i < table.rows; i++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let c = 0; c < centres.rows; c++) {
      const d = squaredDistance(table, i, centres, c);
      if (d < least) [nearest, least] = [c, d];
    }
    squared[i] = least;
    changed ||= labels[i] !== nearest;
    labels[i] = nearest;
  }
  return changed;
}

function moveToMeans(table: Matrix, centres: Matrix, labels: Int32Array, squared: Float64Array): void {
  const counts = new Int32Array(centres.rows);
  for (const label of labels) counts[label]! += 1;
  for (let c = 0; c < centres.rows; c++) if (counts[c] === 0) takeFarthest(c, labels, squared, counts);
  for (let c = 0; c < centres.rows; c++) if (counts[c]! > 0) rowOf(centres, c).fill(0);
  for (let i = 0; i < table.rows; i++)
    for (let k = 0, at = labels[i]! * table.columns; k < table.columns; k++, at++)
      centres.values[at]! += table.values[i * table.columns + k]! / counts[labels[i]!]!;
}

function takeFarthest(cluster: number, labels: Int32Array, squared: Float64Array, counts: Int32Array): void {
  let farthest = 0;
  for (let i = 1; i < squared.length; i++) if (squared[i]! > squared[farthest]!) farthest = i;
  if (squared[farthest] === 0) return;
  counts[labels[farthest]!]! -= 1;
  counts[cluster] = 1;
  labels[farthest] = cluster;
  squared[farthest] = 0;
}

function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0, p = i * a.columns, q = j * b.columns; k < a.columns; k++, p++, q++) {
    const d = a.values[p]! - b.values[q]!;
    sum += d * d;
  }
  return sum;
}
