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
  const eight = new Float64Array(8);
  for (let tile = 0; tile < rows.length; tile += SETS_A_TILE) {
    const end = Math.min(rows.length, tile + SETS_A_TILE);
    for (let b = 0; b < width; b += 4) {
      const stretch = counts.subarray(b * periods, (b + 4) * periods);
      for (let k = tile; k < end; k += 2) {
        // The last of an odd number is taken twice.
        const pair = Math.min(k + 1, end - 1);
        multiplyPair(eight, rowOf(matrix, rows[k]!), rowOf(matrix, rows[pair]!), stretch);
        for (let i = 0; i < 4 && b + i < resamples; i++) {
          means[k * resamples + b + i] = eight[i]! / periods;
          means[pair * resamples + b + i] = eight[4 + i]! / periods;
        }
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

/** Two series times four rows of counts: eight sums for six loads. */
function multiplyPair(out: Float64Array, one: Float64Array, two: Float64Array, counts: Float64Array): void {
  const n = one.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let t = 0; t < n; t++) {
    const x = one[t]!;
    const y = two[t]!;
    const first = counts[t]!;
    const second = counts[n + t]!;
    const third = counts[2 * n + t]!;
    const fourth = counts[3 * n + t]!;
    a += x * first;
    b += x * second;
    c += x * third;
    d += x * fourth;
    e += y * first;
    f += y * second;
    g += y * third;
    h += y * fourth;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
  out[4] = e;
  out[5] = f;
  out[6] = g;
  out[7] = h;
}
