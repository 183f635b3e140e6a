/** An account: cash, positions at average cost, and what trading has cost. The engine keeps one; a simulated venue keeps its own, as an exchange does. */
import type { Charge, Instrument } from '../model/index.ts';
import type { AccountConfig } from './config.ts';
import type { InstrumentSet } from './instrument-set.ts';

/** Columns of `Account.totals`, refreshed by `value()`. */
export const TOTAL = {
  equity: 0,
  cash: 1,
  gross: 2,
  net: 3,
  unrealised: 4,
  realised: 5,
  fees: 6,
  slippage: 7,
  borrow: 8,
  interest: 9,
  funding: 10,
  dividends: 11,
} as const;

/**
 * Structs of arrays by instrument index; nothing is allocated after creation. Identity at every event, to 1e-9 relative:
 * equity = initial cash + realised + unrealised - fees - borrow - interest - funding + dividends.
 */
export interface Account {
  readonly instruments: readonly Instrument[];
  readonly config: AccountConfig;
  /** Of each instrument's contract. */
  readonly multiplier: Float64Array;
  /** Signed units held. */
  readonly quantity: Float64Array;
  /** Average cost of the open quantity; 0 when flat. */
  readonly averagePrice: Float64Array;
  /** Last mark; the engine writes closes here directly. NaN until the first. */
  readonly price: Float64Array;
  /** Indexed by TOTAL. */
  readonly totals: Float64Array;
  /** Instruments with a position: the first `openCount` entries of `open`, in no particular order. */
  readonly open: Int32Array;
  readonly openCount: number;
  /** The same instruments in ascending order. */
  readonly positions: InstrumentSet;
  /** Applies a fill: `quantity` signed. Realises profit only on the part that closes; a flip opens the rest at `price`. */
  applyFill(instrument: number, quantity: number, price: number, fee: number, slippage: number): void;
  /** Money that moved without a trade; positive is paid by the account (a dividend received is negative). */
  charge(charge: Charge, amount: number): void;
  /** `ratio` new units per old one: quantity and average price change, value does not. */
  split(instrument: number, ratio: number): void;
  /** Recomputes `totals` from cash and the marks of open positions; O(open positions). */
  value(): void;
  /**
   * Marks the instrument at `prices[from..to)` one after another, those that are not NaN, and writes the equity after each
   * into `equity` from `row` on: what `value` would give every time. Totals are those of the last.
   */
  follow(instrument: number, prices: Float64Array, from: number, to: number, equity: Float64Array, row: number): void;
}
