/** The engine core: events in, commands out. It never awaits, reads no clock, does no I/O; drivers feed it and carry out what it wants. */
import type { VenueCommand } from '../execution/index.ts';
import { bars as barExprs } from '../indicators/index.ts';
import type { Block, CorporateAction, FillRecord, Instrument, VenueReport } from '../model/index.ts';
import { type Account, createAccount, createTradeBook, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { createRiskGate, type RiskGate, type RiskState } from '../risk/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import type { RunConfig } from './config.ts';
import { ContextHost } from './context.ts';
import { Market } from './market.ts';
import type { OrderState } from './order-state.ts';
import { OrderDesk } from './orders.ts';
import { Recorder } from './recorder.ts';
import type { EngineResult, LogEntry, RunTotals } from './result.ts';
import { createRowView } from './row-view.ts';
import { createSizer } from './sizer.ts';
import { strategyError } from './strategy-error.ts';
import { Targets } from './targets.ts';

export type EngineOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly instruments: readonly Instrument[];
  readonly config: RunConfig;
  /** Instants expected, to make room at once. */
  readonly expected?: number;
};

export interface Engine {
  /** The rows of the coming instants; computes their signals. */
  load(block: Block): void;
  /** Rows order[from..to) of the loaded block have completed: mark, value, decide. True when there are commands to drain. */
  instant(from: number, to: number): boolean;
  report(report: VenueReport): void;
  corporateAction(action: CorporateAction): void;
  /** Commands made since the last call. */
  drain(): readonly VenueCommand[];
  /** True once a risk rule ended the run. */
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
  private readonly strategy: Strategy;
  private readonly instruments: readonly Instrument[];
  private readonly config: RunConfig;
  private readonly account: Account;
  private readonly gate: RiskGate;
  private readonly trades: TradeBook;
  private readonly recorder: Recorder;
  private readonly market: Market;
  private readonly desk: OrderDesk;
  private readonly targets: Targets;
  private readonly context: ContextHost;
  private readonly symbolIndex: ReadonlyMap<string, number>;
  private readonly log: LogEntry[] = [];
  private readonly fills: FillRecord[] = [];
  /** [now]: kept in an array so that passing the time along never boxes it. */
  private readonly clock = new Float64Array(1).fill(Number.NaN);
  private readonly hasTarget: boolean;
  private readonly hasHandler: boolean;
  /** A handler may look at any instant's signals. */
  private readonly watched: boolean;
  private bars = 0;
  private started = false;
  private stopping = false;
  private ended = 'finished';
  private riskState: RiskState = 'none';

  constructor({ strategy, params, instruments, config, expected = 0 }: EngineOptions) {
    const sizer = createSizer(config);
    const expressions = strategy.signals?.(barExprs, params) ?? {};
    const universe = strategy.universe?.(barExprs, params);
    const names = Object.keys(expressions);
    const { clock } = this;
    this.strategy = strategy;
    this.instruments = instruments;
    this.config = config;
    this.hasTarget = strategy.target !== undefined;
    this.hasHandler = strategy.onBar !== undefined;
    this.watched = [strategy.onBar, strategy.onFill, strategy.onOrder, strategy.onTimer].some(
      (handler) => handler !== undefined,
    );
    this.symbolIndex = new Map(instruments.map((instrument, i) => [instrument.symbol, i]));
    this.account = createAccount(config.account, instruments);
    this.gate = createRiskGate(config.risk, this.account);
    this.trades = createTradeBook(instruments);
    this.recorder = new Recorder(expected);
    this.market = new Market({
      instruments,
      signals: Object.values(expressions),
      hidden: sizer.signals,
      ...(universe === undefined ? {} : { universe }),
    });
    const { account, market, gate, symbolIndex } = this;
    const view = createRowView(names, market.columns);
    const onRisk = (state: OrderState, message: string): void => this.onRisk(state, message);
    this.desk = new OrderDesk({ instruments, account, gate, onRisk });
    const { desk } = this;
    this.targets = new Targets({
      strategy,
      params,
      instruments,
      account,
      desk,
      market,
      sizer,
      clock,
      view,
      signals: names.length,
    });
    const { targets } = this;
    const write = (symbol: string, message: string): void => this.write('info', 'strategy', symbol, message);
    this.context = new ContextHost({
      params,
      instruments,
      symbolIndex,
      account,
      desk,
      market,
      targets,
      clock,
      view,
      write,
    });
  }

