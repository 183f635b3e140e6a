/** The terms of an account and the way targets become quantities: plain data, stored with the run. */

export type AccountConfig = {
  readonly currency: string;
  readonly cash: number;
  /** `cash`: no borrowing and no short sales beyond what `shorting` allows. `margin`: positions up to `leverage` x equity. */
  readonly kind: 'cash' | 'margin';
  /** Largest gross position value over equity. */
  readonly leverage: number;
  /** Equity below this fraction of the gross position value is a margin call. */
  readonly maintenance: number;
  /** Annual rate on the value of short positions, as a fraction. */
  readonly borrowRate: number;
  /** Annual rate on negative cash, as a fraction. */
  readonly interestRate: number;
};

export const defaultAccount: AccountConfig = {
  currency: 'USD',
  cash: 100_000,
  kind: 'margin',
  leverage: 2,
  maintenance: 0.25,
  borrowRate: 0,
  interestRate: 0,
};

/** Turns a target (1 = fully long) into a quantity. Every method scales the target's slot of equity. */
export type SizingConfig =
  /** The target is the weight of its slot. */
  | { readonly kind: 'weight' }
  /** A fixed quantity, or a fixed value in the account's currency, at target 1. */
  | { readonly kind: 'fixed'; readonly quantity?: number; readonly notional?: number }
  /** Lose `risk` of the slot's equity when price moves `multiple` ATRs against the position. */
  | { readonly kind: 'atr'; readonly period: number; readonly multiple: number; readonly risk: number }
  /** Hold the slot at an annual volatility of `target`, forecast over `period` bars, at most `maxLeverage`. */
  | { readonly kind: 'volatility'; readonly period: number; readonly target: number; readonly maxLeverage: number }
  /** `fraction` of the Kelly bet mean / variance of the instrument's last `period` bar returns, within [0, maxLeverage]. */
  | { readonly kind: 'kelly'; readonly period: number; readonly fraction: number; readonly maxLeverage: number };
