/** Weights split down a tree of assets that move together (Lopez de Prado 2016). */
import { correlations, type Symmetric } from './symmetric.ts';

/** A cluster made of two earlier ones; numbers under the size are single assets. */
type Merge = { readonly left: number; readonly right: number };

/**
 * Distances sqrt((1 - rho) / 2), the Euclidean distance between their columns, single linkage, assets in the order of the tree's leaves, then
 * halving: each half gets the share that the other's variance under inverse-variance weights has in the sum. Needs no inverse.
 * @returns weights above 0 that sum to 1
 */
export function hierarchicalRiskParity(matrix: Symmetric): Float64Array {
  const { size } = matrix;
  const weights = new Float64Array(size).fill(1);
  const split = (items: readonly number[]): void => {
    if (items.length < 2) return;
    const left = items.slice(0, items.length >> 1);
    const right = items.slice(items.length >> 1);
    const one = clusterVariance(matrix, left);
    const two = clusterVariance(matrix, right);
    for (const i of left) weights[i]! *= two / (one + two);
    for (const i of right) weights[i]! *= one / (one + two);
    split(left);
    split(right);
  };
  split(leafOrder(matrix));
  return weights;
}

/** Assets in the order of the leaves of the tree. */
export function leafOrder(matrix: Symmetric): number[] {
  const { size } = matrix;
  const merges = singleLinkage(columnDistances(matrix), size);
  const order: number[] = [];
  const visit = (cluster: number): void => {
    if (cluster < size) {
      order.push(cluster);
      return;
    }
    const { left, right } = merges[cluster - size]!;
    visit(left);
    visit(right);
  };
  visit(size + merges.length - 1);
  return order;
}

/** Distances that rounding alone tells apart are equal (full shrinkage makes all of them so): the order of the assets decides then. */
const DIGITS = 1e10;

function columnDistances(matrix: Symmetric): Float64Array {
  const { size } = matrix;
  const near = correlations(matrix).values.map((rho) => Math.sqrt(Math.max(0, (1 - rho) / 2)));
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let k = 0; k < size; k++) square += (near[i * size + k]! - near[j * size + k]!) ** 2;
      out[i * size + j] = out[j * size + i] = Math.round(Math.sqrt(square) * DIGITS) / DIGITS;
    }
  return out;
}

/** The edges of the smallest spanning tree (Prim 1957), shortest first, are the merges of single linkage (Gower and Ross 1969). */
function singleLinkage(distances: Float64Array, size: number): Merge[] {
  const cluster = Array.from({ length: size }, (_, i) => i);
  return spanningTree(distances, size)
    .sort((a, b) => a.length - b.length)
    .map(({ a, b }, k) => {
      const [one, two] = [cluster[a]!, cluster[b]!];
      for (let i = 0; i < size; i++) if (cluster[i] === one || cluster[i] === two) cluster[i] = size + k;
      return { left: Math.min(one, two), right: Math.max(one, two) };
    });
}

function spanningTree(distances: Float64Array, size: number): { a: number; b: number; length: number }[] {
  const nearest = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const via = new Int32Array(size);
  const left = new Set(Array.from({ length: size - 1 }, (_, i) => i + 1));
  const edges: { a: number; b: number; length: number }[] = [];
  let last = 0;
  while (left.size > 0) {
    let next = -1;
    for (const i of left) {
      const d = distances[last * size + i]!;
      if (d < nearest[i]!) {
        nearest[i] = d;
        via[i] = last;
      }
      if (next < 0 || nearest[i]! < nearest[next]!) next = i;
    }
    edges.push({ a: via[next]!, b: next, length: nearest[next]! });
    left.delete(next);
    last = next;
  }
  return edges;
}

/** Variance of a cluster under weights in proportion to 1 / variance. */
function clusterVariance({ size, values }: Symmetric, items: readonly number[]): number {
  const inverse = items.map((i) => 1 / values[i * size + i]!);
  const total = inverse.reduce((sum, x) => sum + x, 0);
  let variance = 0;
  items.forEach((i, a) => {
    items.forEach((j, b) => {
      variance += (inverse[a]! / total) * (inverse[b]! / total) * values[i * size + j]!;
    });
  });
  return variance;
}
