/** The stamp of an order that passed risk. Only this folder can make one, and a venue takes nothing else. */
import type { Order } from '../model/index.ts';

declare const passedRisk: unique symbol;

export type Approved<T = Order> = T & { readonly [passedRisk]: true };

/** Stamps an order; not exported from the folder's face. */
export function approve<T>(order: T): Approved<T> {
  return order as Approved<T>; // the one place that may make the brand
}
