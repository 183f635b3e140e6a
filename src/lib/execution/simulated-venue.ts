/** The simulated venue on bars: it leads orders through the opening, the intrabar path and the close of each instant. */
import {
  type Block,
  type CorporateAction,
  DAY,
  type Instrument,
  type OrderChange,
  type VenueReport,
} from '../model/index.ts';
import { type Account, type AccountConfig, createAccount } from '../portfolio/index.ts';
import { BarActivity } from './bar-activity.ts';
import { BarWalk, meets } from './bar-walk.ts';
import { DailyCharges } from './charges.ts';
import type { ExecutionConfig } from './config.ts';
import { Executor } from './executor.ts';
import { refusal } from './intake.ts';
import { MarginWatch } from './margin-watch.ts';
import { Matching, type Scene } from './matching.ts';
import { sortByPrecedence } from './precedence.ts';
import { ReportQueue } from './report-queue.ts';
import type { SimulatedVenue, VenueCommand } from './venue.ts';
import { WorkingOrder } from './working-order.ts';
import { WorkingOrders } from './working-orders.ts';

export type VenueOptions = {
  readonly instruments: readonly Instrument[];
  /** Only closes are known: every fill is at a close, and no bar has a path. */
  readonly closeOnly: boolean;
  readonly execution: ExecutionConfig;
  /** The venue keeps its own account on these terms. */
  readonly account: AccountConfig;
};

/**
 * Fills at the opening carry the bar's open time, all others the time of its completion; those of close-only series the latter.
 * An order that arrives between two steps of a walk meets the rest of that bar if its instrument is the one walked.
 */
export function createSimulatedVenue(options: VenueOptions): SimulatedVenue {
  return new BarVenue(options);
}

class BarVenue implements SimulatedVenue {
  readonly #options: VenueOptions;
  readonly #account: Account;
  readonly #orders: WorkingOrders;
  readonly #reports = new ReportQueue();
  readonly #activity: BarActivity;
  readonly #margin: MarginWatch;
  readonly #charges: DailyCharges;
  readonly #executor: Executor;
  readonly #matching: Matching;
  readonly #walk: BarWalk;
  /** Learns a usual day for each instrument; only one model asks for it. */
  readonly #observes: boolean;
  #phase: 'closed' | 'opening' | 'walking' = 'closed';
  #now = Number.NEGATIVE_INFINITY;
  #due = Number.NEGATIVE_INFINITY;
  #instant = 0;
  #block: Block | null = null;
  #from = 0;
  #to = 0;
  /** Rows of the instant on which something may happen. */
  readonly #active: Int32Array;
  #activeCount = 0;
  #walked = 0;
  /** Orders that may trade at the present moment, and how many had their turn. */
  #queue: WorkingOrder[] = [];
  #served = 0;
  #queueSorted = true;

  constructor(options: VenueOptions) {
    const { instruments, execution } = options;
    this.#options = options;
    const account = createAccount(options.account, instruments);
    const orders = new WorkingOrders(instruments.length);
    const reports = this.#reports;
    const activity = new BarActivity(instruments.length);
    const margin = new MarginWatch(account);
    const executor = new Executor({ account, execution, orders, reports, activity, margin });
    const matching = new Matching(executor, orders, reports);
    this.#account = account;
    this.#orders = orders;
    this.#activity = activity;
    this.#margin = margin;
    this.#charges = new DailyCharges(account, reports);
    this.#due = this.#charges.due;
    this.#executor = executor;
    this.#matching = matching;
    this.#walk = new BarWalk({ account, path: execution.path, orders, reports, matching, executor, margin });
    this.#observes = execution.slippage.kind === 'square-root';
    this.#active = new Int32Array(instruments.length);
  }

  get ambiguousBars(): number {
    return this.#walk.ambiguousBars;
  }

  drain(): readonly VenueReport[] {
    return this.#reports.drain();
  }

