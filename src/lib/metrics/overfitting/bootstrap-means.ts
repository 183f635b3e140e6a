/** Means of many series under the same resampled rows: the product of bootstrap counts and returns, in tiles that stay in the cache. */
import { type ReturnMatrix, rowOf } from './return-matrix.ts';

/** Writes one resample of row numbers in [0, out.length). */
export type DrawRows = (out: Int32Array) => void;

const SETS_A_TILE = 32;

/**
 * Mean of each of `rows` under each resample of the periods, rows x resamples. All series share the resample, so their dependence is kept.
 * @param resamples >= 1
 */
export function bootstrapMeans(
  matrix: ReturnMatrix,
  rows: Int32Array,
  draw: DrawRows,
  resamples: number,
): Float64Array {
  const { periods } = matrix;
  // Filled up to fours with zero counts, so that one kernel serves all; their results are not kept.
  const width = 4 * Math.ceil(resamples / 4);
  const counts = drawCounts(draw, periods, resamples, width);
  const means = new Float64Array(rows.length * resamples);
  const four = new Float64Array(4);
  for (let tile = 0; tile < rows.length; tile += SETS_A_TILE) {
    const end = Math.min(rows.length, tile + SETS_A_TILE);
    for (let b = 0; b < width; b += 4) {
      const stretch = counts.subarray(b * periods, (b + 4) * periods);
      for (let k = tile; k < end; k++) {
        multiplyFour(four, rowOf(matrix, rows[k]!), stretch);
        for (let i = 0; i < 4 && b + i < resamples; i++) means[k * resamples + b + i] = four[i]! / periods;
      }
    }
  }
  return means;
}

/** How often each period is drawn, one row a resample. */
function drawCounts(draw: DrawRows, periods: number, resamples: number, width: number): Float64Array {
  const counts = new Float64Array(width * periods);
  const drawn = new Int32Array(periods);
  for (let b = 0; b < resamples; b++) {
    draw(drawn);
    const from = b * periods;
    for (let i = 0; i < periods; i++) counts[from + drawn[i]!]!++;
  }
  return counts;
}

function multiplyFour(out: Float64Array, values: Float64Array, counts: Float64Array): void {
  const n = values.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    a += value * counts[t]!;
    b += value * counts[n + t]!;
    c += value * counts[2 * n + t]!;
    d += value * counts[3 * n + t]!;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}
