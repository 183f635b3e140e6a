/** Tests of the largest of many means against resampled largest means. */
import { moments } from '../../statistics/index.ts';
import { bootstrapMeans, type DrawRows } from './bootstrap-means.ts';
import { type ReturnMatrix, rowOf } from './return-matrix.ts';

export type MaxTests = {
  /** Studentised means sqrt(n) mean / deviation, in the order of the rows. */
  readonly t: Float64Array;
  readonly plain: { readonly statistic: number; readonly p: number };
  readonly studentised: {
    readonly statistic: number;
    readonly lower: number;
    readonly consistent: number;
    readonly upper: number;
  };
  /** Step-down p in the order of the rows. */
  readonly adjusted: Float64Array;
};

type Subject = {
  /** Rows to test, at least one. */
  readonly rows: Int32Array;
  /** Long-run deviation of each of them, > 0. */
  readonly deviation: Float64Array;
};

/**
 * White 2000 (plain, every mean centred), Hansen 2005 (studentised; `lower` centres no mean below 0, `consistent` centres those within
 * sqrt(2 ln ln n) deviations of 0, `upper` all) and Romano and Wolf 2005 (step-down over the studentised, all centred).
 */
export function maxTests(
  matrix: ReturnMatrix,
  { rows, deviation }: Subject,
  draw: DrawRows,
  resamples: number,
): MaxTests {
  const root = Math.sqrt(matrix.periods);
  const mean = Float64Array.from(rows, (row) => moments(rowOf(matrix, row)).mean);
  const t = mean.map((m, k) => (root * m) / deviation[k]!);
  const z = bootstrapMeans(matrix, rows, draw, resamples);
  for (let k = 0; k < rows.length; k++)
    for (let b = k * resamples; b < (k + 1) * resamples; b++) z[b] = (root * (z[b]! - mean[k]!)) / deviation[k]!;
  const p = (statistic: number, scale: Shape, shift: Shape, floor = Number.NEGATIVE_INFINITY): number => {
    const maxima = maximaOf(z, rows.length, resamples, { scale, shift, floor });
    return (1 + maxima.reduce((count, value) => count + (value >= statistic ? 1 : 0), 0)) / (1 + resamples);
  };
  const plain = root * maximum(mean);
  const best = Math.max(0, maximum(t));
  const near = -Math.sqrt(2 * Math.log(Math.log(matrix.periods)));
  const one: Shape = () => 1;
  return {
    t,
    plain: {
      statistic: plain,
      p: p(
        plain,
        (k) => deviation[k]!,
        () => 0,
      ),
    },
    studentised: {
      statistic: best,
      lower: p(best, one, (k) => Math.min(0, t[k]!), 0),
      consistent: p(best, one, (k) => (t[k]! < near ? t[k]! : 0), 0),
      upper: p(best, one, () => 0, 0),
    },
    adjusted: stepDown(z, t, resamples),
  };
}

type Shape = (k: number) => number;

function maximum(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

/** The largest scale x z + shift of every resample. */
function maximaOf(
  z: Float64Array,
  sets: number,
  resamples: number,
  how: { readonly scale: Shape; readonly shift: Shape; readonly floor: number },
): Float64Array {
  const maxima = new Float64Array(resamples).fill(how.floor);
  for (let k = 0; k < sets; k++) {
    const scale = how.scale(k);
    const shift = how.shift(k);
    const from = k * resamples;
    for (let b = 0; b < resamples; b++) {
      const value = scale * z[from + b]! + shift;
      if (value > maxima[b]!) maxima[b] = value;
    }
  }
  return maxima;
}

/**
 * From the worst set upwards: a set competes with the maxima of itself and all that are worse; then no p may be below that of a better set
 * (Romano and Wolf 2016, algorithm 4.2).
 */
function stepDown(z: Float64Array, t: Float64Array, resamples: number): Float64Array {
  const order = Array.from(t.keys()).sort((a, b) => t[a]! - t[b]! || b - a);
  const maxima = new Float64Array(resamples).fill(Number.NEGATIVE_INFINITY);
  const adjusted = new Float64Array(t.length);
  for (const k of order) {
    const from = k * resamples;
    let reached = 0;
    for (let b = 0; b < resamples; b++) {
      const value = z[from + b]!;
      if (value > maxima[b]!) maxima[b] = value;
      if (maxima[b]! >= t[k]!) reached++;
    }
    adjusted[k] = (1 + reached) / (1 + resamples);
  }
  let least = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const k = order[i]!;
    least = Math.max(least, adjusted[k]!);
    adjusted[k] = least;
  }
  return adjusted;
}
