/** Eigenvalues and eigenvectors of small symmetric matrices by Jacobi's rotations (Golub and Van Loan 2013, section 8.5). */
import { type Matrix, matrix, rowOf } from '../matrix.ts';

export type Eigen = {
  /** Largest first. */
  readonly values: Float64Array;
  /** One unit vector a row, turned so that its largest entry is positive. */
  readonly vectors: Matrix;
};

const SWEEPS = 60;

/** @param symmetric finite values; only that it is symmetric is taken on trust */
export function symmetricEigen(symmetric: Matrix): Eigen {
  const size = symmetric.rows;
  const a = symmetric.values.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  const enough = 1e-32 * a.reduce((sum, x) => sum + x * x, 0);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > enough; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  const at = (i: number): number => a[i * size + i]!;
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => at(j) - at(i) || i - j);
  const vectors = matrix(size, size);
  order.forEach((k, row) => {
    const vector = rowOf(vectors, row);
    for (let i = 0; i < size; i++) vector[i] = v[i * size + k]!;
    turn(vector);
  });
  return { values: Float64Array.from(order, at), vectors };
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sum += a[i * size + j]! ** 2;
  return 2 * sum;
}

/** An eigenvector has no sign of its own: the first of its largest entries is made positive. */
function turn(vector: Float64Array): void {
  const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  if (largest < 0) for (let i = 0; i < vector.length; i++) vector[i] = -vector[i]!;
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
