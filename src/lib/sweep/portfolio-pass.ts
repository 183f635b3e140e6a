/** One set over the market by the engine's own parts, stopping only where something happens: decisions, fills, and the value of what is held. */
import {
  createRowView,
  createSizer,
  OrderDesk,
  Recorder,
  type RowColumns,
  type RunConfig,
  type TargetMarket,
  Targets,
} from '../engine/index.ts';
import type { Block, EquityCurve, FillRecords, Instrument, OrderRecords, TradeRecords } from '../model/index.ts';
import { type Account, createAccount, createTradeBook, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { createRiskGate, type RiskGate } from '../risk/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { MarketOrders } from './market-orders.ts';
import { rowOf, type Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';

export type PortfolioPassOptions = {
  readonly strategy: Strategy;
  readonly params: ParamSet;
  readonly instruments: readonly Instrument[];
  readonly config: RunConfig;
  readonly closeOnly: boolean;
  readonly names: readonly string[];
  /** Instants expected. */
  readonly expected: number;
  /** Trades count their bars and extremes; figures do not need them. */
  readonly detailed: boolean;
};

export type PassResult = {
  readonly equity: EquityCurve;
  readonly orders: OrderRecords;
  readonly fills: FillRecords;
  readonly trades: TradeRecords;
  readonly costs: {
    readonly fees: number;
    readonly slippage: number;
    readonly borrow: number;
    readonly funding: number;
  };
};

export class PortfolioPass {
  /** False once a margin call may have happened: the event engine has to run the set. */
  sound = true;
  private readonly options: PortfolioPassOptions;
  private readonly account: Account;
  private readonly gate: RiskGate;
  private readonly trades: TradeBook;
  private readonly desk: OrderDesk;
  private readonly orders: MarketOrders;
  private readonly recorder: Recorder;
  private readonly targets: Targets;
  private readonly market: SetMarket;
  private readonly clock = new Float64Array(1);
  private readonly amend: () => void;

  constructor(options: PortfolioPassOptions) {
    const { strategy, params, instruments, config, closeOnly, names, expected } = options;
    const { clock } = this;
    this.options = options;
    this.account = createAccount(config.account, instruments);
    this.gate = createRiskGate(config.risk, this.account);
    this.trades = createTradeBook(instruments);
    const { account, gate, trades } = this;
    this.desk = new OrderDesk({ instruments, account, gate, onRisk: () => {} });
    const { desk } = this;
    this.orders = new MarketOrders({ instruments, account, config, closeOnly, desk, trades });
    this.recorder = new Recorder(expected);
    this.market = new SetMarket(names.length);
    const { market } = this;
    const view = createRowView(names, market.columns);
    const sizer = createSizer(config);
    const signals = names.length;
    this.targets = new Targets({
      strategy,
      params,
      instruments,
      account,
      desk,
      market,
      sizer,
      books,
      clock,
      view,
      signals,
    });
    this.amend = () => this.recorder.amend(account);
  }

  /** Walks a stretch. Stops where the set is no longer sound. @throws SigmaError of the strategy */
  advance(stretch: Stretch, decided: Uint8Array, columns: RowColumns, member: Uint8Array): void {
    const { account, orders, clock, market, options } = this;
    const { start, execution } = options.config;
    market.enter(stretch, columns, member);
    for (let t = 0; t < stretch.instants; t++) {
      if (!orders.open(stretch, t)) return this.fail();
      if (!(stretch.at[t]! > start)) continue;
      clock[0] = stretch.at[t]!;
      this.markOpen(stretch, t);
      account.value();
      this.record();
      if (options.detailed && account.openCount > 0) this.markTrades(stretch, t);
      if (decided[t] === 0) continue;
      this.decide(stretch, t);
      if (execution.fill === 'close' && !orders.close(stretch, t, this.amend)) return this.fail();
    }
    this.markAll(stretch, stretch.instants - 1);
  }

  finish(): PassResult {
    const { account, recorder, desk, orders, trades } = this;
    const { totals } = account;
    const costs = { fees: totals[TOTAL.fees]!, slippage: totals[TOTAL.slippage]!, borrow: 0, funding: 0 };
    const equity = recorder.curve();
    return { equity, orders: desk.records(), fills: orders.fills, trades: trades.records(account.price), costs };
  }

  private decide(stretch: Stretch, t: number): void {
    const { account, desk, clock, gate, market, orders } = this;
    this.markAll(stretch, t);
    gate.observe(account.totals, clock);
    market.instant = t;
    this.targets.decide(stretch.bounds[t]!, stretch.bounds[t + 1]!);
    if (desk.waiting) orders.accept(clock[0]!);
  }

  private record(): void {
    const { recorder, account } = this;
    const row = recorder.reserve(1);
    recorder.time[row] = this.clock[0]!;
    recorder.equity[row] = account.totals[TOTAL.equity]!;
    recorder.wrote(1, account);
  }

  private fail(): void {
    this.sound = false;
  }

  /** What is held is worth its last close. */
  private markOpen({ closes, origin, step }: Stretch, t: number): void {
    const { open, openCount, price } = this.account;
    for (let k = 0; k < openCount; k++) {
      const i = open[k]!;
      const close = closes[origin[i]! + t * step]!;
      if (close === close) price[i] = close;
    }
  }

  private markAll({ closes, origin, step }: Stretch, t: number): void {
    const { price } = this.account;
    for (let i = 0; i < price.length; i++) {
      const close = closes[origin[i]! + t * step]!;
      if (close === close) price[i] = close;
    }
  }

  private markTrades(stretch: Stretch, t: number): void {
    const { account, trades } = this;
    for (let k = 0; k < account.openCount; k++) {
      const i = account.open[k]!;
      const row = rowOf(stretch, i, t);
      if (row >= 0) trades.mark(i, stretch.block, row, row + 1);
    }
  }
}

/** The account is valued before each decision: there is nothing to bring up. */
const books = { until: (): void => {} };
const nothing = new Float64Array(0);
const noColumns: RowColumns = {
  at: nothing,
  open: nothing,
  high: nothing,
  low: nothing,
  close: nothing,
  volume: nothing,
  signals: [],
};

/** The market as targets see it; cross-sections are complete before. */
class SetMarket implements TargetMarket {
  block!: Block;
  columns: RowColumns = noColumns;
  member: Uint8Array = new Uint8Array(0);
  instant = 0;
  private stretch!: Stretch;
  private readonly own: number;

  constructor(own: number) {
    this.own = own;
  }

  enter(stretch: Stretch, columns: RowColumns, member: Uint8Array): void {
    this.stretch = stretch;
    this.block = stretch.block;
    this.columns = columns;
    this.member = member;
  }

  completeInstant(): void {}

  /** The instrument has a row at every instant it is asked about. */
  hidden(k: number, instrument: number): number {
    return this.columns.signals[this.own + k]![rowOf(this.stretch, instrument, this.instant)]!;
  }
}
