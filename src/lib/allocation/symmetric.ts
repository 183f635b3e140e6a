/** Dense symmetric matrices: products and the Cholesky factor. */

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

/** Whether the matrix is positive definite to rounding: no pivot of Cholesky's factor of its correlations under 1e-12. */
export function isPositiveDefinite(matrix: Symmetric): boolean {
  const { size, values } = correlations(matrix);
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = values[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!;
      else if (sum > 1e-12) factor[i * size + i] = Math.sqrt(sum);
      else return false;
    }
  return true;
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
