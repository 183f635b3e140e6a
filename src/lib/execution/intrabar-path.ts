/** Which extreme of a bar comes first. A bar says how far price went up and down, not in which order. */
import type { IntrabarPath } from './config.ts';

/**
 * `pessimistic`: the extreme that hurts the position comes first (long: low, short: high). A flat account has only entries to lose by:
 * the bar then takes the order that leaves the worst after the entry, up first for a buy, down first for a sale.
 * `optimistic`: the other way round. `open-nearest`: the extreme nearer to the open; pessimistic when they are equally far.
 * @param exposure sign of the position; of the opposite of the first order within reach when flat; 0 counts as long
 */
export function lowComesFirst(path: IntrabarPath, exposure: number, open: number, high: number, low: number): boolean {
  const pessimistic = exposure >= 0;
  if (path === 'pessimistic') return pessimistic;
  if (path === 'optimistic') return !pessimistic;
  const up = high - open;
  const down = open - low;
  return up === down ? pessimistic : down < up;
}
