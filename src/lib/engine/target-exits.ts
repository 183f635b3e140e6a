/** The exits of targets: asked of the strategy with an entry, kept as large as the position, and remembered once one has traded. */
import { SigmaError } from '../core/index.ts';
import type { Bracket, Offset, OrderRequest } from '../model/index.ts';
import type { Account } from '../portfolio/index.ts';
import type { OrderState } from './order-state.ts';
import type { OrderDesk } from './orders.ts';

export class TargetExits {
  private readonly desk: OrderDesk;
  private readonly account: Account;
  /** Side of the position that an exit has closed, by instrument; 0 once the target has turned to another. */
  private readonly left: Int8Array;

  constructor(desk: OrderDesk, account: Account) {
    this.desk = desk;
    this.account = account;
    this.left = new Int8Array(account.instruments.length);
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
  }

  /** Sends the order of a target. `ask` gives the exits, and is called where the order opens a position. */
  submit(request: OrderRequest, i: number, weight: number, now: number, ask: () => Bracket): void {
    const held = this.account.quantity[i]!;
    const turns = held * weight <= 0;
    const opens = turns && weight !== 0;
    const state = this.desk.submit(opens ? { ...request, bracket: ask() } : request, i, now);
    // What still stands would meet the next position, or close at a gap what the order turns.
    if (turns && held !== 0 && state.status !== 'rejected') this.desk.cancelExits(i, 'the target turned');
  }

  onFill(state: OrderState): void {
    const { instrument, side } = state.order;
    if (state.parent < 0) {
      if (state.request.bracket === undefined) this.desk.fitExits(instrument);
      return;
    }
    this.left[instrument] = side === 'sell' ? 1 : -1;
    // What the target had ordered on top of the position has nothing to stand on any more.
    for (const other of this.desk.open(instrument))
      if (other.parent < 0 && other.order.kind === 'market')
        this.desk.cancel(other.order.id, 'an exit, order #, filled', state.order.id);
  }
}

/** @throws SigmaError strategy/bad-order where an exit is at no price and no distance */
export function checkExits(exits: Bracket): Bracket {
  for (const name of ['stopLoss', 'takeProfit', 'trailing'] as const) {
    const exit = exits[name];
    if (exit === undefined) continue;
    const size = distanceOf(exit);
    if (!(size > 0 && size < Number.POSITIVE_INFINITY))
      throw new SigmaError('strategy/bad-order', `the exit ${name} is at ${size}`, {
        hint: 'give { fraction } or { price } above 0, or leave it out',
      });
  }
  return exits;
}

function distanceOf(exit: number | Offset): number {
  if (typeof exit === 'number') return exit;
  return 'price' in exit ? exit.price : exit.fraction;
}
