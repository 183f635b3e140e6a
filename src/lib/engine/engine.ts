/** The engine core: events in, commands out. It never awaits, reads no clock, does no I/O; drivers feed it and carry out what it wants. */
import type { VenueCommand } from '../execution/index.ts';
import { bars as barExprs } from '../indicators/index.ts';
import {
  type Block,
  type CorporateAction,
  createFillLog,
  createLog,
  type FillLog,
  type Instrument,
  type LogEntry,
  type VenueReport,
} from '../model/index.ts';
import { type Account, createAccount, createTradeBook, heldAfter, type TradeBook } from '../portfolio/index.ts';
import { createRiskGate, type RiskGate, type RiskState } from '../risk/index.ts';
import {
  type ArtifactSet,
  type BoundStrategy,
  bindArtifacts,
  handlerOf,
  type LoadedArtifact,
  type ParamSpecs,
  type ParamValues,
  type Strategy,
} from '../strategy/index.ts';
import { Books } from './books.ts';
import { readsSparsely } from './calendar.ts';
import type { RunConfig } from './config.ts';
import { ContextHost } from './context.ts';
import { type FillBooks, takeFill } from './fill.ts';
import { Handlers } from './handlers.ts';
import { Market } from './market.ts';
import { isFinal, type OrderState } from './order-state.ts';
import { OrderDesk } from './orders.ts';
import { Recorder } from './recorder.ts';
import { type EngineResult, totalsOf } from './result.ts';
import { createRowView } from './row-view.ts';
import { createSizer } from './sizer.ts';
import { TargetExits } from './target-exits.ts';
import { Targets } from './targets.ts';

export type EngineOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  /** What the strategy reads; nothing when it reads none. */
  readonly artifacts?: ArtifactSet;
  readonly instruments: readonly Instrument[];
  readonly config: RunConfig;
  /** Instants expected, to make room at once. */
  readonly expected?: number;
};

export interface Engine {
  /** The rows of the coming instants; computes their signals. */
  load(block: Block): void;
  /**
   * Rows order[from..to) of the loaded block complete: mark, value, decide. They are one instant, or with one instrument an
   * instant each; those are lived through until there are commands to take or the run is stopping. Returns the position after
   * the last.
   */
  live(from: number, to: number): number;
  report(report: VenueReport): void;
  corporateAction(action: CorporateAction): void;
  /** A new version of an artifact that the strategy reads, from the next instant on. */
  artifact(artifact: LoadedArtifact): void;
  /** There are commands to take. */
  readonly waiting: boolean;
  /** The oldest command that was not taken yet; undefined when there is none. */
  next(): VenueCommand | undefined;
  /**
   * True once a risk rule has ended the run: nothing is held, no order is out, and the last row of the curve has all of it.
   * From then on nothing is heard.
   */
  readonly stopped: boolean;
  /** Marks the result as ended early for this reason. */
  interrupt(reason: string): void;
  finish(ambiguousBars: number): EngineResult;
}

export function createEngine(options: EngineOptions): Engine {
  return new Core(options);
}

/** A class, not closures: one shape and one set of methods for all runs keeps the hot calls monomorphic. */
class Core implements Engine {
  private readonly instruments: readonly Instrument[];
  private readonly config: RunConfig;
  private readonly account: Account;
  private readonly gate: RiskGate;
  private readonly trades: TradeBook;
  private readonly recorder: Recorder;
  private readonly books: Books;
  private readonly market: Market;
  private readonly desk: OrderDesk;
  private readonly targets: Targets;
  private readonly context: ContextHost;
  private readonly handlers: Handlers;
  private readonly bound: BoundStrategy;
  private readonly symbolIndex: ReadonlyMap<string, number>;
  private readonly log = createLog();
  private readonly fills: FillLog;
  private readonly filled: FillBooks;
  /** [now]: kept in an array so that passing the time along never boxes it. */
  private readonly clock = new Float64Array(1).fill(Number.NaN);
  private readonly hasTarget: boolean;
  private stopping = false;
  /** Money has moved since the last row of the curve. */
  private moved = false;
  /** A fill is being answered. */
  private answering = false;
  private ended = 'finished';
  private riskState: RiskState = 'none';

