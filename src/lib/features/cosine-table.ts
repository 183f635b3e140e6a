/** The discrete cosine transform of a window, folded at its middle so that it costs half the products. */
import { cosineTransform, rowOf } from '../learning/index.ts';

/**
 * Weights of the orthonormal DCT-II for the first half of a window. Cosines of even k are the same read from either end, those
 * of odd k change sign, so that X_k is a sum over sums x_n + x_(N-1-n) or over differences.
 * Row k holds ceil(N / 2) weights; the middle row of an odd window counts once.
 */
export function foldedCosines(windowRows: number, coefficients: number): Float64Array {
  const half = Math.ceil(windowRows / 2);
  const cosines = cosineTransform(windowRows, coefficients);
  const weights = new Float64Array(coefficients * half);
  for (let k = 0; k < coefficients; k++) {
    weights.set(rowOf(cosines, k).subarray(0, half), k * half);
    if (windowRows % 2 === 1) weights[k * half + half - 1]! /= 2;
  }
  return weights;
}
