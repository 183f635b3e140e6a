/** What a trading calendar answers. A session is named by its date: the UTC midnight of that date, in epoch milliseconds. */

export const calendarNames = ['24/7', 'weekdays', 'fx', 'target', 'nyse', 'krx'] as const;
export type CalendarName = (typeof calendarNames)[number];

export interface Calendar {
  readonly name: CalendarName;
  /** IANA zone in which the hours below are kept. */
  readonly timeZone: string;
  /** For annualising. */
  readonly sessionsPerYear: number;
  readonly hoursPerSession: number;
  /** Whether the market holds a session on that date. A time of day is ignored. */
  isSession(date: number): boolean;
  /** First instant of the session, epoch milliseconds; NaN when there is none on that date. */
  sessionOpen(date: number): number;
  /** First instant after the session, early closes included; NaN when there is none on that date. */
  sessionClose(date: number): number;
  /** Dates of the sessions in [from, to), ascending. */
  sessions(from: number, to: number): Float64Array;
  /** Date of the first session after that date. */
  next(date: number): number;
  /** Date of the last session before that date. */
  previous(date: number): number;
  /** Date of the session that an instant counts to: that of its trading day, or the next one when the day has none. */
  sessionOf(time: number): number;
}

/** What tells one calendar from another; `sessionCalendar` makes the rest of it. */
export type CalendarRules = {
  readonly name: CalendarName;
  readonly timeZone: string;
  readonly sessionsPerYear: number;
  readonly hoursPerSession: number;
  /** Minutes after local midnight of the session date; negative begins on the day before. */
  readonly opens: number;
  readonly closes: number;
  readonly weekends: boolean;
  /** Closed weekdays of a year, as dates. Throws where the calendar's knowledge ends. */
  readonly holidays: (year: number) => readonly number[];
  /** Sessions of a year that do not open or close at the usual minute. */
  readonly irregular: (year: number) => readonly IrregularSession[];
};

export type IrregularSession = { readonly date: number; readonly opens?: number; readonly closes?: number };
