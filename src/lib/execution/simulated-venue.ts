/** The simulated venue on bars: it leads orders through the opening, the intrabar path and the close of each instant. */
import { type Block, type CorporateAction, instantEnd, timeAt, type VenueReport } from '../model/index.ts';
import { DailyCharges } from './charges.ts';
import { createFloor, type Floor, type VenueOptions } from './floor.ts';
import { BOTTOM, DUE, LookAhead, TOP } from './look-ahead.ts';
import { Opening } from './opening.ts';
import { OrderDesk } from './order-desk.ts';
import type { SimulatedVenue, VenueCommand } from './venue.ts';
import type { WorkingOrders } from './working-orders.ts';

/**
 * A venue that matches orders against bars, with its own account.
 *
 * - **Opening.** Market orders, and levels the bar gaps through, trade at the open over all instruments of the instant: what shrinks a
 *   position first, then by id. These fills carry the bar's open time (close-only series: its completion).
 * - **Path.** Then each bar is walked open, extreme, extreme, close (`IntrabarPath`) and orders act as price meets them; these fills carry
 *   the time of completion. An order that arrives between two steps meets the rest of the bar if its instrument is the one walked.
 * - **Limits** trade when price touches them, at their price or a better open, as maker; one that was through the market on arrival takes.
 *   Stops, take-profits and market orders take: half the spread and slippage go on top and may leave the bar's range, never a limit price.
 * - **Ambiguous** is a bar on which orders were in reach of both extremes, or of one only after the other had moved a trailing stop.
 * - **Money.** What opens is cut to buying power (cash, or leverage x equity at the prices of the moment) and the rest is cancelled. A margin
 *   call closes the walked position where the maintenance is used up; at an open the largest position first. Volume does not limit it.
 */
export function createSimulatedVenue(options: VenueOptions): SimulatedVenue {
  return new BarVenue(createFloor(options));
}

/** The look ahead keeps this fraction away from the price of a margin call: there the slack itself decides. */
const callMargin = 1e-6;

class BarVenue implements SimulatedVenue {
  private readonly floor: Floor;
  private readonly desk: OrderDesk;
  private readonly opening: Opening;
  private readonly charges: DailyCharges;
  /** Parts of the floor that every bar touches. */
  private readonly orders: WorkingOrders;
  private readonly lookOut: LookAhead;
  private readonly price: Float64Array;
  private readonly weight: Float64Array;
  private readonly slack: Float64Array;
  /** First open at which charges fall due. */
  private due: number;
  /** Learns a usual day for each instrument; only one model asks for it. */
  private readonly observes: boolean;
  /** Of the active rows, how many have been walked, and whether the next has begun. */
  private walked = 0;
  private walking = false;
  private settling = false;

  constructor(floor: Floor) {
    this.floor = floor;
    this.desk = new OrderDesk(floor);
    this.opening = new Opening(floor, this.desk);
    this.charges = new DailyCharges(floor.account, floor.reports);
    this.orders = floor.orders;
    this.lookOut = new LookAhead(floor.orders);
    this.price = floor.account.price;
    this.weight = floor.margin.weight;
    this.slack = floor.margin.slack;
    this.due = this.charges.due;
    this.observes = floor.options.execution.slippage.kind === 'square-root';
  }

  get ambiguousBars(): number {
    return this.floor.walk.ambiguousBars;
  }

  next(): VenueReport | undefined {
    return this.floor.reports.next();
  }

  quietUntil(block: Block, from: number, reach: number): number {
    if (this.floor.queue.waits) return from;
    if (block.starts.length === 2) {
      // Without orders, a position and charges there is nothing to look for.
      const idle = this.orders.count === 0 && this.weight[0] === 0 && this.due === Number.POSITIVE_INFINITY;
      return idle ? block.rows : this.lookAhead(block, from, Math.min(from + reach, block.rows));
    }
    if (block.time[block.order[from]!]! >= this.due) return from;
    const end = instantEnd(block, from);
    return this.isQuiet(block, from, end) ? end : from;
  }

  pass(block: Block, from: number, to: number): void {
    const alone = block.starts.length === 2;
    this.settling = false;
    this.orders.release();
    this.floor.instant.begin(block, alone ? to - 1 : from, to);
    if (alone && this.orders.count > 0) this.followAlone(block, from, to);
    if (alone && !this.observes) this.markAlone(block, from, to);
    else this.markCloses(block, from, to);
  }

  begin(block: Block, from: number, to: number): boolean {
    const open = block.time[block.order[from]!]!;
    if (open >= this.due) this.charge(open);
    this.settling = false;
    if (this.floor.queue.waits) this.floor.queue.clear(); // closes that were not settled are past
    this.orders.release();
    this.floor.instant.begin(block, from, to);
    if (this.isQuiet(block, from, to)) {
      this.markCloses(block, from, to);
      return this.floor.reports.length > 0;
    }
    this.opening.start();
    return true;
  }

  advance(): boolean {
    const { instant, reports } = this.floor;
    if (instant.phase === 'opening' && !this.opening.advance()) this.startWalks();
    if (instant.phase === 'walking' && reports.length === 0) this.advanceWalks();
    return reports.length > 0;
  }

  /** One order that trades on the close of the instant just seen; the first call puts them in order. */
  settle(): boolean {
    const { queue, instant, matching, executor, account, reports, activity } = this.floor;
    if (!queue.waits) return reports.length > 0;
    if (!this.settling) queue.sort();
    this.settling = true;
    const order = queue.next();
    if (order?.alive === true) {
      const row = instant.rowOf(order.instrument);
      const scene = instant.scene(row, instant.now);
      // A bar on which nothing happened has not been opened.
      activity.begin(instant.block, row);
      matching.act(order, account.price[order.instrument]!, scene);
      if (order.alive && order.immediate) executor.cancel(order, instant.now, 'not marketable');
    }
    return reports.length > 0 || queue.waits;
  }

