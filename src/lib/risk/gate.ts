/** The gate every order passes, in every mode: limits on size, exposure and activity, and the switches that stop trading. */
import type { Order } from '../model/index.ts';
import { type Account, type Pending, roundQuantity } from '../portfolio/index.ts';
import { type Approved, approve } from './approved.ts';
import type { KillAction, RiskConfig } from './config.ts';
import { inWords, room } from './exposure.ts';
import { type RiskState, Watch } from './watch.ts';

export type Verdict =
  /** `reason` says how the order was cut; empty when it passed whole. */
  | { readonly ok: true; readonly order: Approved<Order>; readonly reason: string }
  | { readonly ok: false; readonly reason: string };

export interface RiskGate {
  /**
   * Judges one order. The part that shrinks the position always passes; the part that opens must fit every limit.
   * `referencePrice` is the instrument's last price; `pending` holds the signed units of opening and
   * closing orders that are sent and expected to fill (not resting exits); `openOrders` counts working orders.
   * The account must be valued (`account.value()`) at the instant.
   */
  review(order: Order, referencePrice: number, pending: Pending, openOrders: number): Verdict;
  /** Called at each instant after `account.value()`, with the time in `clock[0]`. Allocates nothing. */
  observe(totals: Float64Array, clock: Float64Array): RiskState;
  /** Some limit looks at equity, so that `observe` may change something; otherwise it only tells of a new instant. */
  readonly measures: boolean;
  readonly state: RiskState;
  /** Why trading is restricted; empty when it is not. */
  readonly reason: string;
  /** The manual switch; a weaker action never replaces a stronger one. */
  kill(action: KillAction, reason: string): void;
  /** Lifts every halt; drawdown and daily loss are measured afresh from here. */
  release(): void;
}

export function createRiskGate(config: RiskConfig, account: Account): RiskGate {
  return new Gate(config, account);
}

/** Below this fraction of the order, what would open is rounding. */
export const OPENING_DUST = 1e-9;

/** An order that opens no more than this only closes: it always passes. */
export function onlyCloses(opening: number, quantity: number): boolean {
  return opening <= OPENING_DUST * quantity;
}

class Gate implements RiskGate {
  private readonly config: RiskConfig;
  private readonly account: Account;
  private readonly watch: Watch;
  private ordersThisInstant = 0;

  constructor(config: RiskConfig, account: Account) {
    this.config = config;
    this.account = account;
    this.watch = new Watch(config);
  }

  observe(totals: Float64Array, clock: Float64Array): RiskState {
    this.ordersThisInstant = 0;
    return this.watch.observe(totals, clock);
  }

  get measures(): boolean {
    return this.watch.measures;
  }

  get state(): RiskState {
    return this.watch.state;
  }

  get reason(): string {
    return this.watch.reason;
  }

  kill(action: KillAction, reason: string): void {
    this.watch.kill(action, reason);
  }

  release(): void {
    this.watch.release();
  }

  review(order: Order, referencePrice: number, pending: Pending, openOrders: number): Verdict {
    const fault = malformed(order, this.account.instruments.length);
    if (fault !== '') return { ok: false, reason: fault };
    const held = this.account.quantity[order.instrument]!;
    const direction = order.side === 'buy' ? 1 : -1;
    const closing = held * direction < 0 ? Math.min(order.quantity, Math.abs(held)) : 0;
    const opening = order.quantity - closing;
    if (onlyCloses(opening, order.quantity)) return this.pass(order, order.quantity, '');
    // Where the run is ending, no order may wait for a position to come.
    if (order.reduceOnly && (closing > 0 || this.watch.state !== 'stop')) return this.pass(order, order.quantity, '');

    const refusal = this.refusal(direction, referencePrice, openOrders);
    if (refusal !== '') return this.trim(order, closing, refusal);

    const scale = this.watch.scale;
    let allowed = closing + opening * scale;
    let reason =
      scale < 1 ? `drawdown ${(this.watch.drawdown * 100).toFixed(2)} % scales openings by ${scale.toFixed(3)}` : '';
    const { units, limit } = room(this.config, this.account, order, referencePrice, pending);
    if (units < allowed) {
      allowed = units;
      reason = inWords(limit, this.config, this.account);
      if (this.config.onBreach === 'reject') return { ok: false, reason };
    }
    if (reason === '') return this.pass(order, order.quantity, '');
    const rounded = roundQuantity(this.account.instruments[order.instrument]!, Math.max(allowed, 0), referencePrice);
    if (rounded > closing) return this.pass(order, rounded, reason);
    return this.trim(order, closing, reason);
  }

  /** Why nothing may open now; empty when it may. */
  private refusal(direction: number, referencePrice: number, openOrders: number): string {
    const { maxOpenOrders, maxOrdersPerInstant } = this.config;
    if (this.watch.state !== 'none') return this.watch.reason;
    if (direction < 0 && this.account.config.kind === 'cash') return 'a cash account cannot sell short';
    if (!(referencePrice > 0 && referencePrice < Number.POSITIVE_INFINITY)) return 'no price to value the order at';
    if (maxOpenOrders !== undefined && openOrders >= maxOpenOrders)
      return `${openOrders} open orders, limit ${maxOpenOrders}`;
    if (maxOrdersPerInstant !== undefined && this.ordersThisInstant >= maxOrdersPerInstant) {
      return `${this.ordersThisInstant} orders at this instant, limit ${maxOrdersPerInstant}`;
    }
    return '';
  }

  /** Lets only the closing part through; an order without one is refused. */
  private trim(order: Order, closing: number, reason: string): Verdict {
    return closing > 0 ? this.pass(order, closing, reason) : { ok: false, reason };
  }

  private pass(order: Order, quantity: number, reason: string): Verdict {
    this.ordersThisInstant++;
    if (quantity === order.quantity) return { ok: true, order: approve(order), reason: '' };
    return {
      ok: true,
      order: approve({ ...order, quantity }),
      reason: `cut from ${order.quantity} to ${quantity}: ${reason}`,
    };
  }
}

function malformed(order: Order, instruments: number): string {
  if (!(Number.isInteger(order.instrument) && order.instrument >= 0 && order.instrument < instruments)) {
    return `no instrument ${order.instrument}`;
  }
  if (!(order.quantity > 0 && Number.isFinite(order.quantity))) return `quantity ${order.quantity} is not positive`;
  if ((order.kind === 'limit' || order.kind === 'stop-limit') && !Number.isFinite(order.price))
    return `price ${order.price} is not a number`;
  if (
    (order.kind === 'stop' || order.kind === 'take-profit' || order.kind === 'stop-limit') &&
    !Number.isFinite(order.trigger)
  )
    return `trigger ${order.trigger} is not a number`;
  return '';
}
