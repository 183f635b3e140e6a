/** Mean and covariance of the bulk of a table, without the rows that lie farthest out. */
import { type Matrix, rowOf } from '../learning/index.ts';
import { cholesky, invertedTriangle } from './linear.ts';
import { robustScale } from './robust.ts';

export type Whitening = { readonly mean: Float64Array; readonly factor: Float64Array };

const STEPS = 12;

/**
 * Concentration steps (Rousseeuw and Van Driessen 1999) from the median: keep the share of rows that lies nearest, take their
 * mean and covariance, measure all rows by it, and again until the kept rows stay the same. `factor` is the inverse of the
 * covariance's Cholesky triangle: the squared length of factor (row - mean) is the Mahalanobis distance squared.
 * Undefined where the kept rows have a singular covariance.
 */
export function trimmedWhitening(table: Matrix, keep: number): Whitening | undefined {
  const { rows, columns } = table;
  const kept = Math.max(columns + 1, Math.ceil(keep * rows));
  const distance = new Float64Array(rows);
  startingDistances(table, distance);
  let cut = Number.NaN;
  let whitening: Whitening | undefined;
  for (let step = 0; step < STEPS; step++) {
    const next = distance.slice().sort()[Math.min(kept, rows) - 1]!;
    if (next === cut) break;
    cut = next;
    whitening = whiteningOf(table, distance, cut);
    if (whitening === undefined) return undefined;
    squaredDistances(table, whitening, distance);
  }
  return whitening;
}

function startingDistances(table: Matrix, distance: Float64Array): void {
  const { rows, columns, values } = table;
  for (let j = 0; j < columns; j++) {
    const column = Float64Array.from({ length: rows }, (_, i) => values[i * columns + j]!);
    const { location, scale } = robustScale(column);
    for (let i = 0; i < rows; i++) distance[i]! += ((values[i * columns + j]! - location) / (scale || 1)) ** 2;
  }
}

function whiteningOf(table: Matrix, distance: Float64Array, cut: number): Whitening | undefined {
  const { rows, columns, values } = table;
  const mean = new Float64Array(columns);
  let n = 0;
  for (let i = 0; i < rows; i++) {
    if (distance[i]! > cut) continue;
    n++;
    for (let j = 0; j < columns; j++) mean[j]! += values[i * columns + j]!;
  }
  for (let j = 0; j < columns; j++) mean[j]! /= n;
  const covariance = scatter(table, mean, (i) => distance[i]! <= cut);
  for (let k = 0; k < covariance.length; k++) covariance[k]! /= n - 1;
  const triangle = cholesky(covariance, columns);
  return triangle && { mean, factor: invertedTriangle(triangle, columns) };
}

/** Sum of (row - mean)(row - mean)' over the rows taken. */
export function scatter(table: Matrix, mean: Float64Array, takes: (row: number) => boolean): Float64Array {
  const { rows, columns } = table;
  const sums = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    if (!takes(i)) continue;
    const row = rowOf(table, i);
    for (let j = 0; j < columns; j++) centred[j] = row[j]! - mean[j]!;
    for (let j = 0; j < columns; j++) {
      const x = centred[j]!;
      for (let k = 0, at = j * columns; k <= j; k++, at++) sums[at]! += x * centred[k]!;
    }
  }
  for (let j = 0; j < columns; j++) for (let k = 0; k < j; k++) sums[k * columns + j] = sums[j * columns + k]!;
  return sums;
}

function squaredDistances(table: Matrix, { mean, factor }: Whitening, distance: Float64Array): void {
  const { rows, columns } = table;
  const centred = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const row = rowOf(table, i);
    for (let j = 0; j < columns; j++) centred[j] = row[j]! - mean[j]!;
    let squares = 0;
    for (let j = 0, f = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++, f++) sum += factor[f]! * centred[k]!;
      squares += sum * sum;
    }
    distance[i] = squares;
  }
}
