/** One set over the market by the engine's own parts, stopping only where something happens: decisions, fills, and the value of what is held. */
import {
  createRowView,
  createSizer,
  OrderDesk,
  Recorder,
  type RowColumns,
  type RunConfig,
  TargetExits,
  type TargetMarket,
  Targets,
} from '../engine/index.ts';
import type { Block, BlockSource, EquityCurve, FillRecords, OrderRecords, TradeRecords } from '../model/index.ts';
import { type Account, createAccount, createTradeBook, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { createRiskGate, type RiskGate } from '../risk/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Agenda } from './agenda.ts';
import { mark, recordHeld } from './held-value.ts';
import { CountingDesk, type MarketDesk, RecordingDesk } from './market-desk.ts';
import { MarketOrders } from './market-orders.ts';
import type { PassOrders } from './pass-orders.ts';
import { rowOf, type Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';
import { VenueOrders } from './venue-orders.ts';
import { spanEnd, type WorstPrices } from './worst-prices.ts';

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
  /** Of a detailed pass. */
  readonly orders: OrderRecords | undefined;
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
export type Ahead = { readonly agenda: Agenda; readonly worst: WorstPrices | undefined; readonly columns: RowColumns };

/** What a target sees at an instant: an instant of a stretch, with signals and members by its rows. */
export type Decision = {
  readonly stretch: Stretch;
  readonly instant: number;
  readonly columns: RowColumns;
  readonly member: Uint8Array;
};

/** A stretch with a set's signals and members by its rows, and bounds on its prices where there are any. */
export type Seen = Omit<Decision, 'instant'> & { readonly worst: WorstPrices | undefined };

export class PortfolioPass {
  /** False once a margin call may have happened: the event engine has to run the set. */
  sound = true;
  /** True once sizing had no quantity for a target: it is asked for again at every instant, which only `advance` does. */
  unsized = false;
  /** First instant of the stretch that was not walked. */
  private next = 0;
  private worst: WorstPrices | undefined;
  /** The instant that is decided on. */
  private present!: Stretch;
  private instant = 0;
  private readonly options: PortfolioPassOptions;
  readonly account: Account;
  private readonly gate: RiskGate;
  private readonly trades: TradeBook;
  /** Keeps the orders where somebody asks for them. */
  private readonly kept: OrderDesk | undefined;
  private readonly desk: MarketDesk;
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
    const kept =
      detailed || strategy.exits !== undefined
        ? new OrderDesk({ instruments, account, gate, onRisk: () => {} })
        : undefined;
    this.kept = kept;
    this.desk = kept === undefined ? new CountingDesk(instruments, account, gate) : new RecordingDesk(kept);
    const { desk } = this;
    const exits = kept === undefined || strategy.exits === undefined ? undefined : new TargetExits(kept, account);
    this.recorder = new Recorder(expected);
    this.market = new SetMarket(names.length);
    const { market } = this;
    const view = createRowView(names, market.columns);
    const sizer = createSizer(config);
    const signals = names.length;
    const books = { until: (_: number, i: number): void => mark(account, i, this.present, this.instant) };
    this.targets = new Targets({
      strategy,
      params,
      instruments,
      account,
      desk: exits === undefined ? desk : kept!,
      exits,
      market,
      sizer,
      books,
      clock,
      view,
      signals,
    });
    const { recorder, targets } = this;
    this.orders =
      exits === undefined
        ? new MarketOrders({ instruments, account, config, closeOnly, desk, trades })
        : new VenueOrders({ source, config, account, desk: kept!, trades, recorder, targets, clock });
    this.amend = () => this.recorder.amend(account);
    this.aim = (instrument, target) => this.targets.hold(instrument, target);
  }

  /** Walks a stretch. Stops where the set is no longer sound. @throws SigmaError of the strategy */
  advance(decided: Uint8Array, { stretch, columns, member, worst }: Seen): void {
    this.enter(stretch, worst);
    for (let t = this.next; t < stretch.instants; t++)
      if (decided[t] === 1) this.decide(stretch, t, { stretch, instant: t, columns, member });
    this.leave(stretch);
  }

  /** Begins a stretch, with bounds on its prices where there are any. */
  enter(stretch: Stretch, worst: WorstPrices | undefined): void {
    this.next = firstAfter(stretch, this.options.config.start);
    this.worst = worst;
  }

  /** Walks to an instant of the stretch and decides there. */
  decide(stretch: Stretch, t: number, { stretch: seen, instant, columns, member }: Decision): void {
    this.walk(stretch, t);
    if (!this.sound) return;
    if (!this.orders.open(stretch, t, this.worst)) return this.fail();
    this.value(stretch, t);
    this.market.enter(seen, columns, member);
    this.market.instant = instant;
    this.prepare(stretch, t);
    this.targets.decide(seen.bounds[instant]!, seen.bounds[instant + 1]!);
    if (!this.send(stretch, t)) return this.fail();
    this.next = t + 1;
  }

  /** Walks to the end of the stretch. */
  leave(stretch: Stretch): void {
    this.walk(stretch, stretch.instants);
    this.mark(stretch, stretch.instants - 1);
  }

  /** Walks to an instant past others at which nothing is decided. */
  private walk(stretch: Stretch, to: number): void {
    const { orders, worst } = this;
    let t = this.next;
    while (t < to && this.sound) {
      const next = orders.pass(stretch, t, worst === undefined ? to : Math.min(to, spanEnd(t)), worst);
      if (next > t) {
        this.hold(stretch, t, next);
        t = next;
      } else if (orders.open(stretch, t, worst)) this.value(stretch, t++);
      else this.fail();
    }
    this.next = t;
  }

  /** The same where all changes of targets are known: between them and what they order, what is held is only valued. */
  advanceTo(stretch: Stretch, ahead: Ahead): void {
    const { agenda, worst, columns } = ahead;
    const { orders, options } = this;
    const { start } = options.config;
    this.market.enter(stretch, columns, nobody);
    let t = firstAfter(stretch, start);
    while (t < stretch.instants) {
      const end = Math.min(spanEnd(t), stretch.instants);
      const next = orders.pass(stretch, t, agenda.nextIn(t, end), worst);
      if (next > t) {
        this.hold(stretch, t, next);
        t = next;
      } else if (this.meet(stretch, t, ahead)) t++;
      else return;
    }
    this.mark(stretch, stretch.instants - 1);
  }

  finish(): PassResult {
    const { account, recorder, kept, orders, trades } = this;
    const { totals } = account;
    const costs = { fees: totals[TOTAL.fees]!, slippage: totals[TOTAL.slippage]!, borrow: 0, funding: 0 };
    const equity = recorder.curve();
    return { equity, orders: kept?.records(), fills: orders.fills, trades: trades.records(account.price), costs };
  }

  /** One instant with its fills and changes. False when the pass cannot go on. */
  private meet(stretch: Stretch, t: number, { agenda, worst }: Ahead): boolean {
    if (this.orders.open(stretch, t, worst)) {
      this.value(stretch, t);
      if (!agenda.has(t)) return true;
      this.market.instant = t;
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
    this.mark(stretch, t);
    this.present = stretch;
    this.instant = t;
    this.gate.observe(this.account.totals, this.clock);
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
  private markOpen(stretch: Stretch, t: number): void {
    const { account } = this;
    for (let k = 0; k < account.openCount; k++) mark(account, account.open[k]!, stretch, t);
  }

  /** What is not held is marked when it is ordered, but for exits: their orders are settled at any time. */
  private mark(stretch: Stretch, t: number): void {
    const { account, desk, options } = this;
    if (options.strategy.exits === undefined) desk.pending.some.each((i) => mark(account, i, stretch, t));
    else for (let i = 0; i < account.price.length; i++) mark(account, i, stretch, t);
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
