/** Where days lie in a series. */
import type { DayRange } from './feature-model.ts';

/** First and last-but-one row of the days. */
export function rowsOf(day: Int32Array, { from, to }: DayRange): readonly [number, number] {
  return [lowerBound(day, from), lowerBound(day, to)];
}

function lowerBound(day: Int32Array, value: number): number {
  let low = 0;
  let high = day.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (day[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
