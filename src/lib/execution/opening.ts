/** The opening of an instant: every row is marked at its open, then orders trade there over all instruments. */
import type { Block } from '../model/index.ts';
import { meets } from './bar-walk.ts';
import type { Floor } from './floor.ts';
import type { OrderDesk } from './order-desk.ts';

export class Opening {
  private readonly floor: Floor;
  private readonly desk: OrderDesk;

  constructor(floor: Floor, desk: OrderDesk) {
    this.floor = floor;
    this.desk = desk;
  }

  /** Marks every row at its open, ends what has expired, and queues what can trade at the open. */
  start(): void {
    const { instant, queue, orders, margin, account, activity } = this.floor;
    const { block, from, to } = instant;
    instant.phase = 'opening';
    instant.activeCount = 0;
    queue.clear();
    for (let k = from; k < to; k += 1) {
      const row = block.order[k]!;
      const i = block.instrument[row]!;
      if (!Number.isNaN(block.open[row]!)) account.price[i] = block.open[row]!;
      activity.begin(block, row);
      if (orders.lists[i]!.length > 0 || margin.weight[i] !== 0) instant.active[instant.activeCount++] = row;
    }
    margin.revalue();
    for (let a = 0; a < instant.activeCount; a += 1) this.openRow(block, instant.active[a]!);
    queue.sort();
  }

  /** Trades until there is something to report; false once nothing is left to do at the open. */
  advance(): boolean {
    const { instant, queue, account, matching, reports } = this.floor;
    while (reports.length === 0) {
      if (this.callMargin()) return true;
      const order = queue.next();
      if (order === undefined) {
        this.end();
        return false;
      }
      const price = account.price[order.instrument]!;
      if (!order.alive || order.spent === instant.number || !order.actsAt(price)) continue;
      const row = instant.rowOf(order.instrument);
      instant.now = instant.openingTime(row);
      matching.act(order, price, instant.scene(row, instant.now));
    }
    return true;
  }

  private openRow(block: Block, row: number): void {
    const { instant, orders, queue } = this.floor;
    const open = block.open[row]!;
    const time = block.time[row]!;
    const scene = instant.scene(row, time);
    const list = orders.lists[block.instrument[row]!]!;
    for (let k = 0; k < list.length; ) {
      const order = list[k]!;
      this.desk.deliver(order, time);
      if (order.alive && meets(order, scene)) {
        if (order.expires <= time) this.desk.expire(order);
        else if (!Number.isNaN(open) && this.desk.greet(order, open, time) && order.actsAt(open)) queue.push(order);
      }
      if (list[k] === order) k += 1; // else it has ended and the next took its place
    }
  }

  /** The opening prices alone may already call for margin: the largest position that trades now is closed first. */
  private callMargin(): boolean {
    const { instant, margin, executor, reports, account } = this.floor;
    if (!(margin.slack[0]! < 0)) return false;
    const row = this.largestPosition();
    if (row < 0) return false;
    const instrument = instant.block.instrument[row]!;
    instant.now = instant.openingTime(row);
    margin.report(instant.now, reports);
    executor.liquidate(instrument, account.price[instrument]!, instant.now);
    return true;
  }

  private largestPosition(): number {
    const { instant, account } = this.floor;
    let largest = -1;
    let most = 0;
    for (let a = 0; a < instant.activeCount; a += 1) {
      const row = instant.active[a]!;
      const i = instant.block.instrument[row]!;
      const value = Math.abs(account.quantity[i]! * account.price[i]! * account.instruments[i]!.multiplier);
      if (!(value > most) || Number.isNaN(instant.block.open[row]!)) continue;
      most = value;
      largest = row;
    }
    return largest;
  }

  /** What had to trade at once and did not, ends. */
  private end(): void {
    const { instant, orders, executor, queue } = this.floor;
    const { block } = instant;
    for (let a = 0; a < instant.activeCount; a += 1) {
      const row = instant.active[a]!;
      if (Number.isNaN(block.open[row]!)) continue;
      const scene = instant.scene(row, instant.openingTime(row));
      const list = orders.lists[block.instrument[row]!]!;
      for (let k = 0; k < list.length; ) {
        const order = list[k]!;
        if (meets(order, scene)) {
          order.fresh = false;
          order.takes = false;
          if (order.immediate && order.stance !== 'conditional') executor.cancel(order, scene.time, 'not marketable');
        }
        if (list[k] === order) k += 1;
      }
    }
    queue.clear();
  }
}
