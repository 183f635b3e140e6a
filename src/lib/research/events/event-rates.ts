/** How many events each instrument has by itself: what a pattern must beat that only fires where events are frequent anyway. */
import type { DayRange } from '../../features/index.ts';
import { within } from '../splits/split-days.ts';
import type { EventIndex } from './event-index.ts';

/**
 * Each series' rate of events over that of the instruments beside it on the same days, 1 for one as busy as they are. Counts are taken as
 * Poisson around gamma-distributed rates, and each rate is drawn towards 1 by as much as its count can be chance (empirical Bayes, Clayton
 * and Kaldor 1987, with the variance of the rates by moments): where counts differ no more than chance lets them, all are exactly 1.
 */
export function eventRates(index: EventIndex, series: number, range: DayRange): Float64Array {
  const counts = new Float64Array(series);
  const expected = new Float64Array(series);
  for (const [day, { present, events }] of index) {
    if (!within(range, day)) continue;
    const share = events.reduce((sum, { length }) => sum + length, 0) / present.length;
    present.forEach((s, k) => {
      counts[s]! += events[k]!.length;
      expected[s]! += share;
    });
  }
  let excess = 0;
  let squares = 0;
  for (let s = 0; s < series; s++) {
    // Its own count is part of what it is expected to have.
    const chance = expected[s]! * (1 - 1 / series);
    excess += (counts[s]! - expected[s]!) ** 2 - chance;
    squares += expected[s]! ** 2;
  }
  if (!(excess > 0)) return counts.fill(1);
  const drawn = squares / excess;
  return counts.map((count, s) => (count + drawn) / (expected[s]! + drawn));
}
