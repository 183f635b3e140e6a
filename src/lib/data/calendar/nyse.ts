/** The New York Stock Exchange since 1990: holidays by rule, one-off closures and short days as facts (NYSE, "Holidays & Trading Hours"; historic list of special closings). */
import { DAY } from '../../model/index.ts';
import type { CalendarRules, IrregularSession } from './calendar.ts';
import { civil, easter, isWeekend, lastWeekday, nthWeekday, weekday } from './dates.ts';

const [sunday, monday, thursday, friday, saturday] = [0, 1, 4, 5, 6] as const;
const at = (hour: number, minute = 0): number => hour * 60 + minute;

/** Presidents' funerals, the attacks of 2001, hurricane Sandy. */
const closures = [
  civil(1994, 4, 27),
  ...[11, 12, 13, 14].map((day) => civil(2001, 9, day)),
  civil(2004, 6, 11),
  civil(2007, 1, 2),
  civil(2012, 10, 29),
  civil(2012, 10, 30),
  civil(2018, 12, 5),
  civil(2025, 1, 9),
];

const shortDays = [civil(1997, 12, 26), civil(1999, 12, 31), civil(2003, 12, 26)];

/** A holiday on Saturday is kept on Friday, one on Sunday on Monday. */
function observed(date: number): number {
  const day = weekday(date);
  return day === saturday ? date - DAY : day === sunday ? date + DAY : date;
}

function holidays(year: number): number[] {
  const newYear = civil(year, 1, 1);
  const dates = [
    // On a Saturday it is not kept at all: the old year's last session stays.
    ...(weekday(newYear) === saturday ? [] : [observed(newYear)]),
    nthWeekday(year, 2, monday, 3),
    easter(year) - 2 * DAY,
    lastWeekday(year, 5, monday),
    observed(civil(year, 7, 4)),
    nthWeekday(year, 9, monday, 1),
    nthWeekday(year, 11, thursday, 4),
    observed(civil(year, 12, 25)),
    ...closures.filter((date) => new Date(date).getUTCFullYear() === year),
  ];
  if (year >= 1998) dates.push(nthWeekday(year, 1, monday, 3));
  if (year >= 2022) dates.push(observed(civil(year, 6, 19)));
  return dates;
}

function irregular(year: number): IrregularSession[] {
  // Until 1992 short days ended at 14:00; the day after Thanksgiving is one since then.
  const closes = year < 1993 ? at(14) : at(13);
  const sessions: IrregularSession[] = [];
  if (year >= 1992) sessions.push({ date: nthWeekday(year, 11, thursday, 4) + DAY, closes });
  const independence = weekday(civil(year, 7, 4));
  if (year >= 1995 && !isWeekend(civil(year, 7, 4)) && independence !== monday) {
    // Until 2012 a Thursday holiday shortened the Friday after it instead of the day before.
    const after = independence === thursday && year < 2013;
    sessions.push({ date: civil(year, 7, after ? 5 : 3), closes });
  }
  const christmasEve = civil(year, 12, 24);
  if (!isWeekend(christmasEve) && weekday(christmasEve) !== friday) sessions.push({ date: christmasEve, closes });
  for (const date of shortDays) if (new Date(date).getUTCFullYear() === year) sessions.push({ date, closes });
  return sessions;
}

export const nyse: CalendarRules = {
  name: 'nyse',
  timeZone: 'America/New_York',
  sessionsPerYear: 252,
  hoursPerSession: 6.5,
  opens: at(9, 30),
  closes: at(16),
  weekends: false,
  holidays,
  irregular,
};
