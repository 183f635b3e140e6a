/** Where in which session a row lies. */
import { DAY } from '../model/index.ts';
import type { FeatureSpec } from './specification.ts';

/** What a panel asks of a trading calendar; sessions are named by the UTC midnight of their date. */
export interface SessionCalendar {
  /** Date of the session that an instant counts to. */
  sessionOf(time: number): number;
  /** First instant of that session. */
  sessionOpen(date: number): number;
  /** First instant after it. */
  sessionClose(date: number): number;
}

/** Each UTC day is a session. */
export const roundTheClock: SessionCalendar = {
  sessionOf: (time) => Math.floor(time / DAY) * DAY,
  sessionOpen: (date) => date,
  sessionClose: (date) => date + DAY,
};

export interface SessionClock {
  /** Looks at the row that opens at an instant; false when the specification leaves it out. */
  place(openTime: number): boolean;
  /** Of the row last looked at: days since 1970-01-01, and its place in the session. */
  readonly day: number;
  readonly slot: number;
}

/** Calendars are asked once a session where rows come in time order. */
export function sessionClock({ session }: FeatureSpec, calendar: SessionCalendar, stepMs: number): SessionClock {
  let date = 0;
  let open = Number.NaN;
  let close = Number.NaN;
  const clock = { day: 0, slot: 0 };
  return {
    place: (time) => {
      if (!(time >= open && time < close)) {
        date = calendar.sessionOf(time);
        open = calendar.sessionOpen(date);
        close = calendar.sessionClose(date);
        if (!(time >= open && time < close)) return false;
      }
      clock.day = date / DAY;
      clock.slot = Math.floor((time - open) / stepMs);
      return clock.slot >= session.skip && clock.slot < session.slots;
    },
    get day() {
      return clock.day;
    },
    get slot() {
      return clock.slot;
    },
  };
}