  get stopped(): boolean {
    return this.stopping && this.account.openCount === 0;
  }

  load(block: Block): void {
    this.market.load(block);
  }

  instant(from: number, to: number): boolean {
    const { clock, market } = this;
    const block = market.block;
    clock[0] = block.at[block.order[from]!]!;
    this.mark(block, from, to);
    if (clock[0]! <= this.config.start) return false;
    if (!this.started) this.start();
    this.account.value();
    this.recorder.record(clock, this.account);
    this.watch();
    if (this.stopping) return this.desk.waiting;
    if (this.watched && market.hasSections) market.completeInstant(from, to);
    if (this.context.timers > 0) this.fireTimers();
    if (this.hasTarget && this.riskState !== 'flatten') this.targets.decide(from, to);
    if (this.hasHandler) this.runHandlers(block, from, to);
    return this.desk.waiting;
  }

  report(report: VenueReport): void {
    this.clock[0] = report.time;
    switch (report.kind) {
      case 'charged':
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
        this.onFill(report);
        this.tell(report.instrument, this.desk.report(report), report);
        return;
      default: {
        const state = this.desk.report(report);
        if (state === undefined) return;
        const instrument = state.order.instrument;
        if (report.kind === 'rejected')
          this.write('warn', 'venue', this.symbol(instrument), `order ${state.order.id} rejected: ${report.reason}`);
        this.tell(instrument, state, report);
      }
    }
  }

  corporateAction(action: CorporateAction): void {
    const i = this.symbolIndex.get(action.symbol);
    if (i === undefined || action.kind !== 'split') return; // a dividend arrives as the venue's charge
    this.account.split(i, action.ratio);
    this.trades.split(i, action.ratio);
  }

  drain(): readonly VenueCommand[] {
    return this.desk.drain();
  }

  interrupt(reason: string): void {
    this.ended = reason;
  }

  finish(ambiguousBars: number): EngineResult {
    if (this.strategy.onEnd !== undefined && this.started) {
      this.context.lookAt(0);
      this.guarded(0, () => this.strategy.onEnd?.(this.context.facade));
    }
    this.account.value();
    return {
      equity: this.recorder.curve(),
      orders: this.desk.records(),
      fills: this.fills,
      trades: this.trades.records(this.account.price),
      log: this.log,
      totals: totalsOf(this.account),
      bars: this.bars,
      instants: this.recorder.length,
      ambiguousBars,
      ended: this.ended,
    };
  }

