/** How well clusters are separated, judged by the spanning tree alone. */
import type { SpanningTree } from './spanning-tree.ts';

/**
 * Density-based validity (Moulavi, Jaskowiak, Campello, Zimek and Sander 2014) with the edges of the mutual reachability tree for
 * the sparseness within and the separation between clusters, noise counting as nothing. From -1 to 1, higher is better; only to
 * be compared between clusterings of the same points. NaN without clusters.
 */
export function relativeValidity({ low, high, squared }: SpanningTree, labels: Int32Array, clusters: number): number {
  if (clusters === 0) return Number.NaN;
  const sparseness = new Float64Array(clusters);
  const separation = new Float64Array(clusters).fill(Number.POSITIVE_INFINITY);
  let [longest, nearestNoise] = [0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < low.length; k++) {
    const [a, b, length] = [labels[low[k]!]!, labels[high[k]!]!, Math.sqrt(squared[k]!)];
    longest = Math.max(longest, length);
    if (a >= 0 && a === b) sparseness[a] = Math.max(sparseness[a]!, length);
    else if (a >= 0 && b >= 0) {
      separation[a] = Math.min(separation[a]!, length);
      separation[b] = Math.min(separation[b]!, length);
    } else if (a >= 0 || b >= 0) nearestNoise = Math.min(nearestNoise, length);
  }
  // A cluster that the tree joins to noise only is taken to be twice as far as the longest edge.
  const island = 2 * (clusters > 1 || nearestNoise === Number.POSITIVE_INFINITY ? longest : nearestNoise);
  const sizes = new Float64Array(clusters);
  for (const label of labels) if (label >= 0) sizes[label] = sizes[label]! + 1;
  let score = 0;
  for (let c = 0; c < clusters; c++) {
    const apart = separation[c] === Number.POSITIVE_INFINITY ? island : separation[c]!;
    const larger = Math.max(apart, sparseness[c]!);
    if (larger > 0) score += (sizes[c]! / labels.length) * ((apart - sparseness[c]!) / larger);
  }
  return score;
}
