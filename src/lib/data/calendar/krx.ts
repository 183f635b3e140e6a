/**
 * The Korea Exchange, 2010 to 2027: solar holidays by rule; lunar holidays, substitutes and elections as facts. It is closed on
 * public holidays, on Labour Day and on the last weekday of a year. 2026 and 2027 are as the Public Holidays Act amended in 2026
 * has them, to which one-off holidays may still come.
 */
import { SigmaError } from '../../core/index.ts';
import { DAY } from '../../model/index.ts';
import type { CalendarRules } from './calendar.ts';
import { civil, isWeekend } from './dates.ts';

/** Closed weekdays beside the fixed ones: Seollal, Buddha's birthday, Chuseok, elections, substitute and one-off holidays. */
const closures: Readonly<Record<number, string>> = {
  2010: '02-15 05-21 06-02 09-21 09-22 09-23',
  2011: '02-02 02-03 02-04 05-10 09-12 09-13',
  2012: '01-23 01-24 04-11 05-28 10-01 12-19',
  2013: '02-11 05-17 09-18 09-19 09-20',
  2014: '01-30 01-31 05-06 06-04 09-08 09-09 09-10',
  2015: '02-18 02-19 02-20 05-25 08-14 09-28 09-29',
  2016: '02-08 02-09 02-10 04-13 05-06 09-14 09-15 09-16',
  2017: '01-27 01-30 05-03 05-09 10-02 10-04 10-05 10-06',
  2018: '02-15 02-16 05-07 05-22 06-13 09-24 09-25 09-26',
  2019: '02-04 02-05 02-06 05-06 09-12 09-13',
  2020: '01-24 01-27 04-15 04-30 08-17 09-30 10-01 10-02',
  2021: '02-11 02-12 05-19 08-16 09-20 09-21 09-22 10-04 10-11',
  2022: '01-31 02-01 02-02 03-09 06-01 09-09 09-12 10-10',
  2023: '01-23 01-24 05-29 09-28 09-29 10-02',
  2024: '02-09 02-12 04-10 05-06 05-15 09-16 09-17 09-18 10-01',
  2025: '01-27 01-28 01-29 01-30 03-03 05-06 06-03 10-06 10-07 10-08',
  2026: '02-16 02-17 02-18 03-02 05-25 06-03 08-17 09-24 09-25 10-05',
  2027: '02-08 02-09 05-03 05-13 07-19 08-16 09-14 09-15 09-16 10-04 10-11 12-27',
};

/** Month and day: New Year, Independence Movement, Labour, Children, Memorial, Liberation, Foundation, Christmas. */
const fixed = ['01-01', '03-01', '05-01', '05-05', '06-06', '08-15', '10-03', '12-25'];

function holidays(year: number): number[] {
  const facts = closures[year];
  if (facts === undefined) {
    throw new SigmaError('usage/bad-option', `the krx calendar knows 2010 to 2027, not ${year}`, {
      where: 'calendar',
      hint: 'use the weekdays calendar, or a shorter range',
    });
  }
  const days = [...fixed, ...facts.split(' ')];
  // Hangul day became a holiday again in 2013.
  if (year >= 2013) days.push('10-09');
  // And Constitution Day in 2026.
  if (year >= 2026) days.push('07-17');
  // The last weekday of a year has no trading.
  let last = civil(year, 12, 31);
  while (isWeekend(last)) last -= DAY;
  return [...days.map((day) => Date.parse(`${year}-${day}`)), last];
}

export const krx: CalendarRules = {
  name: 'krx',
  timeZone: 'Asia/Seoul',
  sessionsPerYear: 246,
  hoursPerSession: 6.5,
  opens: 9 * 60,
  closes: 15 * 60 + 30,
  weekends: false,
  holidays,
  irregular: (year) => {
    // Half an hour shorter until 2016-07-29.
    const sessions = [];
    const until = year < 2016 ? civil(year + 1, 1, 1) : year === 2016 ? civil(2016, 8, 1) : 0;
    for (let date = civil(year, 1, 1); date < until; date += DAY) sessions.push({ date, closes: 15 * 60 });
    return sessions;
  },
};
