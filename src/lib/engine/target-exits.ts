/**
 * The exits of targets: asked of the strategy with an entry, kept as large as the position, and remembered once one has traded.
 * They know the orders of targets from those of handlers, which they leave alone.
 */
import { SigmaError } from '../core/index.ts';
import type { Bracket, Offset, OrderRequest } from '../model/index.ts';
import type { Account } from '../portfolio/index.ts';
import { isFinal, type OrderState } from './order-state.ts';
import type { OrderDesk } from './orders.ts';

/** An order of a target. */
export type TargetOrder = {
  readonly instrument: number;
  readonly request: OrderRequest;
  /** The target's weight. */
  readonly weight: number;
  /** Gives the exits; called where the order opens a position. */
  readonly ask: () => Bracket;
};

export class TargetExits {
  private readonly desk: OrderDesk;
  private readonly account: Account;
  /** Side of the position that an exit has closed, by instrument; 0 once the target has turned to another. */
  private readonly left: Int8Array;
  /** 1 while orders that are being cancelled may still change the position: the next order waits for them. */
  private readonly unsettled: Uint8Array;
  /** The last order of a target that has added to its position, by instrument. */
  private readonly entries: (OrderState | undefined)[];
  /** 1 for orders of targets, by number. */
  private ofTarget = new Uint8Array(64);

  constructor(desk: OrderDesk, account: Account) {
    this.desk = desk;
    this.account = account;
    this.left = new Int8Array(account.instruments.length);
    this.unsettled = new Uint8Array(account.instruments.length);
    this.entries = account.instruments.map(() => undefined);
  }

  /** An exit has closed what a target of this side held: it stays flat until the target turns. */
  keepsOut(i: number, weight: number): boolean {
    if (this.left[i] === 0) return false;
    if (this.left[i] === Math.sign(weight)) return true;
    this.left[i] = 0;
    return false;
  }

  forget(): void {
    this.left.fill(0);
    this.unsettled.fill(0);
  }

  /** An order of the target works, or orders that an exit has met are on their way. */
  isBusy(i: number): boolean {
    return this.unsettled[i] === 1 || this.desk.open(i).some((state) => state.parent < 0 && this.isOurs(state));
  }

  /** Ends what works for the target, which has changed: two orders on their way would share the exits of one position. */
  clear(i: number): void {
    this.unsettled[i] = 1;
    for (const state of this.desk.open(i))
      if (state.parent < 0 && this.isOurs(state)) this.desk.cancel(state.order.id, 'the target changed');
  }

  /** All that was being cancelled has ended: the position can be compared with the target. */
  settles(i: number): boolean {
    if (this.unsettled[i] === 0) return false;
    for (const state of this.desk.open(i))
      if (this.isOurs(state) && (state.parent < 0 || state.cancelling || state.filled > 0)) return false;
    this.unsettled[i] = 0;
    // Exits that were placed for an order were as large as all of it would have been.
    this.fit(i, true);
    return true;
  }

  submit({ instrument: i, request, weight, ask }: TargetOrder, now: number): void {
    const turns = this.account.quantity[i]! * weight <= 0;
    const opens = turns && weight !== 0;
    const state = this.desk.submit(opens ? { ...request, bracket: ask() } : request, i, now);
    this.note(state.order.id);
    if (!turns || state.status === 'rejected') return;
    // What still stands would meet the next position, or close at a gap what the order turns.
    for (const other of this.exits(i)) this.desk.cancel(other.order.id, 'the target turned');
  }

  /** A position that no order with exits has opened, since it was meant to go elsewhere, gets these. */
  guard(i: number, bracket: Bracket, now: number): void {
    const quantity = Math.abs(this.account.quantity[i]!);
    const entry = this.entries[i];
    if (entry === undefined || this.exits(i).some(({ cancelling }) => !cancelling)) return;
    this.desk.placeExits(entry, bracket, { price: entry.cost / entry.filled, quantity, now });
  }

  /** Each unit of the instrument has become `ratio` new ones: the desk splits the orders that are at work. */
  split(i: number, ratio: number): void {
    const entry = this.entries[i];
    if (entry !== undefined && isFinal(entry.status)) entry.split(ratio);
  }

  onFill(state: OrderState): void {
    const { instrument } = state.order;
    const isOurs = this.isOurs(state);
    if (state.parent >= 0) {
      if (isOurs) this.onExit(state);
      return;
    }
    if (isOurs && state.signed(this.account.quantity[instrument]!) > 0) this.entries[instrument] = state;
    // Exits placed for an order are as large as all of it will be; what a handler guards itself is none of theirs.
    const guarded = state.request.bracket !== undefined;
    if (isOurs || !guarded) this.fit(instrument, !guarded);
  }

  /** An exit that has ended before it closed all it was meant to: it had not grown yet, or two of them cancelled one another. */
  onEnd(state: OrderState): void {
    if (state.parent >= 0 && state.filled > 0 && state.wanted > state.filled && this.isOurs(state))
      this.unsettled[state.order.instrument] = 1;
  }

  private onExit(state: OrderState): void {
    const { instrument, side, id } = state.order;
    this.left[instrument] = side === 'sell' ? 1 : -1;
    if (isFinal(state.status)) this.onEnd(state);
    // What the target had ordered on top of the position has nothing to stand on any more.
    for (const other of this.desk.open(instrument)) {
      if (other.parent >= 0 || !this.isOurs(other)) continue;
      this.desk.cancel(other.order.id, 'an exit, order #, filled', id);
      this.unsettled[instrument] = 1;
    }
  }

  /** Makes the exits of the instrument's position as large as it, or only no smaller. */
  private fit(instrument: number, exactly: boolean): void {
    const held = Math.abs(this.account.quantity[instrument]!);
    for (const { cancelling, wanted, filled, order } of this.exits(instrument)) {
      const quantity = filled + held;
      if (!cancelling && (exactly ? wanted !== quantity : wanted < quantity)) this.desk.modify(order.id, { quantity });
    }
  }

  private exits(instrument: number): readonly OrderState[] {
    return this.desk.open(instrument).filter((state) => state.parent >= 0 && this.isOurs(state));
  }

  private isOurs({ parent, order }: OrderState): boolean {
    return this.ofTarget[parent < 0 ? order.id : parent] === 1;
  }

  private note(id: number): void {
    if (id >= this.ofTarget.length) {
      const longer = new Uint8Array(2 * id);
      longer.set(this.ofTarget);
      this.ofTarget = longer;
    }
    this.ofTarget[id] = 1;
  }
}

/** @throws SigmaError strategy/bad-order where an exit is at no price and no distance */
export function checkExits(exits: Bracket): Bracket {
  checkExit('stopLoss', exits.stopLoss);
  checkExit('takeProfit', exits.takeProfit);
  checkExit('trailing', exits.trailing);
  return exits;
}

function checkExit(name: keyof Bracket, exit: number | Offset | undefined): void {
  if (exit === undefined) return;
  const size = distanceOf(exit);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY))
    throw new SigmaError('strategy/bad-order', `the exit ${name} is at ${size}`, {
      hint: 'give { fraction } or { price } above 0, or leave it out',
    });
}

function distanceOf(exit: number | Offset): number {
  if (typeof exit === 'number') return exit;
  return 'price' in exit ? exit.price : exit.fraction;
}
