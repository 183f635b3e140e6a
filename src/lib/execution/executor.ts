/** Carries out one order at one moment: how much of it, at what price, for what fee, and what that does to the venue's account. */
import { unreachable } from '../core/index.ts';
import type { Liquidity } from '../model/index.ts';
import type { Account } from '../portfolio/index.ts';
import type { BarActivity } from './bar-activity.ts';
import { affordableUnits, isFree, wholeLots } from './buying-power.ts';
import type { ExecutionConfig } from './config.ts';
import { accruedFee, orderFee } from './fees.ts';
import type { Instant } from './instant.ts';
import type { MarginWatch } from './margin-watch.ts';
import { isDust } from './market-fill.ts';
import type { ReportQueue } from './report-queue.ts';
import { fixedSlippage } from './slippage/fixed.ts';
import { squareRootImpact } from './slippage/square-root.ts';
import { volumeCap } from './slippage/volume-cap.ts';
import { volumeShareSlippage } from './slippage/volume-share.ts';
import { takerPrice } from './taker-price.ts';
import type { WorkingOrder } from './working-order.ts';
import type { WorkingOrders } from './working-orders.ts';

export type ExecutorParts = {
  readonly account: Account;
  readonly execution: ExecutionConfig;
  readonly orders: WorkingOrders;
  readonly reports: ReportQueue;
  readonly activity: BarActivity;
  readonly margin: MarginWatch;
  readonly instant: Instant;
};

/** How an order meets the market: where price is, and as what. */
export type Meeting = {
  readonly time: number;
  /** Where price is on the path. */
  readonly reference: number;
  readonly liquidity: Liquidity;
  /** Most that may trade now, by what the order shows. */
  readonly shown: number;
  /** An order that has traded what it can sits out the rest of the instant. */
  readonly instant: number;
};

export class Executor {
  private readonly parts: ExecutorParts;

  constructor(parts: ExecutorParts) {
    this.parts = parts;
  }

  /** Trades as much of the order as position, volume and money allow, and ends what cannot stay. */
  trade(order: WorkingOrder, meeting: Meeting): void {
    const { account } = this.parts;
    account.price[order.instrument] = meeting.reference;
    order.spent = meeting.instant;
    const reducible = order.reduceOnly
      ? Math.max(-order.side * account.quantity[order.instrument]!, 0)
      : Number.POSITIVE_INFINITY;
    if (reducible === 0) return this.cancel(order, meeting.time, 'nothing to reduce');
    const wanted = Math.min(order.remaining, reducible);
    const offered = this.offered(order, meeting, wanted);
    const quantity = offered > 0 ? this.affordable(order, meeting, offered) : 0;
    if (order.timeInForce === 'FOK' && quantity < order.remaining)
      return this.cancel(order, meeting.time, 'fill or kill');
    if (quantity > 0) this.fill(order, meeting, quantity);
    if (!order.alive) return;
    if (quantity < offered) this.cancel(order, meeting.time, this.shortOf(order));
    else if (quantity >= wanted) this.cancel(order, meeting.time, 'reduce-only: cut to the position');
    else if (order.timeInForce === 'IOC') this.cancel(order, meeting.time, 'immediate or cancel');
  }

  cancel(order: WorkingOrder, time: number, reason: string): void {
    this.parts.orders.remove(order);
    this.parts.reports.push({ kind: 'cancelled', order: order.id, time, reason });
  }

  /** Closes a position by force at `reference`, as a taker, whatever the volume. */
  liquidate(instrument: number, reference: number, time: number): void {
    const { account, execution, reports, margin } = this.parts;
    const held = account.quantity[instrument]!;
    const quantity = Math.abs(held);
    const terms = account.instruments[instrument]!;
    account.price[instrument] = reference;
    const price = this.price(instrument, -Math.sign(held), quantity, reference, Number.NaN);
    const notional = quantity * price * terms.multiplier;
    const fee = orderFee(execution.fees, accruedFee(execution.fees, quantity, notional, 'taker', true), notional);
    const slippage = Math.abs(price - reference) * quantity * terms.multiplier;
    account.applyFill(instrument, -held, price, fee, slippage);
    margin.refresh(instrument);
    reports.push({
      kind: 'filled',
      order: -1,
      instrument,
      time,
      quantity: -held,
      price,
      fee,
      slippage,
      liquidity: 'taker',
      done: true,
      atClose: false,
    });
  }

