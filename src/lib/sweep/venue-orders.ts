/** Orders of one set whose targets have exits: carried out by the simulated venue itself, which is only asked where something may happen. */
import {
  type FillBooks,
  isFinal,
  type OrderDesk,
  type Recorder,
  type RunConfig,
  type Targets,
  takeFill,
  venueFor,
} from '../engine/index.ts';
import type { SimulatedVenue } from '../execution/index.ts';
import { type BlockSource, createFillLog, type FillLog, type VenueReport } from '../model/index.ts';
import type { Account, TradeBook } from '../portfolio/index.ts';
import type { PassOrders } from './pass-orders.ts';
import type { Stretch } from './stretch.ts';

export type VenueOrdersOptions = {
  readonly source: BlockSource;
  readonly config: RunConfig;
  readonly account: Account;
  readonly desk: OrderDesk;
  readonly trades: TradeBook;
  readonly recorder: Recorder;
  readonly targets: Targets;
  /** [now] */
  readonly clock: Float64Array;
};

export class VenueOrders implements PassOrders {
  readonly fills: FillLog;
  private readonly options: VenueOrdersOptions;
  private readonly books: FillBooks;
  private readonly venue: SimulatedVenue;

  constructor(options: VenueOrdersOptions) {
    const { source, config } = options;
    this.options = options;
    this.venue = venueFor(source, config);
    this.fills = createFillLog(source.instruments.map(({ symbol }) => symbol));
    this.books = { ...options, fills: this.fills };
  }

  pass({ block, bounds }: Stretch, from: number, to: number): number {
    const { account, desk } = this.options;
    if (account.openCount === 0 && !desk.hasOrders) return to;
    const alone = block.starts.length === 2;
    let t = from;
    while (t < to) {
      const start = bounds[t]!;
      const quiet = Math.min(this.venue.quietUntil(block, start, to - t), bounds[to]!);
      if (quiet === start) break;
      this.venue.pass(block, start, quiet);
      t += alone ? quiet - start : 1;
    }
    return t;
  }

  open({ block, bounds }: Stretch, t: number): boolean {
    const { venue } = this;
    if (!venue.begin(block, bounds[t]!, bounds[t + 1]!)) return true;
    this.exchange();
    while (venue.advance()) this.exchange();
    return true;
  }

  accept(): void {
    this.exchange();
  }

  close(): boolean {
    while (this.venue.settle()) this.exchange();
    return true;
  }

  /** Carries commands down and reports up until both sides are quiet, as the driver of a backtest does. */
  private exchange(): void {
    this.send();
    for (let report = this.venue.next(); report !== undefined; report = this.venue.next()) {
      this.take(report);
      this.send();
    }
  }

  private send(): void {
    const { commands } = this.options.desk;
    for (let command = commands.next(); command !== undefined; command = commands.next()) this.venue.accept(command);
  }

  private take(report: VenueReport): void {
    const { desk, targets, clock } = this.options;
    clock[0] = report.time;
    if (report.kind === 'charged' || report.kind === 'margin-call') return;
    if (report.kind === 'filled') takeFill(this.books, report);
    const state = desk.report(report);
    if (state === undefined) return;
    if (report.kind === 'filled') targets.onFill(state);
    else if (isFinal(state.status)) targets.onEnd(state);
  }
}
