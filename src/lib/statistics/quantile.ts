/** Order statistics: sorting once, quantiles by linear interpolation. */
import { selectedMedian } from './selection.ts';

/** A sorted copy; empty when a value is NaN or infinite, so that every quantile of it is NaN. */
export function sortedFinite(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return new Float64Array(0);
  return Float64Array.from(values).sort();
}

/**
 * Quantile of sorted values, linear between order statistics (Hyndman and Fan 1996, type 7; numpy's default).
 * @param p in [0, 1]
 * @returns NaN when empty
 */
export function quantileSorted(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const low = Math.floor(position);
  const value = sorted[low]!;
  return low + 1 < sorted.length ? value + (position - low) * (sorted[low + 1]! - value) : value;
}

/** Middle value of unsorted values; NaN when empty or one is not finite. */
export function median(values: Float64Array): number {
  return values.every(Number.isFinite) ? selectedMedian(values.slice()) : Number.NaN;
}
