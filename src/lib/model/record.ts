/** What a run leaves behind: one row an instant, an order, a fill, a trade, a line of the log. Prices and money are in the account's currency. */
import type { Liquidity, OrderKind, OrderStatus, Side, TimeInForce } from './order.ts';

/** One row per instant at which the account was valued. */
export type EquityCurve = {
  readonly time: Float64Array;
  /** cash + value of all positions. */
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Sum of |position value|. */
  readonly gross: Float64Array;
  /** Sum of signed position value. */
  readonly net: Float64Array;
};

export type OrderRecord = {
  readonly id: number;
  readonly symbol: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly timeInForce: TimeInForce;
  readonly quantity: number;
  readonly filled: number;
  /** Quantity-weighted mean of its fills; NaN without one. */
  readonly averagePrice: number;
  /** Limit price or NaN. */
  readonly price: number;
  /** Trigger or NaN. */
  readonly trigger: number;
  readonly status: OrderStatus;
  readonly created: number;
  readonly updated: number;
  /** The order whose fill released this one; -1 without. */
  readonly parent: number;
  readonly ocoGroup: number;
  readonly reduceOnly: boolean;
  readonly tag: string;
  /** Why it was rejected, cut, cancelled or expired; empty when nothing happened. */
  readonly reason: string;
};

export type FillRecord = {
  readonly id: number;
  readonly order: number;
  readonly symbol: string;
  readonly side: Side;
  readonly time: number;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  /** Cost against the price before spread, slippage and impact, in currency; included in `price`. */
  readonly slippage: number;
  readonly liquidity: Liquidity;
};

/** A round trip from flat to flat by average cost; a flip closes one trade and opens the next. */
export type TradeRecord = {
  readonly id: number;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly entryTime: number;
  /** NaN while open. */
  readonly exitTime: number;
  /** Quantity-weighted means. The exit price of an open trade is the last mark. */
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Largest absolute position during the trade. */
  readonly quantity: number;
  /** Profit before fees, borrow and dividends; unrealised at the last mark while open. */
  readonly grossPnl: number;
  readonly fees: number;
  /** Borrow, and dividends that a short pays; less those that a long receives. */
  readonly borrow: number;
  /** grossPnl - fees - borrow. */
  readonly pnl: number;
  /** pnl over entry notional. */
  readonly return: number;
  /** Bars of its instrument from entry to exit. */
  readonly bars: number;
  /** Worst and best excursion against the entry price on bar extremes, as fractions (adverse <= 0 <= favourable). */
  readonly adverse: number;
  readonly favourable: number;
  readonly tag: string;
};

export type LogEntry = {
  readonly time: number;
  readonly level: 'info' | 'warn';
  readonly source: 'strategy' | 'risk' | 'venue' | 'engine';
  readonly symbol: string;
  readonly message: string;
};
