/** Calendars without exchange hours: round the clock, weekdays, the currency market's week, and the days of the euro payment system. */
import { DAY } from '../../model/index.ts';
import type { CalendarRules } from './calendar.ts';
import { civil, easter } from './dates.ts';

const none = (): readonly never[] => [];
const wholeDay = { timeZone: 'UTC', hoursPerSession: 24, opens: 0, closes: 1440, irregular: none };

/** Crypto: each UTC day is a session. */
export const roundTheClock: CalendarRules = {
  ...wholeDay,
  name: '24/7',
  sessionsPerYear: 365.2425,
  weekends: true,
  holidays: none,
};

/** Monday to Friday, each UTC day a session. */
export const weekdays: CalendarRules = {
  ...wholeDay,
  name: 'weekdays',
  sessionsPerYear: 260.8875,
  weekends: false,
  holidays: none,
};

/** Spot currencies, 24 hours on 5 days: a session runs from 17:00 New York on the day before to 17:00; the week from Sunday to Friday. */
export const fx: CalendarRules = {
  name: 'fx',
  timeZone: 'America/New_York',
  sessionsPerYear: 260.8875,
  hoursPerSession: 24,
  opens: -7 * 60,
  closes: 17 * 60,
  weekends: false,
  holidays: none,
  irregular: none,
};

/** Days on which the euro payment system settles and the ECB publishes its reference rates (ECB, TARGET closing days). */
export const target: CalendarRules = {
  ...wholeDay,
  name: 'target',
  timeZone: 'Europe/Berlin',
  sessionsPerYear: 256,
  weekends: false,
  holidays: (year) => {
    const dates = [civil(year, 1, 1), civil(year, 12, 25)];
    // The long list holds since 2000; the turns of 1999 and 2001 were kept free for the changeovers.
    if (year >= 2000) {
      const sunday = easter(year);
      dates.push(sunday - 2 * DAY, sunday + DAY, civil(year, 5, 1), civil(year, 12, 26));
    }
    if (year === 1999 || year === 2001) dates.push(civil(year, 12, 31));
    return dates;
  },
};
