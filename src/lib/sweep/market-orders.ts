/** Market orders of one set on their way to their fills: the part of the simulated venue that targets need. */
import { type OrderDesk, type RunConfig, writeFill } from '../engine/index.ts';
import { fillMarket, type MarketFill, refusal } from '../execution/index.ts';
import { createFillLog, type FillLog, type Instrument, type Order, type VenueReport } from '../model/index.ts';
import { type Account, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { least, most } from './extreme-prices.ts';
import type { PassOrders } from './pass-orders.ts';
import { isPriced, rowOf, type Stretch } from './stretch.ts';
import { holdsThrough, NEAR_CALL, type WorstPrices } from './worst-prices.ts';

export type MarketOrdersOptions = {
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly config: RunConfig;
  readonly closeOnly: boolean;
  readonly desk: OrderDesk;
  readonly trades: TradeBook;
};

type Filled = Extract<VenueReport, { kind: 'filled' }>;

const nothing: readonly Order[] = [];

export class MarketOrders implements PassOrders {
  readonly fills: FillLog;
  private readonly options: MarketOrdersOptions;
  private readonly margin: boolean;
  /** By id. */
  private readonly waiting: Order[] = [];
  private readonly out: MarketFill = { quantity: 0, price: 0, fee: 0, slippage: 0, done: false };

  constructor(options: MarketOrdersOptions) {
    this.options = options;
    this.fills = createFillLog(options.instruments.map(({ symbol }) => symbol));
    this.margin = options.config.account.kind === 'margin';
  }

  pass(_: Stretch, from: number, to: number, worst?: WorstPrices): number {
    if (this.waiting.length > 0) return from;
    return this.isIdle || (worst !== undefined && holdsThrough(this.options.account, worst, from)) ? to : from;
  }

  /** Nothing can happen at an open: no order waits, and no margin call can come. */
  private get isIdle(): boolean {
    return this.waiting.length === 0 && (!this.margin || this.options.account.openCount === 0);
  }

  /** Takes the orders made at an instant. */
  accept(time: number): void {
    const { desk, instruments, account } = this.options;
    for (let command = desk.commands.next(); command !== undefined; command = desk.commands.next()) {
      if (command.kind !== 'submit') throw new Error(`a target made a ${command.kind} command`);
      const { order } = command;
      const reason = refusal(order, instruments, account.price[order.instrument]!);
      if (reason !== '') desk.report({ kind: 'rejected', order: order.id, time, reason });
      else {
        desk.report({ kind: 'accepted', order: order.id, time });
        this.waiting.push(order);
      }
    }
  }

  /**
   * Trades what can at the open of instant t. False when a margin call may lie on the way: then only the event engine knows.
   * A bound on the prices around, where there is one, spares a look at those of the instant.
   */
  open(stretch: Stretch, t: number, worst?: WorstPrices): boolean {
    const { account, closeOnly } = this.options;
    if (this.isIdle) return true;
    const due = this.waiting.length === 0 ? nothing : this.due(stretch, t);
    if (due.length > 0) {
      const { block } = stretch;
      for (let k = stretch.bounds[t]!; k < stretch.bounds[t + 1]!; k++) {
        const row = block.order[k]!;
        const price = block.open[row]!;
        if (price === price) account.price[block.instrument[row]!] = price;
      }
      if (!this.isSafe()) return false;
      for (const order of due) {
        const row = rowOf(stretch, order.instrument, t);
        this.trade(order, block.open[row]!, closeOnly ? block.at[row]! : block.time[row]!);
        if (!this.isSafe()) return false;
      }
    }
    return (worst !== undefined && holdsThrough(account, worst, t)) || this.survives(stretch, t);
  }

  /** Trades on the closes of instant t; `filled` hears of it when all is done and valued. */
  close(stretch: Stretch, t: number, filled: () => void): boolean {
    if (this.waiting.length === 0) return true;
    const { account } = this.options;
    const due = this.take((order) => {
      // What waits since an earlier instant meets an open.
      if (order.created !== stretch.at[t]!) return false;
      const row = rowOf(stretch, order.instrument, t);
      return row >= 0 && isPriced(stretch, row);
    });
    let traded = false;
    for (const order of due) {
      if (this.trade(order, account.price[order.instrument]!, stretch.at[t]!)) traded = true;
      if (!this.isSafe()) return false;
    }
    if (traded) {
      account.value();
      filled();
    }
    return true;
  }

  /** Orders that meet the open of instant t. */
  private due(stretch: Stretch, t: number): Order[] {
    const { time, open } = stretch.block;
    return this.take((order) => {
      const row = rowOf(stretch, order.instrument, t);
      return row >= 0 && order.created <= time[row]! && !Number.isNaN(open[row]!);
    });
  }

  /** Takes waiting orders out, those that shrink a position first, then by id. */
  private take(meets: (order: Order) => boolean): Order[] {
    const { quantity } = this.options.account;
    const due = this.waiting.filter(meets);
    if (due.length === this.waiting.length) this.waiting.length = 0;
    else if (due.length > 0) {
      const kept = this.waiting.filter((order) => !due.includes(order));
      this.waiting.splice(0, this.waiting.length, ...kept);
    }
    const shrinks = (order: Order): boolean => quantity[order.instrument]! * sideOf(order) < 0;
    return [...due.filter(shrinks), ...due.filter((order) => !shrinks(order))];
  }

  /** True when it traded, after which the account is to be valued; what cannot be paid for is cancelled. */
  private trade(order: Order, reference: number, time: number): boolean {
    const { account, config, desk, trades } = this.options;
    const { out } = this;
    const { instrument, id } = order;
    const side = sideOf(order);
    fillMarket(account, config.execution, { instrument, side, quantity: order.quantity }, reference, out);
    const { quantity, price, fee, slippage, done } = out;
    if (quantity > 0) {
      account.applyFill(instrument, side * quantity, price, fee, slippage);
      trades.fill(instrument, side * quantity, price, fee, time, '');
      const report: Filled = {
        kind: 'filled',
        order: id,
        instrument,
        time,
        quantity: side * quantity,
        price,
        fee,
        slippage,
        liquidity: 'taker',
        done,
        atClose: false,
      };
      writeFill(this.fills, report);
      desk.report(report);
    }
    if (!done) {
      const reason = config.account.kind === 'cash' && side < 0 ? 'no short sales in a cash account' : 'buying power';
      desk.report({ kind: 'cancelled', order: id, time, reason });
    }
    return quantity > 0;
  }

  /** The maintenance of the account holds at its marks, and not only just. */
  private isSafe(): boolean {
    const { account } = this.options;
    if (!this.margin || account.openCount === 0) return true;
    account.value();
    const gross = account.totals[TOTAL.gross]!;
    return account.totals[TOTAL.equity]! - account.config.maintenance * gross > NEAR_CALL * gross;
  }

  /** The same with every bar of the instant at its worst for the account. */
  private survives(stretch: Stretch, t: number): boolean {
    const { account, instruments } = this.options;
    if (!this.margin || account.openCount === 0) return true;
    const { low, high, open, close } = stretch.block;
    const { maintenance } = account.config;
    let slack = account.totals[TOTAL.cash]!;
    let gross = 0;
    for (let k = 0; k < account.openCount; k++) {
      const i = account.open[k]!;
      const units = account.quantity[i]! * instruments[i]!.multiplier;
      const row = rowOf(stretch, i, t);
      let price = account.price[i]!;
      if (row >= 0)
        price =
          units > 0
            ? least(price, low[row]!, open[row]!, close[row]!)
            : most(price, high[row]!, open[row]!, close[row]!);
      slack += units * price - maintenance * Math.abs(units * price);
      gross += Math.abs(units * price);
    }
    return slack > NEAR_CALL * gross;
  }
}

function sideOf(order: Order): number {
  return order.side === 'buy' ? 1 : -1;
}
