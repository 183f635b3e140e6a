/** Orders that may trade at one moment, over several instruments: what frees money first, then by age; late-comers behind. */
import type { Account } from '../portfolio/index.ts';
import type { WorkingOrder } from './working-order.ts';

export class TradingQueue {
  readonly #account: Account;
  readonly #queue: WorkingOrder[] = [];
  #served = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  get waits(): boolean {
    return this.#served < this.#queue.length;
  }

  push(order: WorkingOrder): void {
    this.#queue.push(order);
  }

  next(): WorkingOrder | undefined {
    if (!this.waits) return undefined;
    const order = this.#queue[this.#served];
    this.#served += 1;
    return order;
  }

  clear(): void {
    this.#queue.length = 0;
    this.#served = 0;
  }

  /** Puts those that wait in order: what shrinks a position before what opens one, then by id. */
  sort(): void {
    this.#queue.splice(0, this.#served);
    this.#served = 0;
    this.#queue.sort((a, b) => this.#rank(a) - this.#rank(b) || a.id - b.id);
  }

  #rank(order: WorkingOrder): number {
    return this.#account.quantity[order.instrument]! * order.side < 0 ? 0 : 1;
  }
}
