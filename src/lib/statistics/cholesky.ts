/** Cholesky's factor of a covariance matrix. */

/** `lower`: the triangle L of A = L L', row after row without zeros. `dependent`: the first column that A has no factor beyond. */
export type Cholesky = { readonly lower: Float64Array } | { readonly dependent: number };

/**
 * The factor of a symmetric matrix of `size` columns, of which the lower half is read. Without one where a column keeps less than
 * 1e-12 of its variance when the columns before it are taken off: it does not vary, or is a combination of them.
 * @param values row after row, size x size; NaN has no factor
 */
export function cholesky(values: Float64Array, size: number): Cholesky {
  const lower = new Float64Array((size * (size + 1)) / 2);
  for (let i = 0; i < size; i++) {
    const rowI = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const rowJ = (j * (j + 1)) / 2;
      let sum = values[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[rowI + k]! * lower[rowJ + k]!;
      if (i !== j) lower[rowI + j] = sum / lower[rowJ + j]!;
      else if (sum > 1e-12 * values[i * size + i]!) lower[rowI + i] = Math.sqrt(sum);
      else return { dependent: i };
    }
  }
  return { lower };
}
