/** Trading calendars by name. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import { fx, roundTheClock, target, weekdays } from './always.ts';
import { type Calendar, type CalendarName, type CalendarRules, calendarNames } from './calendar.ts';
import { krx } from './krx.ts';
import { nyse } from './nyse.ts';
import { sessionCalendar } from './session-calendar.ts';

export { type Calendar, type CalendarName, calendarNames } from './calendar.ts';
export { localDay, localTime, zonedTime } from './zone.ts';

const rules: Readonly<Record<CalendarName, CalendarRules>> = {
  '24/7': roundTheClock,
  weekdays,
  fx,
  target,
  nyse,
  krx,
};

const made = new Map<string, Calendar>();

/**
 * The calendar of that name: `24/7`, `weekdays`, `fx` (24 hours on 5 days), `target` (ECB), `nyse` (since 1990), `krx` (2010 to 2027).
 * @throws SigmaError usage/bad-option naming the nearest when there is none.
 */
export function calendar(name: string): Calendar {
  const found = findCalendar(name);
  if (found !== undefined) return found;
  throw new SigmaError('usage/bad-option', `no calendar is called '${name}'`, {
    where: 'calendar',
    hint: didYouMean(name, calendarNames) || `there are ${calendarNames.join(', ')}`,
  });
}

/** As `calendar`; undefined when there is none. */
export function findCalendar(name: string): Calendar | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const found = calendarNames.find((each) => each === name);
  if (found === undefined) return undefined;
  const result = sessionCalendar(rules[found]);
  made.set(name, result);
  return result;
}
