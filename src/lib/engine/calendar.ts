/** Rebalance calendars: a number that changes when a new period begins. */
import { DAY } from '../model/index.ts';
import type { Rebalance } from '../strategy/index.ts';

/** The UTC period that `time` falls in; with `bar` and `change` every instant is one of its own. */
export function periodOf(rebalance: Rebalance, time: number): number {
  switch (rebalance) {
    case 'change':
    case 'bar':
      return time;
    case 'day':
      return Math.floor(time / DAY);
    case 'week':
      return Math.floor((time / DAY - 4) / 7);
    case 'month':
      return monthOf(time);
    case 'quarter':
      return Math.floor(monthOf(time) / 3);
    case 'year':
      return Math.floor(monthOf(time) / 12);
  }
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
