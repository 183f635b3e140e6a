/** Which instants of a sweep are decided on: a calendar is the same for every set. */
import { hasPeriods, periodOf } from '../engine/index.ts';
import type { Rebalance } from '../strategy/index.ts';
import type { Stretch } from './stretch.ts';

export interface Calendar {
  /** 1 at the instants of the stretch that are decided on; valid until the next call. Stretches come in order of time. */
  mark(stretch: Stretch): Uint8Array;
}

/** @param start instants up to it only warm up */
export function createCalendar(rebalance: Rebalance, start: number): Calendar {
  const always = !hasPeriods(rebalance);
  let marks = new Uint8Array(0);
  let period = Number.NaN;
  return {
    mark: ({ at, instants }) => {
      if (marks.length < instants) marks = new Uint8Array(instants);
      if (always && instants > 0 && at[0]! > start) return marks.fill(1, 0, instants);
      for (let t = 0; t < instants; t++) {
        const time = at[t]!;
        const current = time > start && !always ? periodOf(rebalance, time) : period;
        marks[t] = time > start && (always || current !== period) ? 1 : 0;
        period = current;
      }
      return marks;
    },
  };
}
