/** The windows of a series, with what their distances are made of. */
import { SigmaError } from '../../core/index.ts';
import { moments } from '../../statistics/index.ts';

export type Windows = {
  /** The series less its mean, 0 where it is missing. */
  readonly values: Float64Array;
  readonly length: number;
  readonly count: number;
  readonly mean: Float64Array;
  /** 1 / sqrt(sum of squares about the mean); 0 for a window whose values differ by rounding only, NaN for one with a missing value. */
  readonly inverse: Float64Array;
};

/**
 * Windows of `length` values, one from each value on. NaN and infinite values are missing.
 * @throws SigmaError `usage/bad-option` for a length that is not a whole number from 3 on; `study/too-short` for a shorter series
 */
export function windowsOf(series: Float64Array, length: number): Windows {
  if (!Number.isInteger(length) || length < 3)
    throw new SigmaError('usage/bad-option', `windows of ${length} values`, { hint: 'use a whole number from 3 on' });
  const count = series.length - length + 1;
  if (count < 1) throw new SigmaError('study/too-short', `${series.length} values make no window of ${length}`);
  const values = centred(series);
  const { mean, inverse } = { mean: new Float64Array(count), inverse: new Float64Array(count) };
  let missing = 0;
  for (let end = 0; end < series.length; end++) {
    if (!Number.isFinite(series[end]!)) missing++;
    const start = end - length + 1;
    if (start < 0) continue;
    mean[start] = meanOf(values, start, length);
    // Whether a window varies is asked of the series: its values less the mean of all have lost digits.
    const flat = missing === 0 && moments(series.subarray(start, end + 1)).variance === 0;
    const sum = squares(values, start, length, mean[start]!);
    inverse[start] = missing > 0 ? Number.NaN : flat || sum === 0 ? 0 : 1 / Math.sqrt(sum);
    if (!Number.isFinite(series[start]!)) missing--;
  }
  return { values, length, count, mean, inverse };
}

/** @throws SigmaError `usage/bad-option` for an exclusion below 0 */
export function requireExclusion(exclusion: number): void {
  if (!(exclusion >= 0)) throw new SigmaError('usage/bad-option', `an exclusion of ${exclusion} windows`);
}

/** Sum of the products of two windows' deviations from their means. */
export function comoment({ values, length, mean }: Windows, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (values[i + k]! - mean[i]!) * (values[j + k]! - mean[j]!);
  return sum;
}

function centred(series: Float64Array): Float64Array {
  const finite = series.filter(Number.isFinite);
  const mean = finite.reduce((sum, x) => sum + x / finite.length, 0);
  return series.map((x) => (Number.isFinite(x) ? x - mean : 0));
}

function meanOf(values: Float64Array, start: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[start + k]!;
  return sum / length;
}

function squares(values: Float64Array, start: number, length: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (values[start + k]! - mean) ** 2;
  return sum;
}