  begin(block: Block, from: number, to: number): void {
    this.#instant += 1;
    this.#block = block;
    this.#from = from;
    this.#to = to;
    const first = block.order[from]!;
    if (block.time[first]! >= this.#due) this.#charge(block.time[first]!);
    this.#now = block.at[first]!;
    if (this.#isQuiet(block, from, to)) {
      this.#markCloses(block, from, to);
      return;
    }
    this.#open(block, from, to);
  }

  advance(): boolean {
    if (this.#phase === 'opening') this.#advanceOpening();
    if (this.#phase === 'walking' && this.#reports.length === 0) this.#advanceWalk();
    return this.#reports.length > 0;
  }

  settle(): boolean {
    if (this.#queue.length > this.#served) this.#settleNext();
    return this.#reports.length > 0;
  }

  accept(command: VenueCommand): void {
    switch (command.kind) {
      case 'submit':
        this.#submit(command.order);
        break;
      case 'cancel':
        this.#cancel(command.order);
        break;
      case 'modify':
        this.#modify(command.order, command.change);
        break;
    }
  }

  corporateAction(action: CorporateAction): void {
    const instrument = this.#options.instruments.findIndex((each) => each.symbol === action.symbol);
    if (instrument < 0) return;
    if (action.kind === 'split') this.#split(instrument, action.ratio, action.time);
    else this.#payDividend(instrument, action.amount, action.time);
    this.#margin.refresh(instrument);
  }

  // ---- the instant ----

  /** True when no order acts on any of the rows and no price on them brings a margin call. */
  #isQuiet(block: Block, from: number, to: number): boolean {
    const { below, above, expiry, urgent } = this.#orders;
    const weight = this.#margin.weight;
    const price = this.#account.price;
    if (this.#orders.count === 0 && this.#account.openCount === 0) return true;
    let slack = this.#margin.slack[0]!;
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      const i = block.instrument[row]!;
      const low = block.low[row]!;
      const high = block.high[row]!;
      if (urgent[i] !== 0 || low <= below[i]! || high >= above[i]! || this.#now >= expiry[i]!) return false;
      const w = weight[i]!;
      if (w !== 0) slack += w * ((w > 0 ? low : high) - price[i]!);
    }
    return !(slack < 0);
  }

  #markCloses(block: Block, from: number, to: number): void {
    const price = this.#account.price;
    const weight = this.#margin.weight;
    const slack = this.#margin.slack;
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      const i = block.instrument[row]!;
      const close = block.close[row]!;
      if (close !== close) continue;
      const w = weight[i]!;
      if (w !== 0) slack[0]! += w * (close - price[i]!);
      price[i] = close;
    }
    if (this.#observes) this.#observe(block, from, to);
  }

  #observe(block: Block, from: number, to: number): void {
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      this.#activity.observe(block.instrument[row]!, block.time[row]!, block.close[row]!, block.volume[row]!);
    }
  }

  #charge(time: number): void {
    this.#charges.post(time);
    this.#due = this.#charges.due;
    this.#margin.revalue();
  }

