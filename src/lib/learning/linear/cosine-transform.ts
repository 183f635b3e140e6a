/** The discrete cosine transform as a matrix: shapes of a window from slow to fast. */
import { type Matrix, matrix } from '../matrix.ts';

/**
 * The first `coefficients` rows of the orthonormal DCT-II of windows of `length` values (Ahmed, Natarajan and Rao 1974):
 * row k is a_k cos(pi (2 n + 1) k / (2 length)), a_0 = sqrt(1 / length), a_k = sqrt(2 / length).
 */
export function cosineTransform(length: number, coefficients = length): Matrix {
  const rows = matrix(coefficients, length);
  for (let k = 0; k < coefficients; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / length);
    for (let n = 0; n < length; n++)
      rows.values[k * length + n] = scale * Math.cos((Math.PI * (2 * n + 1) * k) / (2 * length));
  }
  return rows;
}
