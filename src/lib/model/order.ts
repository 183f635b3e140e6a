/** Orders: what a strategy asks for, and the states an order passes through. */

export type Side = 'buy' | 'sell';
export type TimeInForce = 'GTC' | 'DAY' | 'IOC' | 'FOK' | 'GTD';

/** A distance from a price: in price units, as a fraction (0.05 is 5 %), or as a distance to start from. */
export type Offset = { readonly price: number } | { readonly fraction: number };

export type OrderTerms =
  | { readonly kind: 'market' }
  | {
      readonly kind: 'limit';
      readonly price: number;
      readonly postOnly?: boolean /** Iceberg: the part shown at a time. */;
      readonly display?: number;
    }
  | { readonly kind: 'stop'; readonly trigger: number }
  | { readonly kind: 'stop-limit'; readonly trigger: number; readonly price: number }
  | { readonly kind: 'take-profit'; readonly trigger: number }
  | {
      readonly kind: 'trailing-stop';
      readonly offset: Offset /** Starts to trail only once this price was reached. */;
      readonly activation?: number;
    };

export type OrderKind = OrderTerms['kind'];

/**
 * Exits that are placed when the entry fills, as one-cancels-other: the bracket. A number is a price, an offset a distance
 * from the price of the fill. A level at or below zero cannot be reached: it is not placed.
 */
export type Bracket = {
  readonly stopLoss?: number | Offset;
  readonly takeProfit?: number | Offset;
  readonly trailing?: Offset;
};

/** Level of an exit from a fill at `price`; `direction` is 1 where it lies above the fill, -1 below. */
export function exitLevel(exit: number | Offset, price: number, direction: number): number {
  if (typeof exit === 'number') return exit;
  return price + direction * ('price' in exit ? exit.price : exit.fraction * price);
}

export type OrderRequest = OrderTerms & {
  /** Symbol; the instrument of the current event when left out. */
  readonly symbol?: string;
  readonly side: Side;
  /** In units of the instrument, positive; rounded down to the lot size. */
  readonly quantity: number;
  readonly timeInForce?: TimeInForce;
  /** When a GTD order ends, epoch milliseconds. */
  readonly expires?: number;
  /** May only shrink the position; cut to it when larger. */
  readonly reduceOnly?: boolean;
  /** One of a group may fill (OCO): a whole fill of one cancels the others, a fill of a part takes as much from each of them. */
  readonly ocoGroup?: number;
  readonly bracket?: Bracket;
  /** Free text that the order, its fills and its trade carry. */
  readonly tag?: string;
};

export type OrderChange = { readonly quantity?: number; readonly price?: number; readonly trigger?: number };

/**
 * new -> accepted -> partially-filled* -> filled | cancelled | expired, or new -> rejected.
 * `held` is an OTO child that waits for its parent.
 */
export type OrderStatus =
  | 'held'
  | 'new'
  | 'accepted'
  | 'partially-filled'
  | 'filled'
  | 'cancelled'
  | 'expired'
  | 'rejected';

export type Liquidity = 'maker' | 'taker';

/** An order as the engine made it: numbered, rounded to the instrument's increments, bound to an instrument. */
export type Order = OrderTerms & {
  /** Unique within a run, ascending in order of creation. */
  readonly id: number;
  /** Index into the run's instruments. */
  readonly instrument: number;
  readonly side: Side;
  readonly quantity: number;
  readonly timeInForce: TimeInForce;
  /** When a GTD order ends, epoch milliseconds; Infinity otherwise. A DAY order ends with the first day it meets: the venue knows its days. */
  readonly expires: number;
  readonly reduceOnly: boolean;
  readonly created: number;
};
