/** Small dense symmetric matrices: Cholesky's factor, the inverse of a triangle, eigenvectors. */

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

/**
 * Eigenvectors of a symmetric matrix by Jacobi's rotations, one a row, largest eigenvalue first; each is turned so that its
 * largest entry is positive. Overwrites the matrix.
 */
export function eigenvectors(a: Float64Array, size: number): Float64Array[] {
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) off += a[i * size + j]! ** 2;
    if (off < 1e-30) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]! || i - j);
  return order.map((k) => {
    const vector = Float64Array.from({ length: size }, (_, i) => v[i * size + k]!);
    const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    return largest < 0 ? vector.map((x) => -x) : vector;
  });
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!;
    const kq = a[k * n + q]!;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!;
    const qk = a[q * n + k]!;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const vp = v[k * n + p]!;
    const vq = v[k * n + q]!;
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
  }
}
