/** What the engine wants done at a venue. A command is plain data: drivers carry it out and journal it. */
import type { OrderChange } from './order.ts';

export type Command<Approved> =
  | { readonly kind: 'submit'; readonly order: Approved }
  | { readonly kind: 'cancel'; readonly order: number }
  | { readonly kind: 'modify'; readonly order: number; readonly change: OrderChange };
