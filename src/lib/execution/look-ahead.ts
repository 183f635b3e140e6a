/** How far the bars of an instrument run without an order that acts, its trailing stops followed in thought. */
import type { Block } from '../model/index.ts';
import type { WorkingOrder } from './working-order.ts';
import type { WorkingOrders } from './working-orders.ts';

/** Columns of `limits`. */
export const BOTTOM = 0;
export const TOP = 1;
export const DUE = 2;

export class LookAhead {
  /** A bar that leaves the open interval from BOTTOM to TOP, or opens at DUE or later, may not be passed. */
  readonly limits = Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  /** Where the last look ended, and the best prices up to there for stops that trail a rise and a fall. */
  end = -1;
  highest = Number.NaN;
  lowest = Number.NaN;
  private readonly orders: WorkingOrders;

  constructor(orders: WorkingOrders) {
    this.orders = orders;
  }

  /** First row of [from, to), all of the instrument, on which something may happen. */
  until(instrument: number, block: Block, from: number, to: number): number {
    const { urgent, expiry, below, above, followBelow, followAbove, lists } = this.orders;
    const { low, high, at, time } = block;
    const list = lists[instrument]!;
    const due = this.limits[DUE]!;
    const expires = expiry[instrument]!;
    let end = urgent[instrument] === 0 ? to : from;
    while (end > from && !(at[end - 1]! < expires && time[end - 1]! < due)) end -= 1;
    let floor = Math.max(this.limits[BOTTOM]!, below[instrument]!);
    let ceiling = Math.min(this.limits[TOP]!, above[instrument]!);
    let highest = followAbove[instrument]!;
    let lowest = followBelow[instrument]!;
    let row = from;
    for (;;) {
      const calmAbove = Math.max(floor, lowest);
      const calmBelow = Math.min(ceiling, highest);
      while (row < end && low[row]! > calmAbove && high[row]! < calmBelow) row += 1;
      if (row === end) break;
      const bottom = low[row]!;
      const top = high[row]!;
      // Even where it then stands a stop must stay out of the bar's reach.
      if (top >= highest) floor = Math.max(floor, levelOfFalling(list, top));
      if (bottom <= lowest) ceiling = Math.min(ceiling, levelOfRising(list, bottom));
      if (!(bottom > floor && top < ceiling)) break;
      if (top > highest) highest = top;
      if (bottom < lowest) lowest = bottom;
      row += 1;
    }
    this.end = row;
    this.highest = highest;
    this.lowest = lowest;
    return row;
  }
}

/** The highest level of the stops that trail a rise once price was at `top`; none may be passed that only begins to. */
function levelOfFalling(list: readonly WorkingOrder[], top: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < list.length; k += 1) {
    const order = list[k]!;
    if (!order.trailing || !order.falling) continue;
    if (Number.isNaN(order.anchor)) return Number.POSITIVE_INFINITY;
    highest = Math.max(highest, order.trailLevel(Math.max(order.anchor, top)));
  }
  return highest;
}

/** The lowest level of the stops that trail a fall once price was at `bottom`. */
function levelOfRising(list: readonly WorkingOrder[], bottom: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < list.length; k += 1) {
    const order = list[k]!;
    if (!order.trailing || order.falling) continue;
    if (Number.isNaN(order.anchor)) return Number.NEGATIVE_INFINITY;
    lowest = Math.min(lowest, order.trailLevel(Math.min(order.anchor, bottom)));
  }
  return lowest;
}
