/** How many independent trials a number of correlated ones amounts to. */
import { moments } from '../../statistics/index.ts';
import { type ReturnMatrix, rowOf, usableRows } from './return-matrix.ts';

/**
 * Mean correlation between different sets: (|sum of standardised rows|^2 / periods - sets) / (sets (sets - 1)), one pass over the matrix.
 * Sets that do not vary or hold a value that is not finite are left out.
 * @returns in [-1 / (sets - 1), 1]; NaN under two such sets
 */
export function averageCorrelation(matrix: ReturnMatrix): number {
  const { periods } = matrix;
  const total = new Float64Array(periods);
  let sets = 0;
  for (const row of usableRows(matrix)) {
    const values = rowOf(matrix, row);
    const { mean, variance } = moments(values);
    if (!(variance > 0)) continue;
    const scale = 1 / Math.sqrt((variance * (periods - 1)) / periods);
    for (let t = 0; t < periods; t++) total[t]! += (values[t]! - mean) * scale;
    sets++;
  }
  if (sets < 2) return Number.NaN;
  let square = 0;
  for (let t = 0; t < periods; t++) square += total[t]! * total[t]!;
  return Math.max(-1 / (sets - 1), Math.min(1, (square / periods - sets) / (sets * (sets - 1))));
}

/**
 * rho + (1 - rho) trials (Bailey and Lopez de Prado 2014, appendix A.3): all of them when uncorrelated, one when they are the same.
 * @param trials >= 1
 * @param correlation mean correlation; a negative or undefined one counts as 0, which deflates most
 */
export function effectiveTrials(trials: number, correlation: number): number {
  if (!(trials >= 1)) return Number.NaN;
  const rho = correlation > 0 ? Math.min(1, correlation) : 0;
  return rho + (1 - rho) * trials;
}
