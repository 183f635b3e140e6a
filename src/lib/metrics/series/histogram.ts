/** Counts of returns by equal bins. */
import { sortedFinite } from '../../statistics/index.ts';

export type Histogram = {
  /** Bin edges, one more than the counts. */
  readonly edges: Float64Array;
  readonly counts: Int32Array;
};

/**
 * Equal bins from the smallest to the largest value; the last includes its upper edge.
 * @param bins by Freedman and Diaconis (1981) unless given, 1 to 100
 * @returns no bins when empty or a value is not finite; one bin when the values are equal
 */
export function returnHistogram(returns: Float64Array, bins?: number): Histogram {
  const sorted = sortedFinite(returns);
  const n = sorted.length;
  if (n === 0) return { edges: new Float64Array(0), counts: new Int32Array(0) };
  const low = sorted[0]!;
  const high = sorted[n - 1]!;
  const count = high === low ? 1 : Math.max(1, Math.min(100, Math.floor(bins ?? automaticBins(sorted))));
  const width = (high - low) / count;
  const counts = new Int32Array(count);
  for (const value of sorted) counts[width === 0 ? 0 : Math.min(count - 1, Math.floor((value - low) / width))]!++;
  return { edges: Float64Array.from({ length: count + 1 }, (_, i) => (i === count ? high : low + i * width)), counts };
}

function automaticBins(sorted: Float64Array): number {
  const n = sorted.length;
  const middle = sorted[Math.floor(0.75 * (n - 1))]! - sorted[Math.floor(0.25 * (n - 1))]!;
  const width = (2 * middle) / Math.cbrt(n);
  return width > 0 ? Math.ceil((sorted[n - 1]! - sorted[0]!) / width) : Math.ceil(Math.sqrt(n));
}
