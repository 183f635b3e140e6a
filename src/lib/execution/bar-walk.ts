/** The walk along one bar: open, one extreme, the other, close, stopping wherever an order acts. */
import type { Account } from '../portfolio/index.ts';
import type { IntrabarPath } from './config.ts';
import type { Executor } from './executor.ts';
import { lowComesFirst } from './intrabar-path.ts';
import type { MarginWatch } from './margin-watch.ts';
import type { Matching, Scene } from './matching.ts';
import type { ReportQueue } from './report-queue.ts';
import type { WorkingOrder } from './working-order.ts';
import type { WorkingOrders } from './working-orders.ts';

export type WalkParts = {
  readonly account: Account;
  readonly path: IntrabarPath;
  readonly orders: WorkingOrders;
  readonly reports: ReportQueue;
  readonly matching: Matching;
  readonly executor: Executor;
  readonly margin: MarginWatch;
};

export class BarWalk {
  ambiguousBars = 0;
  instrument = -1;
  private readonly parts: WalkParts;
  private scene: Scene | null = null;
  /** Prices the path still runs to; the present leg is the first. */
  private readonly corners = new Float64Array(3);
  private leg = 3;
  private price = Number.NaN;
  private fallMatters = false;
  private riseMatters = false;

  constructor(parts: WalkParts) {
    this.parts = parts;
  }

  /** Stands at the open of the scene's bar; opening trades are over. */
  start(scene: Scene): void {
    const { block, row } = scene;
    const { account, orders, path } = this.parts;
    this.scene = scene;
    this.instrument = block.instrument[row]!;
    this.fallMatters = false;
    this.riseMatters = false;
    const open = block.open[row]!;
    const high = block.high[row]!;
    const low = block.low[row]!;
    const close = block.close[row]!;
    this.price = open;
    this.leg = Number.isNaN(open + high + low + close) ? 3 : 0;
    if (this.leg === 3) return;
    const list = orders.lists[this.instrument]!;
    let firstSide = 0;
    for (const order of list) {
      if (!meets(order, scene)) continue;
      order.follow(open);
      this.note(order);
      if (firstSide === 0 && this.reaches(order, low, high)) firstSide = order.side;
    }
    const held = account.quantity[this.instrument]!;
    const lowFirst = lowComesFirst(path, held === 0 ? -firstSide : held, open, high, low);
    this.corners[0] = lowFirst ? low : high;
    this.corners[1] = lowFirst ? high : low;
    this.corners[2] = close;
  }

  /** Moves to where something happens next; false at the end of the bar. */
  step(): boolean {
    const scene = this.scene!;
    const { matching, account, reports } = this.parts;
    while (this.leg < 3) {
      const target = this.corners[this.leg]!;
      const order = this.next(scene, target);
      const level = order === null ? target : order.actsAt(this.price) ? this.price : order.level;
      if (this.callComesFirst(level)) this.liquidate(scene);
      else {
        this.moveTo(level);
        if (order === null) this.leg += 1;
        else matching.act(order, level, scene);
      }
      if (reports.length > 0) return true;
    }
    // A bar without prices leaves the last mark: a position without one would make the whole account worthless.
    if (!Number.isNaN(this.price)) account.price[this.instrument] = this.price;
    return false;
  }

  /** Remembers on which legs the order could act, whichever comes first; a bar with both is ambiguous. */
  note(order: WorkingOrder): void {
    const { block, row } = this.scene!;
    if (this.fallMatters && this.riseMatters) return;
    const low = block.low[row]!;
    const high = block.high[row]!;
    if (this.reaches(order, low, high)) {
      if (order.falling) this.fallMatters = true;
      else this.riseMatters = true;
    }
    if (order.trailing && this.trailsIntoReach(order, low, high)) {
      this.fallMatters = true;
      this.riseMatters = true;
    }
    if (this.fallMatters && this.riseMatters) this.ambiguousBars += 1;
  }

  private reaches(order: WorkingOrder, low: number, high: number): boolean {
    return order.falling ? low <= order.level : high >= order.level;
  }

  /** Would be hit by one extreme only after the other has moved it. */
  private trailsIntoReach(order: WorkingOrder, low: number, high: number): boolean {
    const best = order.falling ? high : low;
    const from = Number.isNaN(order.anchor) ? order.activation : order.anchor;
    if (order.falling ? best < from : best > from) return false;
    const level = order.trailLevel(best);
    return order.falling ? low <= level : high >= level;
  }

  /** The order that acts first between here and `target`: at once by id, otherwise the nearest level. */
  private next(scene: Scene, target: number): WorkingOrder | null {
    const here = this.price;
    const down = target < here;
    let nearest: WorkingOrder | null = null;
    for (const order of this.parts.orders.lists[this.instrument]!) {
      if (order.spent === scene.instant || !meets(order, scene)) continue;
      if (order.actsAt(here)) return order;
      if (order.falling !== down) continue;
      if (down ? target > order.level : target < order.level) continue;
      if (Number.isNaN(order.level)) continue;
      if (nearest === null || (down ? order.level > nearest.level : order.level < nearest.level)) nearest = order;
    }
    return nearest;
  }

  private moveTo(price: number): void {
    this.price = price;
    for (const order of this.parts.orders.lists[this.instrument]!) if (meets(order, this.scene!)) order.follow(price);
    const { account, margin } = this.parts;
    margin.mark(this.instrument, price);
    account.price[this.instrument] = price;
  }

  /** The margin call lies on the way to `level`. */
  private callComesFirst(level: number): boolean {
    const weight = this.parts.margin.weight[this.instrument]!;
    if (weight === 0) return false;
    return this.parts.margin.slackAt(this.instrument, level) < 0;
  }

  private liquidate(scene: Scene): void {
    const { margin, executor, account } = this.parts;
    // slack that was gone before this leg (fees of a fill) is called where price stands
    this.moveTo(margin.slack[0]! >= 0 ? margin.callPrice(this.instrument) : this.price);
    margin.report(scene.time, this.parts.reports);
    executor.liquidate(this.instrument, account.price[this.instrument]!, scene.time);
  }
}

/** The order reached the venue before the bar opened, or during this very walk. */
export function meets(order: WorkingOrder, { block, row, instant }: Scene): boolean {
  return order.joined === instant || order.arrival <= block.time[row]!;
}
