/** What an order does when price is where it acts: a trigger fires, a limit makes or takes, a market order takes. */
import type { Block } from '../model/index.ts';
import type { Executor } from './executor.ts';
import type { ReportQueue } from './report-queue.ts';
import type { WorkingOrder } from './working-order.ts';
import type { WorkingOrders } from './working-orders.ts';

/** The bar that is traded on. */
export type Scene = { readonly block: Block; readonly row: number; readonly time: number; readonly instant: number };

export class Matching {
  private readonly executor: Executor;
  private readonly orders: WorkingOrders;
  private readonly reports: ReportQueue;

  constructor(executor: Executor, orders: WorkingOrders, reports: ReportQueue) {
    this.executor = executor;
    this.orders = orders;
    this.reports = reports;
  }

  /** Price stands at `reference`, where the order acts. */
  act(order: WorkingOrder, reference: number, scene: Scene): void {
    if (order.stance === 'conditional') {
      this.reports.push({ kind: 'triggered', order: order.id, time: scene.time });
      order.release();
      this.orders.refresh(order.instrument);
      if (!order.actsAt(reference)) {
        if (order.immediate) this.executor.cancel(order, scene.time, 'not marketable');
        return;
      }
      order.takes = true; // a limit that was released where it can trade takes
    }
    const takes = order.stance === 'market' || order.takes;
    this.executor.trade(order, {
      time: scene.time,
      reference,
      liquidity: takes ? 'taker' : 'maker',
      shown: takes ? Number.POSITIVE_INFINITY : shown(order, scene),
      instant: scene.instant,
    });
    order.takes = false;
  }
}

/** An iceberg that price only touches trades what it shows; when the bar trades through its price, all of it. */
function shown(order: WorkingOrder, { block, row }: Scene): number {
  const through = order.side > 0 ? block.low[row]! < order.level : block.high[row]! > order.level;
  return through ? Number.POSITIVE_INFINITY : order.display;
}
