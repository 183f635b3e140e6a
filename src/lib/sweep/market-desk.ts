/** The desk that market orders of targets are kept at until they have ended. */

import { Fifo } from '../core/index.ts';
import { checkRequest, marketOrder, type OrderDesk, type TargetDesk } from '../engine/index.ts';
import type { Instrument, Order, VenueReport } from '../model/index.ts';
import { type Account, Pending, roundQuantity } from '../portfolio/index.ts';
import type { RiskGate } from '../risk/index.ts';

export type Filled = Extract<VenueReport, { kind: 'filled' }>;

export interface MarketDesk extends TargetDesk {
  /** Orders made and not yet taken. */
  readonly waiting: boolean;
  /** Takes the next of them. */
  next(): Order | undefined;
  accepted(order: Order, time: number): void;
  /** A fill is in the account; `done` where it ends the order. */
  filled(order: Order, fill: Filled): void;
  /** It ends without more of it being traded, `filled` units after all. */
  ended(order: Order, kind: 'rejected' | 'cancelled', filled: number, time: number, reason: string): void;
}

/** The engine's desk, which keeps a record of every order. */
export class RecordingDesk implements MarketDesk {
  private readonly desk: OrderDesk;

  constructor(desk: OrderDesk) {
    this.desk = desk;
  }

  get pending(): Pending {
    return this.desk.pending;
  }

  get waiting(): boolean {
    return this.desk.waiting;
  }

  order(instrument: number, quantity: number, now: number): void {
    this.desk.order(instrument, quantity, now);
  }

  next(): Order | undefined {
    const command = this.desk.commands.next();
    if (command === undefined || command.kind === 'submit') return command?.order;
    throw new Error(`a target made a ${command.kind} command`);
  }

  accepted({ id }: Order, time: number): void {
    this.desk.report({ kind: 'accepted', order: id, time });
  }

  filled(_: Order, fill: Filled): void {
    this.desk.report(fill);
  }

  ended({ id }: Order, kind: 'rejected' | 'cancelled', _: number, time: number, reason: string): void {
    this.desk.report({ kind, order: id, time, reason });
  }
}

/** The same where nobody asks for the orders: they are numbered, rounded and cleared through risk, and what is on its way is counted. */
export class CountingDesk implements MarketDesk {
  readonly pending: Pending;
  private readonly instruments: readonly Instrument[];
  private readonly account: Account;
  private readonly gate: RiskGate;
  private readonly made = new Fifo<Order>();
  /** Orders that have not ended, of all and by instrument. */
  private working = 0;
  private readonly workingOf: Int32Array;
  private numbered = 0;

  constructor(instruments: readonly Instrument[], account: Account, gate: RiskGate) {
    this.instruments = instruments;
    this.account = account;
    this.gate = gate;
    this.pending = new Pending(instruments.length);
    this.workingOf = new Int32Array(instruments.length);
  }

  get waiting(): boolean {
    return this.made.length > 0;
  }

  order(instrument: number, signed: number, now: number): void {
    const terms = this.instruments[instrument]!;
    // Refused in the engine's words.
    if (!Number.isFinite(signed)) checkRequest(marketOrder(signed), terms);
    const order: Order = {
      kind: 'market',
      id: ++this.numbered,
      instrument,
      side: signed > 0 ? 'buy' : 'sell',
      quantity: roundQuantity(terms, Math.abs(signed)),
      timeInForce: 'GTC',
      expires: Number.POSITIVE_INFINITY,
      reduceOnly: false,
      created: now,
    };
    if (order.quantity === 0) return;
    const verdict = this.gate.review(order, this.account.price[instrument]!, this.pending, this.working);
    if (!verdict.ok) return;
    this.working++;
    this.workingOf[instrument]!++;
    this.pending.add(instrument, signedUnits(verdict.order, verdict.order.quantity));
    this.made.push(verdict.order);
  }

  next(): Order | undefined {
    return this.made.next();
  }

  accepted(): void {}

  filled(order: Order, { quantity, done }: Filled): void {
    this.pending.add(order.instrument, -quantity);
    if (done) this.end(order, Math.abs(quantity));
  }

  ended(order: Order, _: 'rejected' | 'cancelled', filled: number): void {
    this.end(order, filled);
  }

  private end(order: Order, filled: number): void {
    const { instrument } = order;
    this.working--;
    this.pending.add(instrument, -signedUnits(order, order.quantity - filled));
    if (--this.workingOf[instrument]! === 0) this.pending.clear(instrument);
  }
}

function signedUnits({ side }: Order, quantity: number): number {
  return side === 'buy' ? quantity : -quantity;
}