  accept(command: VenueCommand): void {
    switch (command.kind) {
      case 'submit':
        this.desk.submit(command.order);
        break;
      case 'cancel':
        this.desk.cancel(command.order);
        break;
      case 'modify':
        this.desk.modify(command.order, command.change);
        break;
    }
  }

  corporateAction(action: CorporateAction): void {
    this.desk.corporateAction(action);
  }

  /** Nothing happens on any of the rows, even if all went against the account at once. Runs for every bar. */
  private isQuiet(block: Block, from: number, to: number): boolean {
    if (to - from === 1) return this.passes(block, block.order[from]!);
    const resting = this.orders.count > 0;
    let slack = this.slack[0]!;
    const callable = slack < Number.POSITIVE_INFINITY;
    if (!resting && !callable) return true;
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      if (resting && !this.orders.sleepThrough(block, row)) return false;
      if (!callable) continue;
      const i = block.instrument[row]!;
      const weight = this.weight[i]!;
      if (weight !== 0) slack += weight * ((weight > 0 ? block.low[row]! : block.high[row]!) - this.price[i]!);
    }
    return !(slack < 0);
  }

  /** First row of [from, to) of the only instrument that may touch an order or call for margin. */
  private lookAhead(block: Block, from: number, to: number): number {
    const { limits } = this.lookOut;
    const weight = this.weight[0]!;
    const call = this.price[0]! - this.slack[0]! / weight;
    limits[BOTTOM] = weight > 0 ? call + callMargin * Math.abs(call) : Number.NEGATIVE_INFINITY;
    limits[TOP] = weight < 0 ? call - callMargin * Math.abs(call) : Number.POSITIVE_INFINITY;
    limits[DUE] = this.due;
    return this.lookOut.until(0, block, from, to);
  }

  /** Trailing stops follow rows [from, to) of the only instrument, on which nothing acted. */
  private followAlone(block: Block, from: number, to: number): void {
    const lookOut = this.lookOut;
    // The engine may have come less far than was looked.
    if (lookOut.end !== to) this.lookAhead(block, from, to);
    this.orders.follow(0, lookOut.highest, lookOut.lowest);
  }

  /** Nothing happens on this row, the other marks staying as they are. */
  private passes(block: Block, row: number): boolean {
    if (!this.orders.sleepThrough(block, row)) return false;
    const i = block.instrument[row]!;
    const weight = this.weight[i]!;
    if (weight === 0) return true;
    const adverse = weight > 0 ? block.low[row]! : block.high[row]!;
    return !(this.slack[0]! + weight * (adverse - this.price[i]!) < 0);
  }

  private markCloses(block: Block, from: number, to: number): void {
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      this.markClose(block, row);
      if (this.observes)
        this.floor.activity.observe(block.instrument[row]!, block.time[row]!, block.close[row]!, block.volume[row]!);
    }
  }

  /** Closes of rows [from, to) of the only instrument, one after another. */
  private markAlone({ close }: Block, from: number, to: number): void {
    const weight = this.weight[0]!;
    if (weight === 0) {
      let last = to - 1;
      while (last >= from && Number.isNaN(close[last]!)) last -= 1;
      if (last >= from) this.price[0] = close[last]!;
      return;
    }
    let price = this.price[0]!;
    let slack = this.slack[0]!;
    for (let row = from; row < to; row += 1) {
      const mark = close[row]!;
      if (mark !== mark) continue;
      slack += weight * (mark - price);
      price = mark;
    }
    this.price[0] = price;
    this.slack[0] = slack;
  }

  private markClose(block: Block, row: number): void {
    const i = block.instrument[row]!;
    const close = block.close[row]!;
    if (Number.isNaN(close)) return;
    const weight = this.weight[i]!;
    if (weight !== 0) this.slack[0]! += weight * (close - this.price[i]!);
    this.price[i] = close;
  }

  private charge(time: number): void {
    this.charges.post(time);
    this.due = this.charges.due;
    this.floor.margin.revalue();
  }

  private startWalks(): void {
    const { instant } = this.floor;
    instant.phase = 'walking';
    instant.now = timeAt(instant.block, instant.from);
    this.walked = 0;
    this.walking = false;
  }

  private advanceWalks(): void {
    const { instant, walk, reports, margin, options } = this.floor;
    for (; this.walked < instant.activeCount; this.walked += 1) {
      const row = instant.active[this.walked]!;
      if (!this.walking && this.passes(instant.block, row)) {
        this.markClose(instant.block, row);
        continue;
      }
      if (!this.walking) walk.start(instant.scene(row, instant.now));
      this.walking = true;
      if (!options.closeOnly && walk.step()) return;
      walk.instrument = -1;
      this.walking = false;
      this.closeRow(instant.block, row);
      if (reports.length === 0) continue;
      this.walked += 1;
      return; // what the engine answers must not meet the next bar at its open
    }
    instant.phase = 'closed';
    this.markCloses(instant.block, instant.from, instant.to);
    margin.revalue();
  }

  /** The bar is over: orders whose time ran out during it end. */
  private closeRow(block: Block, row: number): void {
    const { orders, instant } = this.floor;
    const instrument = block.instrument[row]!;
    const traded = !Number.isNaN(block.open[row]!);
    const list = orders.lists[instrument]!;
    for (let k = 0; k < list.length; ) {
      const order = list[k]!;
      if (traded) order.takes = false;
      if (order.joined === instant.number) order.fresh = false;
      if (order.expires <= instant.now) this.desk.expire(order);
      if (list[k] === order) k += 1; // else it has ended and the next took its place
    }
    orders.refresh(instrument);
  }
}
