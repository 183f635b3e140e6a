/** All orders at work, by instrument, with the band of prices inside which none of them acts. */
import type { Block, Order } from '../model/index.ts';
import { WorkingOrder } from './working-order.ts';

export class WorkingOrders {
  /** By instrument, in order of id. */
  readonly lists: WorkingOrder[][];
  private readonly byId: (WorkingOrder | undefined)[] = [];
  /** Nothing happens on a bar that stays strictly between `below` and `above`, completes before `expiry` and finds no `urgent` order. */
  readonly below: Float64Array;
  readonly above: Float64Array;
  readonly expiry: Float64Array;
  readonly urgent: Uint8Array;
  /** Prices at or beyond these move a trailing stop. */
  readonly followBelow: Float64Array;
  readonly followAbove: Float64Array;
  count = 0;
  /** Orders that have ended: the first `free` of them may be used again, the rest may still be waited for in this instant. */
  private readonly ended: WorkingOrder[] = [];
  private free = 0;

  constructor(instruments: number) {
    this.lists = Array.from({ length: instruments }, () => []);
    this.below = new Float64Array(instruments).fill(Number.NEGATIVE_INFINITY);
    this.above = new Float64Array(instruments).fill(Number.POSITIVE_INFINITY);
    this.expiry = new Float64Array(instruments).fill(Number.POSITIVE_INFINITY);
    this.urgent = new Uint8Array(instruments);
    this.followBelow = new Float64Array(instruments).fill(Number.NEGATIVE_INFINITY);
    this.followAbove = new Float64Array(instruments).fill(Number.POSITIVE_INFINITY);
  }

  find(id: number): WorkingOrder | undefined {
    return this.byId[id];
  }

  /** The order at the venue, not yet at work. */
  take(order: Order, arrival: number): WorkingOrder {
    const working = this.free > 0 ? this.reuse() : new WorkingOrder();
    working.begin(order, arrival);
    return working;
  }

  /** It has ended. */
  leave(order: WorkingOrder): void {
    order.alive = false;
    this.ended[this.ended.length] = order;
  }

  /** An instant is over: nothing waits for orders that ended in it. */
  release(): void {
    this.free = this.ended.length;
  }

  add(order: WorkingOrder): void {
    const list = this.lists[order.instrument]!;
    let at = list.length;
    list[at] = order;
    for (; at > 0 && list[at - 1]!.id > order.id; at -= 1) list[at] = list[at - 1]!;
    list[at] = order;
    this.byId[order.id] = order;
    this.count += 1;
    this.refresh(order.instrument);
  }

  remove(order: WorkingOrder): void {
    const list = this.lists[order.instrument]!;
    for (let at = list.indexOf(order) + 1; at < list.length; at += 1) list[at - 1] = list[at]!;
    list.pop();
    this.byId[order.id] = undefined;
    this.leave(order);
    this.count -= 1;
    this.refresh(order.instrument);
  }

  /** True when no order acts on the row's bar, whatever its path; trailing stops that it only moves have then followed it. */
  sleepThrough(block: Block, row: number): boolean {
    const i = block.instrument[row]!;
    const low = block.low[row]!;
    const high = block.high[row]!;
    if (low <= this.below[i]! || high >= this.above[i]! || this.urgent[i] !== 0 || block.at[row]! >= this.expiry[i]!)
      return false;
    if (low > this.followBelow[i]! && high < this.followAbove[i]!) return true;
    return this.followAll(block, row);
  }

  /** Trailing stops follow bars between these prices, on which nothing acted. */
  follow(instrument: number, highest: number, lowest: number): void {
    const rose = highest > this.followAbove[instrument]!;
    const fell = lowest < this.followBelow[instrument]!;
    if (!rose && !fell) return;
    const list = this.lists[instrument]!;
    for (let k = 0; k < list.length; k += 1) {
      const order = list[k]!;
      if (order.falling ? rose : fell) order.follow(order.falling ? highest : lowest);
    }
    this.refresh(instrument);
  }

  /** Even the stop that trails the bar's best price must stay out of reach of its worst. */
  private followAll(block: Block, row: number): boolean {
    const i = block.instrument[row]!;
    const list = this.lists[i]!;
    const low = block.low[row]!;
    const high = block.high[row]!;
    for (let k = 0; k < list.length; k += 1) {
      const order = list[k]!;
      if (!order.trailing) continue;
      const level = order.trailLevel(order.falling ? high : low);
      if (Number.isNaN(order.anchor) || (order.falling ? low <= level : high >= level)) return false;
    }
    for (let k = 0; k < list.length; k += 1) list[k]!.follow(list[k]!.falling ? high : low);
    this.refresh(i);
    return true;
  }

  private reuse(): WorkingOrder {
    const ended = this.ended;
    this.free -= 1;
    const order = ended[this.free]!;
    // The last takes its place, which may be one that is still waited for: those stay behind the free ones.
    ended[this.free] = ended.at(-1)!;
    ended.pop();
    return order;
  }

  /** Recomputes the band after orders of the instrument changed. */
  refresh(instrument: number): void {
    let below = Number.NEGATIVE_INFINITY;
    let above = Number.POSITIVE_INFINITY;
    let expiry = Number.POSITIVE_INFINITY;
    let urgent = 0;
    let followBelow = Number.NEGATIVE_INFINITY;
    let followAbove = Number.POSITIVE_INFINITY;
    for (const order of this.lists[instrument]!) {
      if (order.expires < expiry) expiry = order.expires;
      if (
        order.fresh ||
        order.takes ||
        order.stance === 'market' ||
        order.cancelAt < Number.POSITIVE_INFINITY ||
        order.change !== null
      )
        urgent = 1;
      if (order.falling) below = Math.max(below, Number.isNaN(order.level) ? below : order.level);
      else above = Math.min(above, Number.isNaN(order.level) ? above : order.level);
      if (!order.trailing) continue;
      // a new best price, or the activation price, moves a trailing stop
      const moves = Number.isNaN(order.anchor) ? order.activation : order.anchor;
      if (Number.isNaN(moves)) urgent = 1;
      else if (order.falling) followAbove = Math.min(followAbove, moves);
      else followBelow = Math.max(followBelow, moves);
    }
    this.below[instrument] = below;
    this.above[instrument] = above;
    this.expiry[instrument] = expiry;
    this.urgent[instrument] = urgent;
    this.followBelow[instrument] = followBelow;
    this.followAbove[instrument] = followAbove;
  }
}
