/** Mean and covariance of the bulk of a table, without the rows that lie farthest out. */
import { chiSquareCdf, chiSquareQuantile, robustScale } from '../../statistics/index.ts';
import { requireFinite } from '../finite.ts';
import { type Matrix, matrix } from '../matrix.ts';
import { columnMeans, covariance } from './covariance.ts';
import { squaredMahalanobis, tryWhitening, type Whitening } from './whitening.ts';

export type TrimmedCovariance = {
  readonly mean: Float64Array;
  /** Scaled so that it is that of all rows where they are normal. */
  readonly covariance: Matrix;
  readonly whitening: Whitening;
  /** Rows that it rests on. */
  readonly kept: number;
};

const STEPS = 12;

/**
 * Concentration steps (Rousseeuw and Van Driessen 1999) from the median: keep the share of rows that lies nearest, take their
 * mean and covariance, measure all rows by it, and again until the kept rows stay the same; none makes the determinant larger.
 * The covariance of the kept rows is too small and is scaled up by what a normal distribution loses (Croux and Haesbroeck 1999).
 * @param keep share of the rows, above 0 and up to 1; at least one row more than there are columns is kept
 * @returns undefined where the kept rows have a singular covariance
 * @throws SigmaError `data/bad-number` with row and column of a value that is not finite
 */
export function trimmedCovariance(table: Matrix, keep: number): TrimmedCovariance | undefined {
  requireFinite(table, 'rows of the covariance');
  const { rows, columns } = table;
  const wanted = Math.min(rows, Math.max(columns + 1, Math.ceil(keep * rows)));
  if (wanted <= columns) return undefined;
  let distances = startingDistances(table);
  let cut = Number.NaN;
  let found: { mean: Float64Array; spread: Matrix; whitening: Whitening } | undefined;
  for (let step = 0; step < STEPS; step++) {
    const next = distances.slice().sort()[wanted - 1]!;
    if (next === cut) break;
    cut = next;
    const near = distances;
    const takes = (i: number): boolean => near[i]! <= next;
    const [mean, spread] = [columnMeans(table, takes), covariance(table, takes)];
    const whitening = tryWhitening(mean, spread);
    if (whitening === undefined) return undefined;
    found = { mean, spread, whitening };
    distances = squaredMahalanobis(whitening, table);
  }
  const kept = distances.reduce((count, d) => (d <= cut ? count + 1 : count), 0);
  return found && scaledUp(found.mean, found.spread, kept, kept / rows);
}

function scaledUp(mean: Float64Array, spread: Matrix, kept: number, share: number): TrimmedCovariance | undefined {
  const factor = consistency(share, spread.rows);
  const scaled = matrix(
    spread.rows,
    spread.rows,
    spread.values.map((x) => x * factor),
  );
  const whitening = tryWhitening(mean, scaled);
  return whitening && { mean, covariance: scaled, whitening, kept };
}

/** share / P(chi2(columns + 2) <= q), q the share's quantile of chi2(columns): the normal distribution's variance over that within the ellipsoid of q. */
function consistency(share: number, columns: number): number {
  return share < 1 ? share / chiSquareCdf(chiSquareQuantile(share, columns), columns + 2) : 1;
}

function startingDistances({ rows, columns, values }: Matrix): Float64Array {
  const distances = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    const { location, scale } = robustScale(Float64Array.from({ length: rows }, (_, i) => values[i * columns + j]!));
    for (let i = 0; i < rows; i++) distances[i]! += ((values[i * columns + j]! - location) / (scale || 1)) ** 2;
  }
  return distances;
}
