/** Which longer bar a time belongs to: buckets on clock, calendar and session boundaries. */
import { DAY, HOUR, MINUTE, type Timeframe, timeframeMs, WEEK } from '../../model/index.ts';
import { type Calendar, localTime, zonedTime } from '../calendar/index.ts';

/** The span of a bucket: bars that open in [start, end) make one bar, stamped `stamp`. */
export type Bucket = { readonly start: number; readonly end: number; readonly stamp: number };

/** Finds the bucket of a time; buckets follow each other without overlap. */
export type Bucketing = (time: number) => Bucket;

export type Boundaries = {
  /** IANA zone whose midnights bound days, weeks and months. */
  readonly timeZone: string;
  /** With a calendar, days are its sessions and shorter buckets count from each session's open. */
  readonly calendar: Calendar | undefined;
};

/** 1970-01-05 was a Monday. */
const firstMonday = 4 * DAY;

export function bucketing(timeframe: Timeframe, boundaries: Boundaries): Bucketing {
  const count = Number.parseInt(timeframe, 10);
  const span = timeframeMs(timeframe);
  if (boundaries.calendar !== undefined) return sessionBuckets(boundaries.calendar, timeframe, count, span);
  const { timeZone } = boundaries;
  const local = (day: number): number => zonedTime(timeZone, day, 0);
  if (Number.isNaN(span) || span % DAY === 0) {
    const [floor, following] = dateBuckets(timeframe, count);
    return (time) => {
      const day = floor(localTime(timeZone, time));
      const start = local(day);
      return { start, end: local(following(day)), stamp: start };
    };
  }
  if (span > DAY || DAY % span !== 0) {
    // Spans that do not divide a day count from the epoch, as there is no midnight to hold on to.
    return (time) => {
      const start = Math.floor(time / span) * span;
      return { start, end: start + span, stamp: start };
    };
  }
  return (time) => {
    const wall = localTime(timeZone, time);
    const ahead = wall - time;
    const start = Math.floor(wall / span) * span - ahead;
    // Across a clock change the bucket may have begun under the other offset; local clocks then decide both ends.
    if (span <= HOUR && ahead % span === 0) return { start, end: start + span, stamp: start };
    const begin = zonedWall(timeZone, Math.floor(wall / span) * span);
    const end = zonedWall(timeZone, (Math.floor(wall / span) + 1) * span);
    return { start: begin, end, stamp: begin };
  };
}

function zonedWall(timeZone: string, wall: number): number {
  const day = Math.floor(wall / DAY) * DAY;
  return zonedTime(timeZone, day, (wall - day) / MINUTE);
}

/** Floor of a local date to its bucket's first date, and the first date of the next bucket. */
function dateBuckets(timeframe: Timeframe, count: number): [(day: number) => number, (day: number) => number] {
  if (timeframe.endsWith('M')) {
    const month = (day: number): number => {
      const date = new Date(day);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    };
    const first = (index: number): number => Date.UTC(Math.floor(index / 12), ((index % 12) + 12) % 12, 1);
    return [(day) => first(Math.floor(month(day) / count) * count), (day) => first(month(day) + count)];
  }
  // Weeks, and days by sevens, begin on Monday; other multiples of days count from the epoch.
  const span = timeframeMs(timeframe);
  const origin = span % WEEK === 0 ? firstMonday : 0;
  return [(day) => Math.floor((day - origin) / span) * span + origin, (day) => day + span];
}

/** Sessions as days, stamped with their dates; parts of a session count from its open and end at its close. */
function sessionBuckets(calendar: Calendar, timeframe: Timeframe, count: number, span: number): Bucketing {
  if (!Number.isNaN(span) && span < DAY) {
    return (time) => {
      const date = calendar.sessionOf(time);
      const open = calendar.sessionOpen(date);
      const close = calendar.sessionClose(date);
      if (time < open) return { start: time, end: open, stamp: Number.NaN };
      if (time >= close) return { start: time, end: calendar.sessionOpen(calendar.next(date)), stamp: Number.NaN };
      const start = open + Math.floor((time - open) / span) * span;
      return { start, end: Math.min(start + span, close), stamp: start };
    };
  }
  const [floor, following] = dateBuckets(timeframe, count);
  return (time) => {
    const first = floor(calendar.sessionOf(time));
    // The bucket's instants are those whose session date lies in it.
    const next = following(first);
    const start = sessionStart(calendar, first);
    return { start, end: sessionStart(calendar, next), stamp: first };
  };
}

/** First instant that counts to the session on or after a date: the moment after the trading day before it. */
function sessionStart(calendar: Calendar, date: number): number {
  const previous = calendar.previous(date);
  const shift = calendar.name === 'fx' ? -7 * 60 : 0;
  return zonedTime(calendar.timeZone, previous + DAY, shift);
}
