/** Makes a calendar out of its rules, remembering each year once it was worked out. */
import { DAY, MINUTE } from '../../model/index.ts';
import type { Calendar, CalendarRules, IrregularSession } from './calendar.ts';
import { floorDay, isWeekend, yearOf } from './dates.ts';
import { localDay, zonedTime } from './zone.ts';

type Year = { readonly closed: ReadonlySet<number>; readonly irregular: ReadonlyMap<number, IrregularSession> };

/** No market that is described here was closed for longer; a search beyond it is a bug in the rules. */
const longestClosureDays = 30;

export function sessionCalendar(rules: CalendarRules): Calendar {
  const years = new Map<number, Year>();
  const year = (date: number): Year => {
    const number = yearOf(date);
    const known = years.get(number);
    if (known !== undefined) return known;
    const worked: Year = {
      closed: new Set(rules.holidays(number)),
      irregular: new Map(rules.irregular(number).map((session) => [session.date, session])),
    };
    years.set(number, worked);
    return worked;
  };

  const isSession = (date: number): boolean => {
    const day = floorDay(date);
    return (rules.weekends || !isWeekend(day)) && !year(day).closed.has(day);
  };

  const step = (date: number, direction: 1 | -1): number => {
    let day = floorDay(date) + direction * DAY;
    for (let i = 0; i < longestClosureDays; i++, day += direction * DAY) if (isSession(day)) return day;
    throw new Error(`invariant broken: ${rules.name} has no session in ${longestClosureDays} days`);
  };

  return {
    name: rules.name,
    timeZone: rules.timeZone,
    sessionsPerYear: rules.sessionsPerYear,
    hoursPerSession: rules.hoursPerSession,
    isSession,
    sessionOpen: (date) => {
      const day = floorDay(date);
      if (!isSession(day)) return Number.NaN;
      return zonedTime(rules.timeZone, day, year(day).irregular.get(day)?.opens ?? rules.opens);
    },
    sessionClose: (date) => {
      const day = floorDay(date);
      if (!isSession(day)) return Number.NaN;
      return zonedTime(rules.timeZone, day, year(day).irregular.get(day)?.closes ?? rules.closes);
    },
    sessions: (from, to) => {
      const dates: number[] = [];
      for (let day = Math.ceil(from / DAY) * DAY; day < to; day += DAY) if (isSession(day)) dates.push(day);
      return Float64Array.from(dates);
    },
    next: (date) => step(date, 1),
    previous: (date) => step(date, -1),
    sessionOf: (time) => {
      // A session that begins on the evening before its date takes that evening's instants with it.
      const day = localDay(rules.timeZone, time - Math.min(rules.opens, 0) * MINUTE);
      return isSession(day) ? day : step(day, 1);
    },
  };
}
