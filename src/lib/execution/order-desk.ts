/** Where commands arrive: orders are checked, compared with the market and put to work; cancels and changes reach them in time. */
import { type CorporateAction, DAY, type Order, type OrderChange } from '../model/index.ts';
import { meets } from './bar-walk.ts';
import type { Floor } from './floor.ts';
import { refusal } from './intake.ts';
import type { Scene } from './matching.ts';
import type { WorkingOrder } from './working-order.ts';

export class OrderDesk {
  private readonly floor: Floor;

  constructor(floor: Floor) {
    this.floor = floor;
  }

  submit(order: Order): void {
    const { account, instant, options, orders, reports } = this.floor;
    const reference = account.price[order.instrument] ?? Number.NaN;
    const time = Math.max(instant.now, order.created);
    const { latencyMs } = options.execution;
    const working = orders.take(order, time + latencyMs);
    const known = latencyMs === 0 && !Number.isNaN(reference);
    const takes = known && working.isThrough(reference);
    const reason = this.refusal(order, reference, takes && working.postOnly);
    if (reason !== '') {
      reports.push({ kind: 'rejected', order: order.id, time, reason });
      orders.leave(working);
      return;
    }
    reports.push({ kind: 'accepted', order: order.id, time });
    if (known) {
      working.uncompared = false;
      working.takes = takes;
      working.follow(reference);
    }
    if (latencyMs === 0) this.join(working);
    orders.add(working);
    if (working.joined === instant.number) this.floor.walk.note(working);
  }

  cancel(id: number): void {
    const { orders, instant, options } = this.floor;
    const order = orders.find(id);
    if (order === undefined) return; // finished meanwhile, or never here
    order.cancelAt = Math.min(order.cancelAt, instant.now + options.execution.latencyMs);
    this.deliver(order, instant.now);
    if (order.alive) orders.refresh(order.instrument);
  }

  modify(id: number, change: OrderChange): void {
    const { orders, instant, options, walk } = this.floor;
    const order = orders.find(id);
    if (order === undefined) return;
    order.change = { ...order.change, ...change };
    order.changeAt = instant.now + options.execution.latencyMs;
    this.deliver(order, instant.now);
    if (!order.alive) return;
    orders.refresh(order.instrument);
    if (instant.phase === 'walking' && order.instrument === walk.instrument) walk.note(order);
  }

  /** Lets a cancel or change that has arrived by `time` take effect. */
  deliver(order: WorkingOrder, time: number): void {
    if (order.change !== null && order.changeAt <= time) this.change(order, order.change, time);
    if (order.alive && order.cancelAt <= time) this.floor.executor.cancel(order, time, 'requested');
  }

  /** The first open a new order sees: late limits are compared with it, a day order learns its day. False when that ends the order. */
  greet(order: WorkingOrder, open: number, openTime: number): boolean {
    if (order.timeInForce === 'DAY' && order.expires === Number.POSITIVE_INFINITY) order.expires = dayEnd(openTime);
    if (!order.uncompared) return true;
    order.uncompared = false;
    order.takes = order.isThrough(open);
    if (!order.takes || !order.postOnly) return true;
    this.floor.executor.cancel(order, openTime, 'post-only would take');
    return false;
  }

  expire(order: WorkingOrder): void {
    this.floor.orders.remove(order);
    this.floor.reports.push({ kind: 'expired', order: order.id, time: order.expires, reason: order.timeInForce });
  }

  corporateAction(action: CorporateAction): void {
    const { options, margin, account, orders, activity } = this.floor;
    const instrument = options.instruments.findIndex((each) => each.symbol === action.symbol);
    if (instrument < 0) return;
    if (action.kind === 'dividend') this.payDividend(instrument, action.amount, action.time);
    else {
      account.split(instrument, action.ratio);
      activity.split(instrument, action.ratio);
      for (const order of orders.lists[instrument]!) {
        order.split(action.ratio);
        this.reportTerms(order, action.time);
      }
      orders.refresh(instrument);
    }
    margin.refresh(instrument);
  }

  private refusal(order: Order, reference: number, postOnlyTakes: boolean): string {
    const { orders, options } = this.floor;
    if (orders.find(order.id) !== undefined) return 'id is in use';
    const reason = refusal(order, options.instruments, reference);
    return reason === '' && postOnlyTakes ? 'post-only would take' : reason;
  }

  /** An order that comes in the middle of an instant may still trade in it. */
  private join(order: WorkingOrder): void {
    const { instant, queue, walk, options } = this.floor;
    const row = instant.rowOf(order.instrument);
    if (row < 0) return;
    if (instant.phase === 'walking') {
      if (order.instrument !== walk.instrument || options.closeOnly) return;
      order.joined = instant.number;
      if (order.timeInForce === 'DAY') order.expires = dayEnd(instant.block.time[row]!);
    } else if (instant.phase === 'opening') this.joinOpening(order, instant.scene(row, instant.now));
    else if (options.execution.fill === 'close' && order.stance === 'market') {
      if (!Number.isNaN(instant.block.close[row]!)) queue.push(order);
    }
  }

  private joinOpening(order: WorkingOrder, scene: Scene): void {
    const { instant, queue } = this.floor;
    const open = scene.block.open[scene.row]!;
    if (Number.isNaN(open) || !meets(order, scene)) return;
    instant.activate(scene.row);
    this.greet(order, open, scene.block.time[scene.row]!);
    if (order.actsAt(open)) queue.push(order);
  }

  private change(order: WorkingOrder, change: OrderChange, time: number): void {
    const { executor, account } = this.floor;
    order.change = null;
    order.changeAt = Number.POSITIVE_INFINITY;
    if (isPossible(change)) order.apply(change);
    if (order.remaining <= 0) return executor.cancel(order, time, 'changed to what was filled');
    if (order.stance === 'limit') {
      order.takes = order.isThrough(account.price[order.instrument]!);
      if (order.takes && order.postOnly) return executor.cancel(order, time, 'post-only would take');
    }
    this.reportTerms(order, time);
  }

  private reportTerms(order: WorkingOrder, time: number): void {
    this.floor.reports.push({
      kind: 'modified',
      order: order.id,
      time,
      quantity: order.quantity,
      ...(Number.isNaN(order.price) ? {} : { price: order.price }),
      ...(Number.isNaN(order.trigger) ? {} : { trigger: order.trigger }),
    });
  }

  private payDividend(instrument: number, perUnit: number, time: number): void {
    const { account, options, reports } = this.floor;
    const amount = -account.quantity[instrument]! * options.instruments[instrument]!.multiplier * perUnit;
    if (amount === 0) return;
    account.charge('dividend', amount);
    reports.push({ kind: 'charged', charge: 'dividend', instrument, time, amount });
  }
}

function dayEnd(time: number): number {
  return (Math.floor(time / DAY) + 1) * DAY;
}

function isPossible(change: OrderChange): boolean {
  const values: readonly (number | undefined)[] = [change.quantity, change.price, change.trigger];
  return values.every((value) => value === undefined || Number.isFinite(value)) && (change.quantity ?? 1) > 0;
}
