/** A change of axes after which a covariance is the identity, so that lengths are Mahalanobis distances. */
import { SigmaError } from '../../core/index.ts';
import { type Matrix, matrix, rowOf } from '../matrix.ts';
import { cholesky, invertedTriangle } from './cholesky.ts';

export type Whitening = {
  readonly mean: Float64Array;
  /** Inverse of the covariance's lower Cholesky triangle, row after row without its zeros (Kessy, Lewin and Strimmer 2018). */
  readonly factor: Float64Array;
};

/** Undefined where the covariance is not positive definite to rounding: a column does not vary, or is made of others. */
export function tryWhitening(mean: Float64Array, covariance: Matrix): Whitening | undefined {
  const triangle = cholesky(covariance.values, covariance.rows);
  return triangle && { mean, factor: invertedTriangle(triangle, covariance.rows) };
}

/** @throws SigmaError `data/singular` where the covariance has no inverse */
export function whitening(mean: Float64Array, covariance: Matrix): Whitening {
  const found = tryWhitening(mean, covariance);
  if (found === undefined)
    throw new SigmaError('data/singular', 'a column does not vary, or is a combination of others');
  return found;
}

/** factor (row - mean) for each row. */
export function whiten({ mean, factor }: Whitening, table: Matrix): Matrix {
  const { rows, columns } = table;
  const out = matrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    const row = rowOf(table, i);
    for (let j = 0, f = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++, f++) sum += factor[f]! * (row[k]! - mean[k]!);
      out.values[i * columns + j] = sum;
    }
  }
  return out;
}

/** Squared Mahalanobis distance (1936) of each row from the mean: the squared length of the whitened row. */
export function squaredMahalanobis(axes: Whitening, table: Matrix): Float64Array {
  const white = whiten(axes, table);
  return Float64Array.from({ length: table.rows }, (_, i) => rowOf(white, i).reduce((sum, x) => sum + x * x, 0));
}
