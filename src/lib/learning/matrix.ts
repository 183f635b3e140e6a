/** A table of numbers in one row-major array: the shape in which methods of this folder take and give several columns. */
import { invariant } from '../core/index.ts';

export type Matrix = {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, `rows * columns` values: element (i, j) is `values[i * columns + j]`. */
  readonly values: Float64Array;
};

/** Wraps values without copying; throws when their number is not `rows * columns`. */
export function matrix(rows: number, columns: number, values = new Float64Array(rows * columns)): Matrix {
  invariant(values.length === rows * columns, `${values.length} values for a ${rows} x ${columns} matrix`);
  return { rows, columns, values };
}

/** Rows of `columns` values each, copied one below the other. */
export function stacked(rows: readonly Float64Array[], columns: number): Matrix {
  const table = matrix(rows.length, columns);
  rows.forEach((row, i) => {
    table.values.set(row, i * columns);
  });
  return table;
}

/** Row `i` without copying. */
export function rowOf(m: Matrix, i: number): Float64Array {
  return m.values.subarray(i * m.columns, (i + 1) * m.columns);
}
