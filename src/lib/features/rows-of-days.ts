/** Where days lie in a series. */
import { lowerBound } from '../model/index.ts';
import type { DayRange } from './feature-model.ts';

/** Rows of the days, [from, to). */
export function rowsOf(day: Int32Array, { from, to }: DayRange): readonly [number, number] {
  return [lowerBound(day, from), lowerBound(day, to)];
}