  constructor({ instruments, config, expected = 0, ...options }: EngineOptions) {
    const params = Object.freeze({ ...options.params });
    this.bound = bindArtifacts(options.strategy, params, options.artifacts);
    const { strategy, values } = this.bound;
    const sizer = createSizer(config);
    const expressions = strategy.signals?.(barExprs, params) ?? {};
    const universe = strategy.universe?.(barExprs, params);
    const names = Object.keys(expressions);
    const { clock } = this;
    this.instruments = instruments;
    this.config = config;
    this.hasTarget = strategy.target !== undefined;
    this.symbolIndex = new Map(instruments.map((instrument, i) => [instrument.symbol, i]));
    this.account = createAccount(config.account, instruments);
    this.gate = createRiskGate(config.risk, this.account);
    this.trades = createTradeBook(instruments);
    this.fills = createFillLog(instruments.map(({ symbol }) => symbol));
    this.recorder = new Recorder(expected);
    this.market = new Market({
      instruments,
      signals: Object.values(expressions),
      hidden: sizer.signals,
      keepsBars: handlerOf(strategy) !== undefined,
      sparse: instruments.length > 1 && readsSparsely(strategy),
      ...(universe === undefined ? {} : { universe }),
    });
    const { account, market, gate, recorder, trades, symbolIndex } = this;
    this.books = new Books({ market, account, recorder, trades, clock, start: config.start });
    const { books } = this;
    const view = createRowView(names, market.columns);
    const onRisk = (state: OrderState, message: string): void => this.onRisk(state, message);
    this.desk = new OrderDesk({ instruments, account, gate, onRisk });
    const { desk, fills } = this;
    this.filled = { account, recorder, trades, fills, desk };
    this.targets = new Targets({
      strategy,
      params,
      instruments,
      account,
      desk,
      exits: strategy.exits === undefined ? undefined : new TargetExits(desk, account),
      market,
      sizer,
      books,
      clock,
      view,
      signals: names.length,
    });
    const { targets } = this;
    const write = (symbol: string, message: string): void => this.write('info', 'strategy', symbol, message);
    this.context = new ContextHost({
      params,
      artifacts: values,
      instruments,
      symbolIndex,
      account,
      desk,
      market,
      targets,
      books,
      clock,
      view,
      write,
    });
    const { context } = this;
    this.handlers = new Handlers({ strategy, context, instruments, clock });
  }

  get stopped(): boolean {
    return this.stopping && this.account.openCount === 0 && !this.desk.hasOrders && !this.moved;
  }

  get waiting(): boolean {
    return this.desk.waiting;
  }

  load(block: Block): void {
    this.market.load(block);
    this.books.open(block);
  }

  live(from: number, to: number): number {
    if (this.stopped) return to;
    const { block } = this.market;
    let next = from;
    const alone = block.starts.length === 2;
    do {
      next = alone && this.isCarefree() ? this.along(next, to) : this.instant(block, next, alone ? next + 1 : to);
    } while (next < to && !this.desk.waiting && !this.stopping);
    if (next === block.rows) this.leave();
    return next;
  }

  /** Nothing but the strategy looks at every instant: the books may follow behind. */
  private isCarefree(): boolean {
    return (
      this.handlers.started && !this.gate.measures && !this.market.waits && this.context.timers === 0 && !this.stopping
    );
  }

  /** Rows [from, to) of the only instrument until the strategy wants something. */
  private along(from: number, to: number): number {
    const { handlers, desk, books, market } = this;
    this.watch();
    let next = from;
    if (this.hasTarget)
      do {
        this.targets.decide(next, next + 1);
        if (handlers.hasOnBar) handlers.onBars(market.block, next, next + 1);
        next++;
      } while (next < to && !desk.waiting && this.context.timers === 0);
    else next = handlers.hasOnBar ? handlers.onBarsAlone(market.block, from, to) : to;
    books.until(next);
    return next;
  }

  /** Rows order[from..to) are one instant. */
  private instant(block: Block, from: number, to: number): number {
    const { clock, market, handlers } = this;
    this.books.until(to);
    this.moved = false;
    if (clock[0]! <= this.config.start) return to;
    if (!handlers.started) handlers.start();
    this.watch();
    if (this.stopping) return to;
    if (handlers.watch && market.waits) market.completeInstant(from, to);
    if (this.context.timers > 0) handlers.fireTimers();
    if (this.hasTarget && this.riskState !== 'flatten') this.targets.decide(from, to);
    if (handlers.hasOnBar) handlers.onBars(block, from, to);
    return to;
  }

  report(report: VenueReport): void {
    if (!this.stopping) this.hear(report);
    else if (!this.stopped) {
      this.hear(report);
      if (this.account.openCount === 0) this.cancelAll();
    }
  }