  /** Why the account could not trade all that was offered. */
  private shortOf(order: WorkingOrder): string {
    const { kind } = this.parts.account.config;
    return kind === 'cash' && order.side < 0 ? 'no short sales in a cash account' : 'buying power';
  }

  /** As much of `wanted` as the order shows and the bar's volume allows. */
  private offered(order: WorkingOrder, meeting: Meeting, wanted: number): number {
    const shown = Math.min(wanted, meeting.shown);
    const room = this.room(order.instrument);
    const { lotSize } = this.parts.account.instruments[order.instrument]!;
    return room < shown ? wholeLots(lotSize, room) : shown;
  }

  /** Units of the bar's volume that are left. */
  private room(instrument: number): number {
    const { activity, execution } = this.parts;
    return volumeCap(execution.slippage, activity.volume[instrument]!) - activity.taken[instrument]!;
  }

  private price(instrument: number, side: number, quantity: number, reference: number, bound: number): number {
    const { account, execution } = this.parts;
    const fraction = execution.spreadBps / 20_000 + this.slippage(instrument, quantity);
    return takerPrice(account.instruments[instrument]!, reference, side, fraction, bound);
  }

  private slippage(instrument: number, quantity: number): number {
    const { execution, activity } = this.parts;
    const model = execution.slippage;
    switch (model.kind) {
      case 'none':
        return 0;
      case 'fixed':
        return fixedSlippage(model.bps);
      case 'volume-share': {
        const taken = activity.taken[instrument]! + quantity;
        return volumeShareSlippage(taken, activity.volume[instrument]!, model.volumeLimit, model.priceImpact);
      }
      case 'square-root':
        return squareRootImpact(
          model.y,
          activity.dailyVolatility[instrument]!,
          quantity,
          activity.dailyVolume[instrument]!,
        );
      default:
        return unreachable(model);
    }
  }

  private priceOf(order: WorkingOrder, meeting: Meeting, quantity: number): number {
    if (meeting.liquidity === 'maker') return meeting.reference;
    return this.price(order.instrument, order.side, quantity, meeting.reference, order.price);
  }

  /** Fee this fill adds to what the order has paid. */
  private feeOf(order: WorkingOrder, quantity: number, notional: number, liquidity: Liquidity): number {
    const { fees } = this.parts.execution;
    const accrued = order.feeAccrued + accruedFee(fees, quantity, notional, liquidity, order.filled === 0);
    return orderFee(fees, accrued, order.notional + notional) - order.feePaid;
  }

  private affordable(order: WorkingOrder, meeting: Meeting, quantity: number): number {
    const { account } = this.parts;
    const { instrument, side } = order;
    if (isFree(account, instrument, side * quantity)) return quantity;
    const { multiplier } = account.instruments[instrument]!;
    const price = this.priceOf(order, meeting, quantity);
    return affordableUnits(account, {
      instrument,
      side,
      quantity,
      price,
      reference: meeting.reference,
      fee: (units) => this.feeOf(order, units, units * price * multiplier, meeting.liquidity),
    });
  }

  private fill(order: WorkingOrder, meeting: Meeting, quantity: number): void {
    const { account, orders, reports, activity, margin, instant } = this.parts;
    const { instrument, side } = order;
    const { reference, liquidity, time } = meeting;
    const price = this.priceOf(order, meeting, quantity);
    const { multiplier } = account.instruments[instrument]!;
    const notional = quantity * price * multiplier;
    const fee = this.feeOf(order, quantity, notional, liquidity);
    const slippage = side * (price - reference) * quantity * multiplier;
    order.feeAccrued += accruedFee(this.parts.execution.fees, quantity, notional, liquidity, order.filled === 0);
    order.feePaid += fee;
    order.notional += notional;
    order.filled += quantity;
    if (isDust(order.remaining, order.quantity)) order.filled = order.quantity;
    const done = order.remaining === 0;
    activity.taken[instrument]! += quantity;
    account.applyFill(instrument, side * quantity, price, fee, slippage);
    margin.refresh(instrument);
    reports.push({
      kind: 'filled',
      order: order.id,
      instrument,
      time,
      quantity: side * quantity,
      price,
      fee,
      slippage,
      liquidity,
      done,
      // Between two walks only the closes of the instant just seen are traded.
      atClose: instant.phase === 'closed',
    });
    if (done) orders.remove(order);
  }
}
