/** Orders that may trade at one moment, over several instruments: what frees money first, then by age; late-comers behind. */
import type { Account } from '../portfolio/index.ts';
import type { WorkingOrder } from './working-order.ts';

export class TradingQueue {
  private readonly account: Account;
  /** Those from `served` to `end` wait; the places beyond are used again. */
  private readonly queue: WorkingOrder[] = [];
  private served = 0;
  private end = 0;

  constructor(account: Account) {
    this.account = account;
  }

  get waits(): boolean {
    return this.served < this.end;
  }

  push(order: WorkingOrder): void {
    this.queue[this.end] = order;
    this.end += 1;
  }

  next(): WorkingOrder | undefined {
    if (!this.waits) return undefined;
    const order = this.queue[this.served];
    this.served += 1;
    return order;
  }

  clear(): void {
    this.served = 0;
    this.end = 0;
  }

  /** Puts those that wait in order: what shrinks a position before what opens one, then by id. */
  sort(): void {
    if (this.end - this.served < 2) return;
    const waiting = this.queue.slice(this.served, this.end);
    waiting.sort((a, b) => this.rank(a) - this.rank(b) || a.id - b.id);
    for (let k = 0; k < waiting.length; k += 1) this.queue[this.served + k] = waiting[k]!;
  }

  private rank(order: WorkingOrder): number {
    return this.account.quantity[order.instrument]! * order.side < 0 ? 0 : 1;
  }
}
