/** Multi-dimensional matrix profile: neighbours that are near in their best few dimensions (mSTAMP, Yeh, Kavantzas and Keogh 2017). */
import { invariant, SigmaError } from '../../core/index.ts';
import { type Matrix, matrix } from '../matrix.ts';
import { ofCorrelation } from './matrix-profile.ts';
import { comoment, requireExclusion, type Windows, windowsOf } from './windows.ts';

export type MultiMatrixProfile = {
  /** Row k: for each window the least, over its neighbours, of the mean distance by shape in their k + 1 nearest dimensions. */
  readonly distance: Matrix;
  /** The neighbours, one array a row of `distance`; -1 for none. */
  readonly index: readonly Int32Array[];
};

/** Rows after which sums are computed anew. */
const BLOCK = 256;

/** @param series of equal length, one a dimension; conventions and errors as `matrixProfile` */
export function multiMatrixProfile(
  series: readonly Float64Array[],
  length: number,
  exclusion = Math.ceil(length / 4),
): MultiMatrixProfile {
  if (series.length === 0) throw new SigmaError('usage/bad-option', 'no series');
  requireExclusion(exclusion);
  const windows = series.map((one) => windowsOf(one, length));
  const { count } = windows[0]!;
  invariant(
    windows.every((w) => w.count === count),
    'series of equal length',
  );
  const distance = matrix(series.length, count, new Float64Array(series.length * count).fill(Number.POSITIVE_INFINITY));
  const index = series.map(() => new Int32Array(count).fill(-1));
  const products = series.map(() => new Float64Array(count));
  const distances = new Float64Array(series.length);
  const distanceOf = ofCorrelation(length);
  for (let i = 0; i < count; i++) {
    for (const [d, w] of windows.entries()) bringForward(products[d]!, w, i);
    for (let j = 0; j < count; j++) {
      if (Math.abs(i - j) <= exclusion) continue;
      for (let d = 0; d < windows.length; d++) distances[d] = distanceOf(alike(windows[d]!, i, j, products[d]![j]!));
      distances.sort();
      for (let k = 0, sum = 0; k < windows.length; k++) {
        sum += distances[k]!;
        if (!(sum / (k + 1) < distance.values[k * count + i]!)) continue;
        distance.values[k * count + i] = sum / (k + 1);
        index[k]![i] = j;
      }
    }
  }
  return { distance, index };
}

/** Products of deviations of window i with every window, from those of window i - 1. */
function bringForward(products: Float64Array, w: Windows, i: number): void {
  if (i % BLOCK === 0) {
    for (let j = 0; j < w.count; j++) products[j] = comoment(w, i, j);
    return;
  }
  const { values, length, mean } = w;
  const slope = (at: number): number => (values[at + length - 1]! - values[at - 1]!) / 2;
  const level = (at: number): number => values[at + length - 1]! - mean[at]! + (values[at - 1]! - mean[at - 1]!);
  const [ownSlope, ownLevel] = [slope(i), level(i)];
  for (let j = w.count - 1; j > 0; j--) products[j] = products[j - 1]! + ownSlope * level(j) + slope(j) * ownLevel;
  products[0] = comoment(w, i, 0);
}

/** Correlation of two windows by the conventions for flat ones; minus infinity where one has a missing value. */
function alike({ inverse }: Windows, i: number, j: number, products: number): number {
  const scale = inverse[i]! * inverse[j]!;
  if (Number.isNaN(scale)) return Number.NEGATIVE_INFINITY;
  return scale * products + (inverse[i] === 0 ? 0.5 : 0) + (inverse[j] === 0 ? 0.5 : 0);
}