  private hear(report: VenueReport): void {
    this.clock[0] = report.time;
    switch (report.kind) {
      case 'charged':
        this.moved = true;
        this.account.charge(report.charge, report.amount);
        if (report.instrument >= 0) this.trades.charge(report.instrument, report.amount);
        return;
      case 'margin-call':
        this.write(
          'warn',
          'venue',
          '',
          `margin call: equity ${report.equity.toFixed(2)} is below the ${report.required.toFixed(2)} required; positions are closed`,
        );
        return;
      case 'filled':
        // A fill on the close goes into the row of its instant.
        this.answering = !report.atClose;
        this.moved ||= this.answering;
        this.books.markTrade(report.instrument);
        takeFill(this.filled, report);
        this.onFilled(this.desk.report(report), report);
        // An order that was on its way when risk closed all may fill before its cancel comes.
        if (this.riskState === 'flatten' || this.riskState === 'stop') this.closePosition(report.instrument);
        this.answering = false;
        return;
      default: {
        const state = this.desk.report(report);
        if (state === undefined) return;
        const instrument = state.order.instrument;
        if (report.kind === 'rejected')
          this.write('warn', 'venue', this.symbol(instrument), `order ${state.order.id} rejected: ${report.reason}`);
        if (isFinal(state.status)) this.targets.onEnd(state);
        this.handlers.tell(state, report);
      }
    }
  }

  corporateAction(action: CorporateAction): void {
    const i = this.symbolIndex.get(action.symbol);
    if (i === undefined || action.kind !== 'split') return; // a dividend arrives as the venue's charge
    this.books.markTrade(i);
    this.account.split(i, action.ratio);
    this.trades.split(i, action.ratio);
    this.desk.split(i, action.ratio);
    this.targets.split(i, action.ratio);
  }

  artifact(artifact: LoadedArtifact): void {
    for (const { level, message } of this.bound.take(artifact)) this.write(level, 'strategy', '', message);
  }

  next(): VenueCommand | undefined {
    return this.desk.commands.next();
  }

  interrupt(reason: string): void {
    this.ended = reason;
  }

  finish(ambiguousBars: number): EngineResult {
    this.handlers.end();
    this.account.value();
    this.books.markTrades();
    return {
      equity: this.recorder.curve(),
      orders: this.desk.records(),
      fills: this.fills,
      trades: this.trades.records(this.account.price),
      log: this.log,
      totals: totalsOf(this.account),
      bars: this.books.bars,
      instants: this.recorder.length,
      ambiguousBars,
      ended: this.ended,
    };
  }

  private leave(): void {
    this.books.markTrades();
    this.market.leave();
  }

  private watch(): void {
    const state = this.gate.observe(this.account.totals, this.clock);
    if (state === this.riskState) return;
    this.riskState = state;
    if (state === 'none') {
      this.targets.renew();
      this.write('info', 'risk', '', 'trading resumes');
      return;
    }
    this.write('warn', 'risk', '', `${this.gate.reason}: ${state}`);
    if (state === 'flatten' || state === 'stop') this.flatten();
    if (state === 'stop') {
      this.stopping = true;
      this.ended = this.gate.reason;
    }
  }

  private flatten(): void {
    const { account } = this;
    this.cancelAll();
    for (let k = 0; k < account.openCount; k++) this.closePosition(account.open[k]!);
    this.targets.forget();
  }

  private cancelAll(): void {
    for (let i = 0; i < this.instruments.length; i++) this.desk.cancelAll(i);
  }

  /** Closes what the instrument holds and no order is closing yet. */
  private closePosition(i: number): void {
    const { account, desk } = this;
    const held = account.quantity[i]!;
    const side = held > 0 ? 'sell' : 'buy';
    const quantity = heldAfter(Math.abs(held), -desk.closing(i, side));
    if (quantity > 0) desk.submit({ kind: 'market', side, quantity, reduceOnly: true, tag: 'risk' }, i, this.clock[0]!);
  }

  /** The order of a fill knows of it, unless it was none of ours. */
  private onFilled(state: OrderState | undefined, report: VenueReport): void {
    if (state === undefined) return;
    this.targets.onFill(state);
    this.handlers.tell(state, report);
  }

  private onRisk(state: OrderState, message: string): void {
    const done = state.status === 'rejected' ? 'refused' : 'cut';
    this.write(
      done === 'refused' ? 'warn' : 'info',
      'risk',
      this.symbol(state.order.instrument),
      `order ${state.order.id} ${done}${this.answering ? ' on a fill' : ''}: ${message}`,
    );
  }

  private symbol(instrument: number): string {
    return this.instruments[instrument]!.symbol;
  }

  private write(level: LogEntry['level'], source: LogEntry['source'], symbol: string, message: string): void {
    this.log.add({ time: this.clock[0]!, level, source, symbol, message });
  }
}
