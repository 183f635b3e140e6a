/** Dense symmetric matrices: products, correlations, definiteness. */
import { cholesky } from '../statistics/index.ts';

export type Symmetric = {
  readonly size: number;
  /** Row after row, size x size. */
  readonly values: Float64Array;
};

/** Writes A x into `out`. */
export function multiply(out: Float64Array, { size, values }: Symmetric, x: Float64Array): Float64Array {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0, at = i * size; j < size; j++, at++) sum += values[at]! * x[j]!;
    out[i] = sum;
  }
  return out;
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** x' A x. */
export function quadratic(matrix: Symmetric, x: Float64Array): number {
  return dot(x, multiply(new Float64Array(matrix.size), matrix, x));
}

/** Square roots of the diagonal. */
export function deviations({ size, values }: Symmetric): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sqrt(values[i * size + i]!));
}

/** Element (i, j) / (d_i d_j). */
export function correlations(matrix: Symmetric): Symmetric {
  const { size, values } = matrix;
  const d = deviations(matrix);
  return {
    size,
    values: values.map((value, at) => value / (d[Math.floor(at / size)]! * d[at % size]!)),
  };
}

/** Whether the matrix is positive definite to rounding: it has a Cholesky factor. */
export function isPositiveDefinite({ size, values }: Symmetric): boolean {
  return 'lower' in cholesky(values, size);
}

/** The largest absolute row sum: no eigenvalue is above it (Gershgorin 1931). */
export function eigenvalueBound({ size, values }: Symmetric): number {
  let bound = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += Math.abs(values[i * size + j]!);
    bound = Math.max(bound, sum);
  }
  return bound;
}
