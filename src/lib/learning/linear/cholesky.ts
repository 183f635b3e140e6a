/** Cholesky's factor of a positive definite matrix, and the inverse of a triangle. */

/** Lower triangle L of A = L L', row after row without zeros, from the full matrix; undefined where A is not positive definite. */
export function cholesky(a: Float64Array, size: number): Float64Array | undefined {
  const l = new Float64Array((size * (size + 1)) / 2);
  for (let i = 0; i < size; i++) {
    const rowI = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const rowJ = (j * (j + 1)) / 2;
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= l[rowI + k]! * l[rowJ + k]!;
      if (i !== j) l[rowI + j] = sum / l[rowJ + j]!;
      else if (sum > 1e-12 * a[i * size + i]!) l[rowI + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return l;
}

/** Inverse of a lower triangle in the same form. */
export function invertedTriangle(l: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(l.length);
  const at = (i: number, j: number): number => (i * (i + 1)) / 2 + j;
  for (let j = 0; j < size; j++) {
    inverse[at(j, j)] = 1 / l[at(j, j)]!;
    for (let i = j + 1; i < size; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += l[at(i, k)]! * inverse[at(k, j)]!;
      inverse[at(i, j)] = -sum / l[at(i, i)]!;
    }
  }
  return inverse;
}
