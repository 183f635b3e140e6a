/** Means and covariances of the columns of a table. */
import { type Matrix, matrix, rowOf } from '../matrix.ts';

const everyRow = (): boolean => true;

/** Mean of each column over the rows taken; NaN of none. */
export function columnMeans(
  { rows, columns, values }: Matrix,
  takes: (row: number) => boolean = everyRow,
): Float64Array {
  const mean = new Float64Array(columns);
  let taken = 0;
  for (let i = 0; i < rows; i++) {
    if (!takes(i)) continue;
    taken++;
    for (let j = 0; j < columns; j++) mean[j]! += values[i * columns + j]!;
  }
  for (let j = 0; j < columns; j++) mean[j]! /= taken;
  return mean;
}

/** Sample covariance (over n - 1) of the columns over the rows taken; NaN of fewer than two rows, 0 where a column does not vary. */
export function covariance(table: Matrix, takes: (row: number) => boolean = everyRow): Matrix {
  const { rows, columns } = table;
  const mean = columnMeans(table, takes);
  const covariances = matrix(columns, columns);
  const sums = covariances.values;
  const centred = new Float64Array(columns);
  let taken = 0;
  for (let i = 0; i < rows; i++) {
    if (!takes(i)) continue;
    taken++;
    const row = rowOf(table, i);
    for (let j = 0; j < columns; j++) centred[j] = row[j]! - mean[j]!;
    for (let j = 0; j < columns; j++) {
      const x = centred[j]!;
      for (let k = 0, at = j * columns; k <= j; k++, at++) sums[at]! += x * centred[k]!;
    }
  }
  for (let j = 0; j < columns; j++)
    for (let k = 0; k <= j; k++) {
      const value = taken > 1 ? sums[j * columns + k]! / (taken - 1) : Number.NaN;
      sums[j * columns + k] = value;
      sums[k * columns + j] = value;
    }
  return covariances;
}
