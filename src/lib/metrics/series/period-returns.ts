/** Returns by calendar period, and the tables made of them. */
import { type CalendarPeriod, closingDay, periodIndex, periodStart, yearMonth } from './calendar.ts';
import type { ValueSeries } from './sampling.ts';

export type PeriodReturns = {
  /** UTC start of each period that has a row. */
  readonly start: Float64Array;
  /** Return from the last row before the period (or the first row of all) to its last row. */
  readonly value: Float64Array;
};

/** Compounds a value series by UTC calendar period; the first row is the starting value. */
export function periodReturns({ time, value }: ValueSeries, period: CalendarPeriod): PeriodReturns {
  const starts: number[] = [];
  const returns: number[] = [];
  const n = time.length;
  let opening = value[0] ?? Number.NaN;
  let index = n > 1 ? periodIndex(closingDay(time[1]!), period) : 0;
  for (let i = 1; i < n; i++) {
    const next = i + 1 < n ? periodIndex(closingDay(time[i + 1]!), period) : Number.NaN;
    if (next === index) continue;
    starts.push(periodStart(index, period));
    returns.push(value[i]! / opening - 1);
    opening = value[i]!;
    index = next;
  }
  return { start: Float64Array.from(starts), value: Float64Array.from(returns) };
}

export const dailyReturns = (series: ValueSeries): PeriodReturns => periodReturns(series, 'day');
export const yearlyReturns = (series: ValueSeries): PeriodReturns => periodReturns(series, 'year');

export type MonthlyTable = {
  readonly years: readonly number[];
  /** Twelve returns a year, January first; NaN where there is no row. */
  readonly months: readonly Float64Array[];
  /** Return of each year. */
  readonly total: Float64Array;
};

/** Year x month returns, years without a row between included. */
export function monthlyReturns(series: ValueSeries): MonthlyTable {
  const monthly = periodReturns(series, 'month');
  const yearly = periodReturns(series, 'year');
  if (monthly.start.length === 0) return { years: [], months: [], total: new Float64Array(0) };
  const yearOf = (start: number): number => new Date(start).getUTCFullYear();
  const first = yearOf(monthly.start[0]!);
  const count = yearOf(monthly.start[monthly.start.length - 1]!) - first + 1;
  const months = Array.from({ length: count }, () => new Float64Array(12).fill(Number.NaN));
  const total = new Float64Array(count).fill(Number.NaN);
  monthly.start.forEach((start, i) => {
    const { year, month } = yearMonth(closingDay(start + 1));
    months[year - first]![month - 1] = monthly.value[i]!;
  });
  yearly.start.forEach((start, i) => {
    total[yearOf(start) - first] = yearly.value[i]!;
  });
  return { years: months.map((_, i) => first + i), months, total };
}
