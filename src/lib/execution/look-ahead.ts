/** How far the bars of an instrument run without an order that acts, its trailing stops followed in thought. */
import type { Block } from '../model/index.ts';
import type { WorkingOrders } from './working-orders.ts';

/** Columns of a corridor. */
const BELOW = 0;
const ABOVE = 1;
const FOLLOW_BELOW = 2;
const FOLLOW_ABOVE = 3;

/** Columns of `limits`. */
export const BOTTOM = 0;
export const TOP = 1;
export const DUE = 2;

export class LookAhead {
  /** A bar that leaves the open interval from BOTTOM to TOP, or opens at DUE or later, may not be passed. */
  readonly limits = Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  readonly #orders: WorkingOrders;
  /** Where orders act and where trailing stops move, as thought so far. */
  readonly #corridor = new Float64Array(4);
  /** Best prices for stops that trail a rise and a fall. */
  readonly #best = new Float64Array(2);

  constructor(orders: WorkingOrders) {
    this.#orders = orders;
  }

  /** First row of [from, to), all of the instrument, on which something may happen. */
  until(instrument: number, block: Block, from: number, to: number): number {
    const orders = this.#orders;
    if (orders.urgent[instrument] !== 0) return from;
    const { low, high, at, time } = block;
    const corridor = this.#corridor;
    const bottom = this.limits[BOTTOM]!;
    const top = this.limits[TOP]!;
    const due = this.limits[DUE]!;
    const expiry = orders.expiry[instrument]!;
    let end = to;
    while (end > from && !(at[end - 1]! < expiry && time[end - 1]! < due)) end -= 1;
    this.#begin(instrument);
    let row = from;
    for (;;) {
      const floor = Math.max(bottom, corridor[BELOW]!, corridor[FOLLOW_BELOW]!);
      const ceiling = Math.min(top, corridor[ABOVE]!, corridor[FOLLOW_ABOVE]!);
      while (row < end && low[row]! > floor && high[row]! < ceiling) row += 1;
      if (row === end) return row;
      if (!(low[row]! > bottom && high[row]! < top && this.#moves(instrument, block, row))) return row;
      row += 1;
    }
  }

  #begin(instrument: number): void {
    const { below, above, followBelow, followAbove } = this.#orders;
    const corridor = this.#corridor;
    corridor[BELOW] = below[instrument]!;
    corridor[ABOVE] = above[instrument]!;
    corridor[FOLLOW_BELOW] = followBelow[instrument]!;
    corridor[FOLLOW_ABOVE] = followAbove[instrument]!;
    this.#best[0] = Number.NEGATIVE_INFINITY;
    this.#best[1] = Number.POSITIVE_INFINITY;
  }

  /** The row touches no order but moves trailing stops, and even where they then stand they stay out of its reach. */
  #moves(instrument: number, block: Block, row: number): boolean {
    const corridor = this.#corridor;
    const best = this.#best;
    const low = block.low[row]!;
    const high = block.high[row]!;
    if (!(low > corridor[BELOW]! && high < corridor[ABOVE]!)) return false;
    if (high > best[0]!) best[0] = high;
    if (low < best[1]!) best[1] = low;
    corridor[FOLLOW_ABOVE] = Number.POSITIVE_INFINITY;
    corridor[FOLLOW_BELOW] = Number.NEGATIVE_INFINITY;
    const list = this.#orders.lists[instrument]!;
    for (let k = 0; k < list.length; k += 1) {
      const order = list[k]!;
      if (!order.trailing) continue;
      const { anchor } = order;
      if (Number.isNaN(anchor)) return false;
      if (order.falling) {
        const highest = Math.max(anchor, best[0]!);
        const level = order.trailLevel(highest);
        if (low <= level) return false;
        corridor[BELOW] = Math.max(corridor[BELOW]!, level);
        corridor[FOLLOW_ABOVE] = Math.min(corridor[FOLLOW_ABOVE]!, highest);
      } else {
        const lowest = Math.min(anchor, best[1]!);
        const level = order.trailLevel(lowest);
        if (high >= level) return false;
        corridor[ABOVE] = Math.min(corridor[ABOVE]!, level);
        corridor[FOLLOW_BELOW] = Math.max(corridor[FOLLOW_BELOW]!, lowest);
      }
    }
    return true;
  }
}
