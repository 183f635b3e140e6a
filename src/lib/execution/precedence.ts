/** The order in which orders trade at one moment over several instruments: what frees money first, then by age. */
import type { Account } from '../portfolio/index.ts';
import type { WorkingOrder } from './working-order.ts';

/** Sorts in place: orders that reduce a position before those that open one, then by id. */
export function sortByPrecedence(queue: WorkingOrder[], account: Account): void {
  queue.sort((a, b) => rank(a, account) - rank(b, account) || a.id - b.id);
}

function rank(order: WorkingOrder, account: Account): number {
  return order.reduceOnly || account.quantity[order.instrument]! * order.side < 0 ? 0 : 1;
}
