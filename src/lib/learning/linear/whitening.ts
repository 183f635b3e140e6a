/** A change of axes after which a covariance is the identity, so that lengths are Mahalanobis distances. */
import { SigmaError } from '../../core/index.ts';
import { cholesky } from '../../statistics/index.ts';
import { type Matrix, matrix } from '../matrix.ts';

export type Whitening = {
  readonly mean: Float64Array;
  /** Inverse of the covariance's lower Cholesky triangle, row after row without its zeros (Kessy, Lewin and Strimmer 2018). */
  readonly factor: Float64Array;
};

/** Undefined where the covariance is not positive definite to rounding: a column does not vary, or is made of others. */
export function tryWhitening(mean: Float64Array, covariance: Matrix): Whitening | undefined {
  const found = cholesky(covariance.values, covariance.rows);
  return 'lower' in found ? { mean, factor: invertedTriangle(found.lower, covariance.rows) } : undefined;
}

/** @throws SigmaError `data/singular`, naming the column, where the covariance has no inverse */
export function whitening(mean: Float64Array, { values, rows }: Matrix): Whitening {
  const found = cholesky(values, rows);
  if ('lower' in found) return { mean, factor: invertedTriangle(found.lower, rows) };
  const column = found.dependent;
  const varies = values[column * rows + column]! > 0;
  throw new SigmaError(
    'data/singular',
    varies ? 'the column is a combination of those before it' : 'the column does not vary',
    { where: `column ${column}`, hint: 'leave it out' },
  );
}

/** Inverse of a lower triangle in the same form. */
function invertedTriangle(l: Float64Array, size: number): Float64Array {
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

/** factor (row - mean) for each row. */
export function whiten(axes: Whitening, table: Matrix): Matrix {
  const out = matrix(table.rows, table.columns);
  const next = rowWhitener(axes, table);
  for (let i = 0; i < table.rows; i++) out.values.set(next(i), i * table.columns);
  return out;
}

/** Squared Mahalanobis distance (1936) of each row from the mean: the squared length of the whitened row. */
export function squaredMahalanobis(axes: Whitening, table: Matrix): Float64Array {
  const distances = new Float64Array(table.rows);
  const next = rowWhitener(axes, table);
  for (let i = 0; i < table.rows; i++) {
    const white = next(i);
    let sum = 0;
    for (let j = 0; j < white.length; j++) sum += white[j]! * white[j]!;
    distances[i] = sum;
  }
  return distances;
}

/** Whitens one row after the other, each over the one before. */
function rowWhitener({ mean, factor }: Whitening, { columns, values }: Matrix): (row: number) => Float64Array {
  const centred = new Float64Array(columns);
  const white = new Float64Array(columns);
  return (row) => {
    for (let k = 0, at = row * columns; k < columns; k++, at++) centred[k] = values[at]! - mean[k]!;
    for (let j = 0, f = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++, f++) sum += factor[f]! * centred[k]!;
      white[j] = sum;
    }
    return white;
  };
}
