/** The discrete cosine transform of a window, folded at its middle so that it costs half the products. */
import { cosineTransform, rowOf } from '../learning/index.ts';

/**
 * Weights of the orthonormal DCT-II for the first half of a window. Cosines of even k are the same read from either end, those
 * of odd k change sign, so that X_k is a sum over sums x_n + x_(N-1-n) or over differences.
 * An even k and the next odd one stand side by side: 2 x ceil(N / 2) weights a pair, the second of each 0 where there is no
 * odd one left. The middle row of an odd window counts once.
 */
export function foldedCosines(windowRows: number, coefficients: number): Float64Array {
  const half = Math.ceil(windowRows / 2);
  const cosines = cosineTransform(windowRows, coefficients);
  const weights = new Float64Array(2 * Math.ceil(coefficients / 2) * half);
  for (let k = 0; k < coefficients; k++) {
    const row = rowOf(cosines, k);
    const odd = k % 2;
    for (let n = 0; n < half; n++)
      weights[(k - odd) * half + 2 * n + odd] = 2 * n + 1 === windowRows ? row[n]! / 2 : row[n]!;
  }
  return weights;
}
