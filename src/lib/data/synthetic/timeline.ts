/** The bars that a synthetic market will have: when each opens, where its session begins and how active it is. */
import { DAY, HOUR, parseTime, parseTimeframe, timeframeMs } from '../../model/index.ts';
import { calendar } from '../calendar/index.ts';
import type { CompleteSyntheticSpec } from './spec.ts';

export type Timeline = {
  readonly time: Float64Array;
  /** 1 where a session begins. */
  readonly opens: Uint8Array;
  /** Multiplier of volatility; its mean square over a session is 1. */
  readonly activity: Float64Array;
};

/** Daily bars are stamped with the session date; shorter ones run from the open of each session to its close. */
export function timeline(spec: CompleteSyntheticSpec): Timeline {
  const market = calendar(spec.calendar);
  const from = parseTime(spec.from);
  const to = parseTime(spec.to);
  const span = timeframeMs(parseTimeframe(spec.timeframe));
  const times: number[] = [];
  const opens: number[] = [];
  const activity: number[] = [];
  // A session may begin on the evening before its date.
  for (const date of market.sessions(from - DAY, to + DAY)) {
    const open = span === DAY ? date : market.sessionOpen(date);
    const close = span === DAY ? date + 1 : market.sessionClose(date);
    for (let time = open; time < close; time += span) {
      if (time < from || time >= to) continue;
      times.push(time);
      opens.push(time === open ? 1 : 0);
      activity.push(span === DAY ? 1 : level(spec.activity, time, (time + span / 2 - open) / (close - open)));
    }
  }
  return { time: Float64Array.from(times), opens: Uint8Array.from(opens), activity: Float64Array.from(activity) };
}

/** @param elapsed part of the session that is over at the middle of the bar */
function level(shape: CompleteSyntheticSpec['activity'], time: number, elapsed: number): number {
  if (shape === 'flat') return 1;
  // The square roots are those of the mean squares of the curves.
  if (shape === 'u-shaped') return (0.6 + 1.2 * (2 * elapsed - 1) ** 2) / Math.sqrt(1.128);
  const hour = (time % DAY) / HOUR;
  return (1 + 0.35 * Math.cos(((hour - 15) / 12) * Math.PI)) / Math.sqrt(1.06125);
}
