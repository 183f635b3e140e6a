/** Return over the last calendar months. */
import { DAY } from '../../model/index.ts';
import { closingDay } from '../series/calendar.ts';
import type { ValueSeries } from '../series/sampling.ts';

/**
 * Last value over the value as of the same day `months` before, minus one; a month's last day answers to a month's last day.
 * NaN when the series starts later than that.
 */
export function trailingReturn({ time, value }: ValueSeries, months: number): number {
  const n = time.length;
  if (n < 2) return Number.NaN;
  const end = new Date(closingDay(time[n - 1]!) * DAY);
  const [year, month, day] = [end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate()];
  const lastDay = daysInMonth(year, month - months);
  const startDay = day === daysInMonth(year, month) ? lastDay : Math.min(day, lastDay);
  const start = Date.UTC(year, month - months, startDay);
  let i = n - 1;
  while (i >= 0 && closingDay(time[i]!) * DAY > start) i--;
  return i < 0 ? Number.NaN : value[n - 1]! / value[i]! - 1;
}

/** @param month from 0; may lie outside the year */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
