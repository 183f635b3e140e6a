/** Which UTC day, week, month or year an instant closes. */
import { DAY } from '../../model/index.ts';

export type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Day number since 1970 that the instant closes: a bar complete at midnight belongs to the day that ends there. */
export function closingDay(time: number): number {
  return Math.ceil(time / DAY) - 1;
}

/** Year and month (1 to 12) of a day number (proleptic Gregorian; Hinnant's civil-from-days). */
export function yearMonth(day: number): { readonly year: number; readonly month: number } {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month };
}

/** A number that is equal for days of one period and grows with time. Weeks start on Monday. */
export function periodIndex(day: number, period: CalendarPeriod): number {
  if (period === 'day') return day;
  if (period === 'week') return Math.floor((day + 3) / 7);
  const { year, month } = yearMonth(day);
  if (period === 'year') return year;
  return period === 'month' ? year * 12 + month - 1 : year * 4 + Math.floor((month - 1) / 3);
}

/** UTC epoch ms of the first instant of the period with that index. */
export function periodStart(index: number, period: CalendarPeriod): number {
  if (period === 'day') return index * DAY;
  if (period === 'week') return (index * 7 - 3) * DAY;
  if (period === 'year') return Date.UTC(index, 0, 1);
  return period === 'month'
    ? Date.UTC(Math.floor(index / 12), index % 12, 1)
    : Date.UTC(Math.floor(index / 4), (index % 4) * 3, 1);
}
