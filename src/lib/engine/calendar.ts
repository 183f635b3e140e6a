/** Rebalance calendars: a number that changes when a new period begins. */
import { DAY } from '../model/index.ts';
import { handlerOf, type Rebalance, type Strategy } from '../strategy/index.ts';

/** Targets are asked for at the first instant of each new period, and not at all of them. */
export function hasPeriods(rebalance: Rebalance = 'change'): boolean {
  return rebalance !== 'change' && rebalance !== 'bar';
}

/** Rows are read nowhere but at the instants that targets are asked for, and these are few. */
export function readsSparsely(strategy: Strategy): boolean {
  return hasPeriods(strategy.rebalance) && strategy.exits === undefined && handlerOf(strategy) === undefined;
}

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

/** Months since year 0, by the calendar's cycle of 400 years, which a year that begins in March makes regular (Hinnant 2013). */
function monthOf(time: number): number {
  const days = Math.floor(time / DAY) + 719_468;
  const era = Math.floor(days / 146_097);
  const day = days - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const ofYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (year + era * 400) * 12 + Math.floor((5 * ofYear + 2) / 153) + 2;
}
