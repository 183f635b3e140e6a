/** From a curve of any spacing to the periods that annualised figures are computed on. */
import { DAY } from '../../model/index.ts';
import { closingDay } from './calendar.ts';

/** A value at each time; the first is the start, before any return. */
export type ValueSeries = { readonly time: Float64Array; readonly value: Float64Array };

const YEAR_DAYS = 365.25;
const GAPS_LOOKED_AT = 1000;

/** Days between rows: the median over up to 1,000 evenly spaced rows; NaN under two rows. */
function medianSpacingDays(time: Float64Array): number {
  const gaps = time.length - 1;
  if (gaps < 1) return Number.NaN;
  const looked = Math.min(gaps, GAPS_LOOKED_AT);
  const sample = new Float64Array(looked);
  for (let k = 0; k < looked; k++) {
    const i = Math.floor((k * gaps) / looked);
    sample[k] = (time[i + 1]! - time[i]!) / DAY;
  }
  return sample.sort()[Math.floor(looked / 2)]!;
}

/** Rows closer than this are within a day; sampled at day ends first. */
export function isIntraday(time: Float64Array): boolean {
  return medianSpacingDays(time) < 0.9;
}

/** The last row of each UTC day that has one. */
export function sampleDayEnds(time: Float64Array, value: Float64Array): ValueSeries {
  const rows: number[] = [];
  const n = time.length;
  let day = n > 0 ? closingDay(time[0]!) : 0;
  let dayEnd = (day + 1) * DAY;
  for (let i = 1; i < n; i++) {
    if (time[i]! <= dayEnd) continue;
    rows.push(i - 1);
    day = closingDay(time[i]!);
    dayEnd = (day + 1) * DAY;
  }
  if (n > 0) rows.push(n - 1);
  return { time: Float64Array.from(rows, (i) => time[i]!), value: Float64Array.from(rows, (i) => value[i]!) };
}

/**
 * Periods a year of rows a day or more apart, by their median spacing: daily 252 (five-day weeks: under 300 rows a year) or 365,
 * weekly 52, monthly 12, quarterly 4, yearly 1; anything else 365.25 / spacing. 252 under two rows.
 */
export function inferPeriodsPerYear(time: Float64Array): number {
  const spacing = medianSpacingDays(time);
  if (!(spacing > 0)) return 252;
  if (spacing < 1.5) {
    const span = (time[time.length - 1]! - time[0]!) / DAY;
    return ((time.length - 1) / span) * YEAR_DAYS < 300 ? 252 : 365;
  }
  if (spacing >= 6.5 && spacing <= 7.5) return 52;
  if (spacing >= 28 && spacing <= 31) return 12;
  if (spacing >= 89 && spacing <= 92) return 4;
  if (spacing >= 360 && spacing <= 370) return 1;
  return YEAR_DAYS / spacing;
}

/** Calendar time from the first to the last row in years of 365.25 days. */
export function yearsSpanned(time: Float64Array): number {
  return time.length < 2 ? 0 : (time[time.length - 1]! - time[0]!) / (YEAR_DAYS * DAY);
}
