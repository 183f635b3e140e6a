/** How many bars a calendar and a timeframe expect between two times. */
import { closeTime, DAY, type Timeframe, timeframeMs } from '../../model/index.ts';
import type { Calendar } from '../calendar/index.ts';

/** Bars expected to open in (after, before), both of them times of bars. */
export function barsBetween(timeframe: Timeframe, calendar: Calendar, after: number, before: number): number {
  const span = timeframeMs(timeframe);
  if (Number.isNaN(span)) {
    let count = 0;
    for (let time = closeTime(timeframe, after); time < before; time = closeTime(timeframe, time)) count++;
    return count;
  }
  if (calendar.name === '24/7' || span > DAY) return Math.max(0, Math.round((before - after) / span) - 1);
  if (span === DAY) return sessionsBetween(calendar, after, before);
  if (before - after <= span) return 0;
  // Inside of sessions: each holds as many bars as begin between its open and its close.
  let count = 0;
  for (const date of calendar.sessions(Math.floor(after / DAY) * DAY - DAY, before + DAY)) {
    const close = Math.min(calendar.sessionClose(date), before);
    const open = calendar.sessionOpen(date);
    const first = open > after ? open : open + (Math.floor((after - open) / span) + 1) * span;
    if (first < close) count += Math.ceil((close - first) / span);
  }
  return count;
}

/** Daily bars are stamped with a date, or with an instant of the session that begins or holds it. */
function sessionsBetween(calendar: Calendar, after: number, before: number): number {
  if (before - after <= DAY) return 0;
  return calendar.sessions(Math.floor(after / DAY) * DAY + DAY, Math.floor(before / DAY) * DAY).length;
}
