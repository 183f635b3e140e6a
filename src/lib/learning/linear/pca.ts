/** Principal components of the columns of a table (Pearson 1901; Hotelling 1933). */
import { requireFinite } from '../finite.ts';
import { type Matrix, matrix, rowOf } from '../matrix.ts';
import { columnMeans, covariance } from './covariance.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export type Pca = {
  readonly mean: Float64Array;
  /** One component a row, the one with most variance first, its largest entry positive. */
  readonly components: Matrix;
  /** Variance along each component, over n - 1. */
  readonly variances: Float64Array;
  /** The same as parts of the variance of all columns; NaN where nothing varies. */
  readonly ratios: Float64Array;
};

/**
 * @param kept components, at most the columns; as many as there are by default
 * @throws SigmaError `data/bad-number` with row and column of a value that is not finite
 */
export function fitPca(table: Matrix, kept = table.columns): Pca {
  requireFinite(table, 'rows of the components');
  const size = table.columns;
  const count = Math.min(kept, size);
  const { values, vectors } = symmetricEigen(covariance(table));
  const total = values.reduce((sum, x) => sum + x, 0);
  const variances = values.slice(0, count);
  return {
    mean: columnMeans(table),
    components: matrix(count, size, vectors.values.slice(0, count * size)),
    variances,
    ratios: variances.map((x) => x / total),
  };
}

/** Scores of each row: components (row - mean). */
export function pcaScores({ mean, components }: Pca, table: Matrix): Matrix {
  const scores = matrix(table.rows, components.rows);
  for (let i = 0; i < table.rows; i++) {
    const row = rowOf(table, i);
    for (let k = 0, c = 0; k < components.rows; k++) {
      let sum = 0;
      for (let j = 0; j < table.columns; j++, c++) sum += components.values[c]! * (row[j]! - mean[j]!);
      scores.values[i * components.rows + k] = sum;
    }
  }
  return scores;
}
