/** An order while it works at the simulated venue: at which price it acts, and how a trailing stop follows the market. */
import { type Order, type OrderChange, splitChange, type TimeInForce } from '../model/index.ts';

/** `market` acts at once, `limit` trades at its price or better, `conditional` waits for its trigger and becomes one of the two. */
export type Stance = 'market' | 'limit' | 'conditional';

/**
 * One shape for every kind of order, so that the walk along a bar stays monomorphic. Prices that do not apply are NaN.
 * An order that has ended is used again for a later one: its numbers lie in boxes of their own, which cost more to make than to fill.
 */
export class WorkingOrder {
  id = 0;
  instrument = 0;
  /** +1 buys, -1 sells. */
  side = 0;
  reduceOnly = false;
  timeInForce: TimeInForce = 'GTC';
  display = Number.POSITIVE_INFINITY;
  /** When it reaches the venue. */
  arrival = Number.NaN;
  trailing = false;
  offsetPrice = Number.NaN;
  offsetFraction = Number.NaN;
  activation = Number.NaN;
  /** A DAY order learns its end from the first bar it meets. */
  expires = Number.POSITIVE_INFINITY;
  stance: Stance = 'market';
  /** Acts when price falls to `level` (true) or rises to it (false). */
  falling = false;
  level = Number.NaN;
  quantity = Number.NaN;
  filled = Number.NaN;
  price = Number.NaN;
  trigger = Number.NaN;
  /** Best price since a trailing stop began to trail; NaN before. */
  anchor = Number.NaN;
  postOnly = false;
  /** A limit that has not been compared with a price since it arrived. */
  uncompared = false;
  /** A limit that was through the market when it arrived: it takes liquidity if it trades at once. */
  takes = false;
  /** Has not met a bar yet. */
  fresh = true;
  alive = false;
  /** Instant on which it has done all it can (volume ran out). */
  spent = -1;
  /** Instant in the middle of which it arrived; it meets the rest of that bar. */
  joined = -1;
  /** Fee before the order's minimum and cap, what was paid of it, and the notional it is for. */
  feeAccrued = Number.NaN;
  feePaid = Number.NaN;
  notional = Number.NaN;
  /** A cancel or change that is still on its way. */
  cancelAt = Number.POSITIVE_INFINITY;
  change: OrderChange | null = null;
  changeAt = Number.POSITIVE_INFINITY;

  /** Becomes the order, which reaches the venue at `arrival`. */
  begin(order: Order, arrival: number): void {
    const { kind, timeInForce } = order;
    const limited = kind === 'limit' || kind === 'stop-limit';
    const triggered = kind === 'stop' || kind === 'stop-limit' || kind === 'take-profit';
    this.id = order.id;
    this.instrument = order.instrument;
    this.side = order.side === 'buy' ? 1 : -1;
    this.reduceOnly = order.reduceOnly;
    this.timeInForce = timeInForce;
    this.expires = timeInForce === 'DAY' ? Number.POSITIVE_INFINITY : order.expires;
    this.quantity = order.quantity;
    this.filled = 0;
    this.arrival = arrival;
    this.price = limited ? order.price : Number.NaN;
    this.trigger = triggered ? order.trigger : Number.NaN;
    this.display = kind === 'limit' ? (order.display ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    this.postOnly = kind === 'limit' && order.postOnly === true;
    this.uncompared = kind === 'limit';
    this.stance = kind === 'market' ? 'market' : kind === 'limit' ? 'limit' : 'conditional';
    this.falling = (kind === 'limit' || kind === 'take-profit') === (order.side === 'buy');
    this.level = kind === 'limit' ? this.price : this.trigger;
    this.trailing = kind === 'trailing-stop';
    const offset = kind === 'trailing-stop' ? order.offset : undefined;
    this.offsetPrice = offset !== undefined && 'price' in offset ? offset.price : Number.NaN;
    this.offsetFraction = offset !== undefined && 'fraction' in offset ? offset.fraction : Number.NaN;
    this.activation = kind === 'trailing-stop' ? (order.activation ?? Number.NaN) : Number.NaN;
    this.anchor = Number.NaN;
    this.takes = false;
    this.fresh = true;
    this.alive = true;
    this.spent = -1;
    this.joined = -1;
    this.feeAccrued = 0;
    this.feePaid = 0;
    this.notional = 0;
    this.cancelAt = Number.POSITIVE_INFINITY;
    this.change = null;
    this.changeAt = Number.POSITIVE_INFINITY;
  }

  get remaining(): number {
    return this.quantity - this.filled;
  }

  /** Acts at this very price, without the market moving. */
  actsAt(price: number): boolean {
    if (this.stance === 'market') return true;
    return this.falling ? price <= this.level : price >= this.level;
  }

  /** Its limit is strictly better for the other side than `price`, so it would trade at once. */
  isThrough(price: number): boolean {
    return this.side > 0 ? price < this.price : price > this.price;
  }

  /** Must trade at once or end. */
  get immediate(): boolean {
    return this.timeInForce === 'IOC' || this.timeInForce === 'FOK';
  }

  /** A trailing stop follows `price` in its favour, once its activation price was reached. */
  follow(price: number): void {
    if (!this.trailing || this.stance !== 'conditional') return;
    if (Number.isNaN(this.anchor)) {
      const waits = this.falling ? price < this.activation : price > this.activation;
      if (waits) return; // without an activation the comparison with NaN lets it start
      this.anchor = price;
    } else if (this.falling ? price > this.anchor : price < this.anchor) this.anchor = price;
    else return;
    this.level = this.trailLevel(this.anchor);
  }

  /** Where the stop stands when `anchor` was the best price. */
  trailLevel(anchor: number): number {
    const distance = Number.isNaN(this.offsetFraction) ? this.offsetPrice : anchor * this.offsetFraction;
    return this.falling ? anchor - distance : anchor + distance;
  }

  /** The trigger fired: from here on it is a limit order if it has a price, otherwise a market order. */
  release(): void {
    if (Number.isNaN(this.price)) this.stance = 'market';
    else {
      this.stance = 'limit';
      this.falling = this.side > 0;
      this.level = this.price;
    }
  }

  apply(change: OrderChange): void {
    if (change.quantity !== undefined) this.quantity = change.quantity;
    if (change.price !== undefined && !Number.isNaN(this.price)) this.price = change.price;
    if (change.trigger !== undefined && !Number.isNaN(this.trigger)) this.trigger = change.trigger;
    if (this.stance === 'limit') this.level = this.price;
    else if (this.stance === 'conditional' && !this.trailing) this.level = this.trigger;
  }

  /** `ratio` new units for each old one. */
  split(ratio: number): void {
    this.quantity *= ratio;
    this.filled *= ratio;
    this.price /= ratio;
    this.trigger /= ratio;
    this.level /= ratio;
    this.anchor /= ratio;
    this.activation /= ratio;
    this.offsetPrice /= ratio;
    this.display *= ratio;
    if (this.change !== null) this.change = splitChange(this.change, ratio);
  }
}
