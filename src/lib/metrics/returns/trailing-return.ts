/** Return over the last calendar months. */
import { DAY } from '../../model/index.ts';
import { closingDay } from '../series/calendar.ts';
import type { ValueSeries } from '../series/sampling.ts';

/** Last value over the value as of the same day `months` before, minus one; NaN when the series starts later than that. */
export function trailingReturn({ time, value }: ValueSeries, months: number): number {
  const n = time.length;
  if (n < 2) return Number.NaN;
  const end = new Date(closingDay(time[n - 1]!) * DAY);
  const target = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, 1));
  const daysInMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  const start = target.getTime() + (Math.min(end.getUTCDate(), daysInMonth) - 1) * DAY;
  let i = n - 1;
  while (i >= 0 && closingDay(time[i]!) * DAY > start) i--;
  return i < 0 ? Number.NaN : value[n - 1]! / value[i]! - 1;
}
