/** Market orders of one set on their way to their fills: the part of the simulated venue that targets need. */
import { type RunConfig, writeFill } from '../engine/index.ts';
import { fillMarket, type MarketFill, refusal } from '../execution/index.ts';
import { createFillLog, type FillLog, type Instrument, type Order } from '../model/index.ts';
import { type Account, TOTAL, type TradeBook } from '../portfolio/index.ts';
import { least, most } from './extreme-prices.ts';
import type { Filled, MarketDesk } from './market-desk.ts';
import type { PassOrders } from './pass-orders.ts';
import { barsOf, isPriced, placeOf, rowOf, type Stretch } from './stretch.ts';
import { holdsThrough, NEAR_CALL, type WorstPrices } from './worst-prices.ts';

export type MarketOrdersOptions = {
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly config: RunConfig;
  readonly closeOnly: boolean;
  readonly desk: MarketDesk;
  readonly trades: TradeBook;
};

const nothing: readonly Order[] = [];

export class MarketOrders implements PassOrders {
  readonly fills: FillLog;
  private readonly options: MarketOrdersOptions;
  private readonly margin: boolean;
  /** By id. */
  private readonly waiting: Order[] = [];
  /** Of the last fill. */
  private readonly report: { -readonly [K in keyof Filled]: Filled[K] } = {
    kind: 'filled',
    order: 0,
    instrument: 0,
    time: 0,
    quantity: 0,
    price: 0,
    fee: 0,
    slippage: 0,
    liquidity: 'taker',
    done: false,
    atClose: false,
  };
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
    for (let order = desk.next(); order !== undefined; order = desk.next()) {
      const reason = refusal(order, instruments, account.price[order.instrument]!);
      if (reason !== '') desk.ended(order, 'rejected', 0, time, reason);
      else {
        desk.accepted(order, time);
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
      for (let k = 0; k < account.openCount; k++) this.markOpen(stretch, t, account.open[k]!);
      for (const { instrument } of due) this.markOpen(stretch, t, instrument);
      if (!this.isSafe()) return false;
      for (const order of due) {
        const { instrument } = order;
        const time = closeOnly ? stretch.at[t]! : timeOf(stretch, instrument, t);
        this.trade(order, account.price[instrument]!, time);
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
    return this.take(({ instrument, created }) => {
      const row = rowOf(stretch, instrument, t);
      if (row < 0) return false;
      const { time, open } = barsOf(stretch, instrument);
      const place = placeOf(stretch, instrument, row);
      return created <= time[place]! && !Number.isNaN(open[place]!);
    });
  }

  /** An instrument that opens at instant t is worth its open. */
  private markOpen(stretch: Stretch, t: number, instrument: number): void {
    const row = rowOf(stretch, instrument, t);
    if (row < 0) return;
    const price = barsOf(stretch, instrument).open[placeOf(stretch, instrument, row)]!;
    if (price === price) this.options.account.price[instrument] = price;
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
      const { report } = this;
      report.order = id;
      report.instrument = instrument;
      report.time = time;
      report.quantity = side * quantity;
      report.price = price;
      report.fee = fee;
      report.slippage = slippage;
      report.done = done;
      writeFill(this.fills, report);
      desk.filled(order, report);
    }
    if (!done) {
      const reason = config.account.kind === 'cash' && side < 0 ? 'no short sales in a cash account' : 'buying power';
      desk.ended(order, 'cancelled', quantity, time, reason);
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
    const { account } = this.options;
    if (!this.margin || account.openCount === 0) return true;
    const { maintenance } = account.config;
    let slack = account.totals[TOTAL.cash]!;
    let gross = 0;
    for (let k = 0; k < account.openCount; k++) {
      const i = account.open[k]!;
      const units = account.quantity[i]! * account.multiplier[i]!;
      const row = rowOf(stretch, i, t);
      let price = account.price[i]!;
      if (row >= 0) {
        const { low, high, open, close } = barsOf(stretch, i);
        const place = placeOf(stretch, i, row);
        price =
          units > 0
            ? least(price, low[place]!, open[place]!, close[place]!)
            : most(price, high[place]!, open[place]!, close[place]!);
      }
      slack += units * price - maintenance * Math.abs(units * price);
      gross += Math.abs(units * price);
    }
    return slack > NEAR_CALL * gross;
  }
}

function sideOf(order: Order): number {
  return order.side === 'buy' ? 1 : -1;
}

/** When the bar of an instrument opens that is there at instant t. */
function timeOf(stretch: Stretch, instrument: number, t: number): number {
  return barsOf(stretch, instrument).time[placeOf(stretch, instrument, rowOf(stretch, instrument, t))]!;
}