  private mark(block: Block, from: number, to: number): void {
    const { order, instrument, close } = block;
    const { market, trades } = this;
    const { price: prices, quantity } = this.account;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      const i = instrument[row]!;
      market.seen(i, row);
      const price = close[row]!;
      if (price !== price) continue;
      prices[i] = price;
      if (quantity[i] !== 0) trades.mark(block, row);
    }
    this.bars += to - from;
  }

  private start(): void {
    this.started = true;
    if (this.strategy.onStart === undefined) return;
    this.context.lookAt(0);
    this.guarded(0, () => this.strategy.onStart?.(this.context.facade));
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
    const { account, desk } = this;
    for (let i = 0; i < this.instruments.length; i++) desk.cancelAll(i);
    for (let k = 0; k < account.openCount; k++) {
      const i = account.open[k]!;
      const quantity = account.quantity[i]!;
      const side = quantity > 0 ? 'sell' : 'buy';
      desk.submit(
        { kind: 'market', side, quantity: Math.abs(quantity), reduceOnly: true, tag: 'risk' },
        i,
        this.clock[0]!,
      );
    }
    this.targets.forget();
  }

  private fireTimers(): void {
    this.guarded(0, () => this.context.fireTimers((tag) => this.strategy.onTimer?.(this.context.facade, tag)));
  }

  private runHandlers(block: Block, from: number, to: number): void {
    const { strategy, context } = this;
    const ctx = context.facade;
    let k = from;
    try {
      for (; k < to; k++) {
        const row = block.order[k]!;
        context.moveTo(block.instrument[row]!, row);
        strategy.onBar!(ctx);
      }
    } catch (cause) {
      throw this.fault(cause, block.instrument[block.order[k]!]!);
    }
  }

  private onFill(report: Extract<VenueReport, { kind: 'filled' }>): void {
    const { instrument, quantity, price, fee, slippage, time, liquidity } = report;
    const state = this.desk.state(report.order);
    const tag = state === undefined ? 'margin call' : (state.request.tag ?? '');
    this.account.applyFill(instrument, quantity, price, fee, slippage);
    this.account.value();
    if (report.atClose) this.recorder.amend(this.account);
    this.trades.fill(instrument, quantity, price, fee, time, tag);
    this.fills.push({
      id: this.fills.length + 1,
      order: report.order,
      symbol: this.symbol(instrument),
      side: quantity > 0 ? 'buy' : 'sell',
      time,
      quantity: Math.abs(quantity),
      price,
      fee,
      slippage,
      liquidity,
    });
  }

  /** Lets the strategy know, if it wants to. */
  private tell(instrument: number, state: OrderState | undefined, report: VenueReport): void {
    const { strategy, context } = this;
    if (state === undefined || (strategy.onFill === undefined && strategy.onOrder === undefined)) return;
    const { facade } = context;
    const about = {
      order: state.order.id,
      symbol: this.symbol(instrument),
      time: report.time,
      tag: state.request.tag ?? '',
    };
    context.lookAt(instrument);
    if (report.kind === 'filled' && strategy.onFill !== undefined) {
      const { quantity, price, fee } = report;
      const fill = { ...about, side: state.order.side, quantity: Math.abs(quantity), price, fee };
      this.guarded(instrument, () => strategy.onFill?.(facade, fill));
      context.lookAt(instrument);
    }
    const event = { ...about, status: state.status, reason: state.reason };
    this.guarded(instrument, () => strategy.onOrder?.(facade, event));
  }

  private onRisk(state: OrderState, message: string): void {
    const refused = state.status === 'rejected';
    this.write(
      refused ? 'warn' : 'info',
      'risk',
      this.symbol(state.order.instrument),
      `order ${state.order.id} ${refused ? 'refused' : 'cut'}: ${message}`,
    );
  }

  /** Runs strategy code; what it throws is reported with instrument and time. */
  private guarded(instrument: number, work: () => void): void {
    try {
      work();
    } catch (cause) {
      throw this.fault(cause, instrument);
    }
  }

  private fault(cause: unknown, instrument: number): Error {
    return strategyError(cause, this.strategy.name, this.symbol(instrument), this.clock[0]!);
  }

  private symbol(instrument: number): string {
    return this.instruments[instrument]!.symbol;
  }

  private write(level: LogEntry['level'], source: LogEntry['source'], symbol: string, message: string): void {
    this.log.push({ time: this.clock[0]!, level, source, symbol, message });
  }
}

function totalsOf({ totals, config }: Account): RunTotals {
  return {
    initial: config.cash,
    final: totals[TOTAL.equity]!,
    realised: totals[TOTAL.realised]!,
    unrealised: totals[TOTAL.unrealised]!,
    fees: totals[TOTAL.fees]!,
    slippage: totals[TOTAL.slippage]!,
    borrow: totals[TOTAL.borrow]!,
    interest: totals[TOTAL.interest]!,
    funding: totals[TOTAL.funding]!,
    dividends: totals[TOTAL.dividends]!,
  };
}
