/** Ranges of time and of days as artifacts keep them: ISO 8601, open ends left out. */
import type { DayRange } from '../features/index.ts';
import { DAY, formatTime } from '../model/index.ts';
import type { ArtifactSplit } from '../registry/index.ts';
import { type Range, rangeOf } from '../runs/index.ts';

export type DatedRange = { readonly from?: string; readonly to?: string };

export function datedRange({ from, to }: Range): DatedRange {
  return {
    ...(Number.isFinite(from) ? { from: new Date(from).toISOString() } : {}),
    ...(Number.isFinite(to) ? { to: new Date(to).toISOString() } : {}),
  };
}

export function rangeOfDates({ from, to }: DatedRange): Range {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
  };
}

/** Days as dates, the end exclusive. */
export function datesOfDays({ from, to }: DayRange): ArtifactSplit {
  return { from: formatTime(from * DAY), to: formatTime(to * DAY) };
}

/** Days of `--from` and `--to`, the last of them included as in every command; the end of the result is exclusive. @throws SigmaError usage/bad-option, usage/empty-range */
export function dayRange(given: { readonly from?: string; readonly to?: string }): DayRange {
  const { from, to } = rangeOf(given);
  return {
    from: Number.isFinite(from) ? Math.floor(from / DAY) : Number.MIN_SAFE_INTEGER,
    to: Number.isFinite(to) ? Math.ceil(to / DAY) : Number.MAX_SAFE_INTEGER,
  };
}
