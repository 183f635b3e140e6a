/** The parts of one simulated venue, put together. */
import { Fifo } from '../core/index.ts';
import type { Instrument, Timeframe } from '../model/index.ts';
import { type Account, type AccountConfig, createAccount } from '../portfolio/index.ts';
import { BarActivity } from './bar-activity.ts';
import { BarWalk } from './bar-walk.ts';
import type { ExecutionConfig } from './config.ts';
import { Executor } from './executor.ts';
import { Instant } from './instant.ts';
import { MarginWatch } from './margin-watch.ts';
import { Matching } from './matching.ts';
import type { ReportQueue } from './report-queue.ts';
import { TradingQueue } from './trading-queue.ts';
import { WorkingOrders } from './working-orders.ts';

export type VenueOptions = {
  readonly instruments: readonly Instrument[];
  readonly timeframe: Timeframe;
  /** Only closes are known: every fill is at a close, and no bar has a path. */
  readonly closeOnly: boolean;
  readonly execution: ExecutionConfig;
  /** The venue keeps its own account on these terms. */
  readonly account: AccountConfig;
};

export type Floor = {
  readonly options: VenueOptions;
  readonly account: Account;
  readonly orders: WorkingOrders;
  readonly reports: ReportQueue;
  readonly activity: BarActivity;
  readonly margin: MarginWatch;
  readonly executor: Executor;
  readonly matching: Matching;
  readonly walk: BarWalk;
  readonly queue: TradingQueue;
  readonly instant: Instant;
};

export function createFloor(options: VenueOptions): Floor {
  const { instruments, execution, timeframe, closeOnly } = options;
  const account = createAccount(options.account, instruments);
  const orders = new WorkingOrders(instruments.length);
  const reports: ReportQueue = new Fifo();
  const activity = new BarActivity(instruments.length, timeframe, execution);
  const margin = new MarginWatch(account);
  const instant = new Instant(instruments.length, closeOnly);
  const executor = new Executor({ account, execution, orders, reports, activity, margin, instant });
  const matching = new Matching(executor, orders, reports);
  const walk = new BarWalk({ account, path: execution.path, orders, reports, matching, executor, margin });
  const queue = new TradingQueue(account);
  return { options, account, orders, reports, activity, margin, executor, matching, walk, queue, instant };
}
