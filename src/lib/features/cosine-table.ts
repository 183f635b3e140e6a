/** The discrete cosine transform of a window, folded at its middle so that it costs half the products. */

/**
 * Weights of the orthonormal DCT-II (Ahmed, Natarajan and Rao 1974) for the first half of a window:
 * X_k = a_k sum_n x_n cos(pi (2 n + 1) k / (2 N)), a_0 = sqrt(1 / N), a_k = sqrt(2 / N). Cosines of even k are the same read
 * from either end, those of odd k change sign, so that X_k is a sum over sums x_n + x_(N-1-n) or over differences.
 * Row k holds ceil(N / 2) weights; the middle row of an odd window counts once.
 */
export function foldedCosines(windowRows: number, coefficients: number): Float64Array {
  const half = Math.ceil(windowRows / 2);
  const weights = new Float64Array(coefficients * half);
  for (let k = 0; k < coefficients; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / windowRows);
    for (let n = 0; n < half; n++) {
      const alone = 2 * n + 1 === windowRows;
      weights[k * half + n] = scale * Math.cos((Math.PI * (2 * n + 1) * k) / (2 * windowRows)) * (alone ? 0.5 : 1);
    }
  }
  return weights;
}
