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
import type { Block, BlockSource, EquityCurve, FillRecords, OrderRecords, TradeRecords } from '../model/index.ts';
import { type Account, createAccount, createTradeBook, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { createRiskGate, type RiskGate } from '../risk/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Agenda } from './agenda.ts';
import { recordHeld } from './held-value.ts';
import { MarketOrders } from './market-orders.ts';
import type { PassOrders } from './pass-orders.ts';
import { rowOf, type Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';
import { VenueOrders } from './venue-orders.ts';
import { SPAN, type WorstPrices } from './worst-prices.ts';

export type PortfolioPassOptions = {
  readonly strategy: Strategy;
  readonly params: ParamSet;
  readonly source: BlockSource;
  readonly config: RunConfig;
  readonly names: readonly string[];
  /** Instants expected. */
  readonly expected: number;
  /** Trades count their bars and extremes, and orders are recorded; figures do not need them. */
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

/** What is known of a stretch before it is walked: a set's changes of targets, bounds on its prices, and the rows that exits are asked for with. */
export type Ahead = { readonly agenda: Agenda; readonly worst: WorstPrices; readonly columns: RowColumns };

export class PortfolioPass {
  /** False once a margin call may have happened: the event engine has to run the set. */
  sound = true;
  /** True once sizing had no quantity for a target: it is asked for again at every instant, which only `advance` does. */
  unsized = false;
  private readonly options: PortfolioPassOptions;
  readonly account: Account;
  private readonly gate: RiskGate;
  private readonly trades: TradeBook;
  private readonly desk: OrderDesk;
  private readonly orders: PassOrders;
  readonly recorder: Recorder;
  private readonly targets: Targets;
  private readonly market: SetMarket;
  private readonly clock = new Float64Array(1);
  private readonly amend: () => void;
  private readonly aim: (instrument: number, target: number) => void;

  constructor(options: PortfolioPassOptions) {
    const { strategy, params, source, config, names, expected, detailed } = options;
    const { instruments, closeOnly } = source;
    const { clock } = this;
    this.options = options;
    this.account = createAccount(config.account, instruments);
    this.gate = createRiskGate(config.risk, this.account);
    this.trades = createTradeBook(instruments);
    const { account, gate, trades } = this;
    const forgets = !detailed && strategy.exits === undefined;
    this.desk = new OrderDesk({ instruments, account, gate, onRisk: () => {}, forgets });
    const { desk } = this;
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
    const { recorder, targets } = this;
    this.orders =
      strategy.exits === undefined
        ? new MarketOrders({ instruments, account, config, closeOnly, desk, trades })
        : new VenueOrders({ source, config, account, desk, trades, recorder, targets, clock });
    this.amend = () => this.recorder.amend(account);
    this.aim = (instrument, target) => this.targets.hold(instrument, target);
  }

  /** Walks a stretch. Stops where the set is no longer sound. @throws SigmaError of the strategy */
  advance(stretch: Stretch, decided: Uint8Array, columns: RowColumns, member: Uint8Array): void {
    const { start } = this.options.config;
    this.market.enter(stretch, columns, member);
    let t = firstAfter(stretch, start);
    let due = -1;
    while (t < stretch.instants) {
      if (due < t) due = nextDecided(decided, t, stretch.instants);
      const next = this.orders.pass(stretch, t, due);
      if (next > t) {
        this.hold(stretch, t, next);
        t = next;
        continue;
      }
      if (!this.orders.open(stretch, t)) return this.fail();
      this.value(stretch, t);
      if (decided[t] === 1) {
        this.prepare(stretch, t);
        this.targets.decide(stretch.bounds[t]!, stretch.bounds[t + 1]!);
        if (!this.send(stretch, t)) return this.fail();
      }
      t++;
    }
    this.markAll(stretch, stretch.instants - 1);
  }

  /** The same where all changes of targets are known: between them and what they order, what is held is only valued. */
  advanceTo(stretch: Stretch, ahead: Ahead): void {
    const { agenda, worst, columns } = ahead;
    const { orders, options } = this;
    const { start } = options.config;
    this.market.enter(stretch, columns, nobody);
    let t = firstAfter(stretch, start);
    while (t < stretch.instants) {
      const end = Math.min((Math.floor(t / SPAN) + 1) * SPAN, stretch.instants);
      const next = orders.pass(stretch, t, agenda.nextIn(t, end), worst);
      if (next > t) {
        this.hold(stretch, t, next);
        t = next;
      } else if (this.meet(stretch, t, ahead)) t++;
      else return;
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

  /** One instant with its fills and changes. False when the pass cannot go on. */
  private meet(stretch: Stretch, t: number, { agenda, worst }: Ahead): boolean {
    if (this.orders.open(stretch, t, worst)) {
      this.value(stretch, t);
      if (!agenda.has(t)) return true;
      this.prepare(stretch, t);
      agenda.each(t, this.aim);
      this.unsized = !this.targets.orderHeld(stretch.bounds[t]!, stretch.bounds[t + 1]!);
      if (this.unsized) return false;
      if (this.send(stretch, t)) return true;
    }
    this.fail();
    return false;
  }

  /** Instants [from, to) at which what is held is only valued. */
  private hold(stretch: Stretch, from: number, to: number): void {
    recordHeld(this, stretch, from, to);
    this.gate.observe(this.account.totals, this.clock);
    if (this.options.detailed) for (let t = from; t < to; t++) this.markTrades(stretch, t);
  }

  private value(stretch: Stretch, t: number): void {
    const { account, clock } = this;
    clock[0] = stretch.at[t]!;
    this.markOpen(stretch, t);
    account.value();
    this.record();
    if (this.options.detailed) this.markTrades(stretch, t);
  }

  private prepare(stretch: Stretch, t: number): void {
    this.markAll(stretch, t);
    this.gate.observe(this.account.totals, this.clock);
    this.market.instant = t;
  }

  /** Takes what was ordered. False when a margin call may lie on the way. */
  private send(stretch: Stretch, t: number): boolean {
    const { desk, orders, options } = this;
    if (desk.waiting) orders.accept(this.clock[0]!);
    return options.config.execution.fill !== 'close' || orders.close(stretch, t, this.amend);
  }

  private record(): void {
    const { recorder, account } = this;
    const row = recorder.reserve(this.clock, 0, 1);
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
      const close = closes[i]![origin[i]! + t * step]!;
      if (close === close) price[i] = close;
    }
  }

  private markAll({ closes, origin, step }: Stretch, t: number): void {
    const { price } = this.account;
    for (let i = 0; i < price.length; i++) {
      const close = closes[i]![origin[i]! + t * step]!;
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

/** First instant of a stretch after a time. */
function firstAfter({ at, instants }: Stretch, time: number): number {
  let t = 0;
  while (t < instants && !(at[t]! > time)) t++;
  return t;
}

/** First instant of [from, to) that is decided on, `to` without one. */
function nextDecided(decided: Uint8Array, from: number, to: number): number {
  let t = from;
  while (t < to && decided[t] === 0) t++;
  return t;
}

/** The account is valued before each decision: there is nothing to bring up. */
const books = { until: (): void => {} };
const nobody = new Uint8Array(0);
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

  /** A market that is a grid has a close in every row. */
  get closes(): Float64Array | undefined {
    return this.stretch.rows === null ? undefined : this.block.close;
  }

  completeInstant(): void {}

  /** The instrument has a row at every instant it is asked about. */
  hidden(k: number, instrument: number): number {
    return this.columns.signals[this.own + k]![rowOf(this.stretch, instrument, this.instant)]!;
  }
}