  /** Marks every row at its open, ends what has expired, and queues what can trade at the open. */
  #open(block: Block, from: number, to: number): void {
    const { lists } = this.#orders;
    const price = this.#account.price;
    this.#phase = 'opening';
    this.#activeCount = 0;
    this.#walked = 0;
    this.#clearQueue();
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      const i = block.instrument[row]!;
      if (!Number.isNaN(block.open[row]!)) price[i] = block.open[row]!;
      this.#activity.volume[i] = block.volume[row]!;
      this.#activity.taken[i] = 0;
      if (lists[i]!.length > 0 || this.#margin.weight[i] !== 0) this.#active[this.#activeCount++] = row;
    }
    this.#margin.revalue();
    for (let a = 0; a < this.#activeCount; a += 1) this.#openRow(block, this.#active[a]!);
    sortByPrecedence(this.#queue, this.#account);
  }

  #openRow(block: Block, row: number): void {
    const open = block.open[row]!;
    const time = block.time[row]!;
    const scene = this.#scene(row, time);
    for (const order of [...this.#orders.lists[block.instrument[row]!]!]) {
      this.#deliver(order, time);
      if (!order.alive || !meets(order, scene)) continue;
      if (order.expires <= time) this.#expire(order, order.expires);
      else if (Number.isNaN(open)) continue;
      else if (order.uncompared && !this.#compare(order, open, time)) continue;
      else {
        if (order.timeInForce === 'DAY' && order.expires === Number.POSITIVE_INFINITY)
          order.expires = (Math.floor(time / DAY) + 1) * DAY;
        if (order.actsAt(open)) this.#queue.push(order);
      }
    }
  }

  #advanceOpening(): void {
    const block = this.#block!;
    while (this.#reports.length === 0) {
      if (this.#callAtOpen(block)) return;
      const order = this.#queue[this.#served];
      if (order === undefined) return this.#endOpening(block);
      this.#served += 1;
      const price = this.#account.price[order.instrument]!;
      if (!order.alive || order.spent === this.#instant || !order.actsAt(price)) continue;
      const row = this.#rowOf(order.instrument);
      this.#now = this.#openingTime(row);
      this.#matching.act(order, price, this.#scene(row, this.#now));
    }
  }

  /** The opening prices alone may already call for margin: the largest position that trades now is closed first. */
  #callAtOpen(block: Block): boolean {
    if (!(this.#margin.slack[0]! < 0)) return false;
    const { quantity, price, instruments } = this.#account;
    let largest = -1;
    let most = 0;
    for (let a = 0; a < this.#activeCount; a += 1) {
      const row = this.#active[a]!;
      const i = block.instrument[row]!;
      const value = Math.abs(quantity[i]! * price[i]! * instruments[i]!.multiplier);
      if (value > most && !Number.isNaN(block.open[row]!)) {
        most = value;
        largest = row;
      }
    }
    if (largest < 0) return false;
    const instrument = block.instrument[largest]!;
    this.#now = this.#openingTime(largest);
    this.#margin.report(this.#now, this.#reports);
    this.#executor.liquidate(instrument, price[instrument]!, this.#now);
    return true;
  }

  /** What had to trade at once and did not, ends; then the walk begins. */
  #endOpening(block: Block): void {
    for (let a = 0; a < this.#activeCount; a += 1) {
      const row = this.#active[a]!;
      if (Number.isNaN(block.open[row]!)) continue;
      const scene = this.#scene(row, this.#openingTime(row));
      for (const order of [...this.#orders.lists[block.instrument[row]!]!]) {
        if (!meets(order, scene)) continue;
        order.fresh = false;
        order.takes = false;
        if (order.immediate && order.stance !== 'conditional')
          this.#executor.cancel(order, scene.time, 'not marketable');
      }
    }
    this.#clearQueue();
    this.#phase = 'walking';
    this.#now = block.at[block.order[this.#from]!]!;
    this.#startRow();
  }

  #startRow(): void {
    if (this.#walked < this.#activeCount) this.#walk.start(this.#scene(this.#active[this.#walked]!, this.#now));
  }

  #advanceWalk(): void {
    const block = this.#block!;
    while (this.#walked < this.#activeCount) {
      if (!this.#options.closeOnly && this.#walk.step()) return;
      this.#closeRow(block.instrument[this.#active[this.#walked]!]!);
      this.#walked += 1;
      this.#startRow();
      if (this.#reports.length > 0) return;
    }
    this.#phase = 'closed';
    this.#walk.instrument = -1;
    this.#markCloses(block, this.#from, this.#to);
    this.#margin.revalue();
  }

  /** The bar is over: orders whose time ran out during it end. */
  #closeRow(instrument: number): void {
    for (const order of [...this.#orders.lists[instrument]!]) {
      order.takes = false;
      if (order.joined === this.#instant) order.fresh = false;
      if (order.expires <= this.#now) this.#expire(order, order.expires);
    }
    this.#orders.refresh(instrument);
  }

  /** One order that trades on the close of the instant just seen. */
  #settleNext(): void {
    if (!this.#queueSorted) {
      const waiting = this.#queue.slice(this.#served);
      sortByPrecedence(waiting, this.#account);
      this.#queue = waiting;
      this.#served = 0;
      this.#queueSorted = true;
    }
    const order = this.#queue[this.#served++]!;
    if (!order.alive) return;
    const scene = this.#scene(this.#rowOf(order.instrument), this.#now);
    this.#matching.act(order, this.#account.price[order.instrument]!, scene);
    if (order.alive && order.immediate) this.#executor.cancel(order, this.#now, 'not marketable');
  }

  #clearQueue(): void {
    this.#queue.length = 0;
    this.#served = 0;
    this.#queueSorted = true;
  }

  // ---- commands ----

  #submit(order: Extract<VenueCommand, { kind: 'submit' }>['order']): void {
    const reference = this.#account.price[order.instrument] ?? Number.NaN;
    const time = Math.max(this.#now, order.created);
    const reason =
      this.#orders.find(order.id) === undefined ? refusal(order, this.#options.instruments, reference) : 'id is in use';
    const { latencyMs } = this.#options.execution;
    const working = new WorkingOrder(order, time + latencyMs);
    const late = latencyMs > 0;
    const through = working.uncompared && !late && working.isThrough(reference);
    if (reason !== '' || (through && working.postOnly)) {
      const why = reason === '' ? 'post-only would take' : reason;
      this.#reports.push({ kind: 'rejected', order: order.id, time, reason: why });
      return;
    }
    this.#reports.push({ kind: 'accepted', order: order.id, time });
    if (!late && !Number.isNaN(reference)) {
      working.uncompared = false;
      working.takes = through;
      working.follow(reference);
    }
    if (!late) this.#join(working);
    this.#orders.add(working);
    if (working.joined === this.#instant) this.#walk.note(working);
  }

  /** An order that comes in the middle of an instant may still trade in it. */
  #join(order: WorkingOrder): void {
    const { instrument } = order;
    if (this.#phase === 'walking') {
      if (instrument === this.#walk.instrument && !this.#options.closeOnly) order.joined = this.#instant;
      return;
    }
    const row = this.#block === null ? -1 : this.#rowOf(instrument);
    if (row < 0) return;
    const block = this.#block!;
    if (this.#phase === 'opening') {
      if (!meets(order, this.#scene(row, this.#now)) || Number.isNaN(block.open[row]!)) return;
      if (!this.#isActive(row)) this.#active[this.#activeCount++] = row;
      if (order.actsAt(block.open[row]!)) this.#queue.push(order);
    } else if (this.#options.execution.fill === 'close' && order.stance === 'market') {
      if (Number.isNaN(block.close[row]!)) return;
      this.#queue.push(order);
      this.#queueSorted = false;
    }
  }

  #cancel(id: number): void {
    const order = this.#orders.find(id);
    if (order === undefined) return; // finished meanwhile, or never here
    order.cancelAt = Math.min(order.cancelAt, this.#now + this.#options.execution.latencyMs);
    this.#deliver(order, this.#now);
    if (order.alive) this.#orders.refresh(order.instrument);
  }

  #modify(id: number, change: OrderChange): void {
    const order = this.#orders.find(id);
    if (order === undefined) return;
    order.change = { ...order.change, ...change };
    order.changeAt = this.#now + this.#options.execution.latencyMs;
    this.#deliver(order, this.#now);
    if (!order.alive) return;
    this.#orders.refresh(order.instrument);
    if (order.joined === this.#instant || this.#phase === 'walking') this.#noteIfWalked(order);
  }

  #noteIfWalked(order: WorkingOrder): void {
    if (order.instrument === this.#walk.instrument) this.#walk.note(order);
  }

  /** Lets a cancel or change that has arrived by `time` take effect. */
  #deliver(order: WorkingOrder, time: number): void {
    if (order.change !== null && order.changeAt <= time) this.#change(order, order.change, time);
    if (order.alive && order.cancelAt <= time) this.#executor.cancel(order, time, 'requested');
  }

  #change(order: WorkingOrder, change: OrderChange, time: number): void {
    order.change = null;
    order.changeAt = Number.POSITIVE_INFINITY;
    if (Object.values(change).every((value) => Number.isFinite(value)) && (change.quantity ?? 1) > 0)
      order.apply(change);
    if (order.remaining <= 0) return this.#executor.cancel(order, time, 'changed to what was filled');
    const reference = this.#account.price[order.instrument]!;
    if (order.stance === 'limit') {
      order.takes = order.isThrough(reference);
      if (order.takes && order.postOnly) return this.#executor.cancel(order, time, 'post-only would take');
    }
    this.#reportTerms(order, time);
  }

  #reportTerms(order: WorkingOrder, time: number): void {
    this.#reports.push({
      kind: 'modified',
      order: order.id,
      time,
      quantity: order.quantity,
      ...(Number.isNaN(order.price) ? {} : { price: order.price }),
      ...(Number.isNaN(order.trigger) ? {} : { trigger: order.trigger }),
    });
  }

  /** A limit that could not be compared on arrival is compared with the first open it meets; false when that ends it. */
  #compare(order: WorkingOrder, open: number, time: number): boolean {
    order.uncompared = false;
    order.takes = order.isThrough(open);
    if (!order.takes || !order.postOnly) return true;
    this.#executor.cancel(order, time, 'post-only would take');
    return false;
  }

  #expire(order: WorkingOrder, time: number): void {
    this.#orders.remove(order);
    this.#reports.push({ kind: 'expired', order: order.id, time, reason: order.timeInForce });
  }

  // ---- corporate actions ----

  #split(instrument: number, ratio: number, time: number): void {
    this.#account.split(instrument, ratio);
    for (const order of this.#orders.lists[instrument]!) {
      order.split(ratio);
      this.#reportTerms(order, time);
    }
    this.#orders.refresh(instrument);
  }

  #payDividend(instrument: number, perUnit: number, time: number): void {
    const amount = -this.#account.quantity[instrument]! * this.#options.instruments[instrument]!.multiplier * perUnit;
    if (amount === 0) return;
    this.#account.charge('dividend', amount);
    this.#reports.push({ kind: 'charged', charge: 'dividend', instrument, time, amount });
  }

  // ---- places ----

  #scene(row: number, time: number): Scene {
    return { block: this.#block!, row, time, instant: this.#instant };
  }

  #openingTime(row: number): number {
    const block = this.#block!;
    return this.#options.closeOnly ? block.at[row]! : block.time[row]!;
  }

  /** Row of the instrument in the present instant, -1 without. */
  #rowOf(instrument: number): number {
    const block = this.#block!;
    for (let k = this.#from; k < this.#to; k += 1) {
      const row = block.order[k]!;
      if (block.instrument[row] === instrument) return row;
    }
    return -1;
  }

  #isActive(row: number): boolean {
    for (let a = 0; a < this.#activeCount; a += 1) if (this.#active[a] === row) return true;
    return false;
  }
}
