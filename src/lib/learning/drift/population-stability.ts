/** Is a column still distributed as it was when the model was made? Bins frozen then, the population stability index, Kolmogorov's distance. */
import { invariant } from '../../core/index.ts';
import { binOf } from '../bins.ts';

export type FrozenBins = {
  /** Ascending upper ends of all bins but the last; a value equal to an end is in the bin below. */
  readonly edges: readonly number[];
  /** Values seen in each bin, one more than edges. */
  readonly counts: readonly number[];
};

/** Cuts the finite values into at most `bins` bins of about equal counts; ties can leave fewer. */
export function freezeBins(values: Float64Array, bins = 10): FrozenBins {
  const sorted = values.filter(Number.isFinite).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const edge = sorted[Math.ceil((bin * sorted.length) / bins) - 1];
    if (edge !== undefined && edge !== edges[edges.length - 1] && edge < sorted[sorted.length - 1]!) edges.push(edge);
  }
  return { edges, counts: [...countInBins(edges, sorted)] };
}

/** Values in each bin; values that are not finite are in none. */
export function countInBins(edges: readonly number[], values: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const bin = binOf(edges, value);
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/**
 * Population stability index, the symmetric relative entropy of two distributions over bins (Jeffreys 1946; Siddiqi 2006):
 * sum (a - e) ln(a / e) of shares. Under 0.1 is little, above 0.25 much. An empty bin counts as half a value. NaN when either side is empty.
 */
export function populationStability(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const [e, a] = [sharesOf(expected, 0.5), sharesOf(actual, 0.5)];
  invariant(e.length === a.length, `${e.length} bins against ${a.length}`);
  return e.reduce((sum, share, bin) => sum + (a[bin]! - share) * Math.log(a[bin]! / share), 0);
}

/** Largest distance of two cumulative distributions at the ends of bins: never more than the Kolmogorov-Smirnov distance of the values. */
export function binnedDistance(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const [e, a] = [sharesOf(expected, 0), sharesOf(actual, 0)];
  invariant(e.length === a.length, `${e.length} bins against ${a.length}`);
  let gap = 0;
  let largest = 0;
  for (let bin = 0; bin < e.length; bin++) {
    gap += a[bin]! - e[bin]!;
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}

function sharesOf(counts: ArrayLike<number>, whenEmpty: number): number[] {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count) => (total === 0 ? Number.NaN : (count === 0 ? whenEmpty : count) / total));
}
