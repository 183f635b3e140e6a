/** One line of the catalogue of indicators: what documentation, the command line and the contract test know of each. */
import type { Expr } from '../expression.ts';

export type IndicatorGroup =
  | 'average'
  | 'oscillator'
  | 'trend'
  | 'volatility'
  | 'channel'
  | 'volume'
  | 'cycle'
  | 'rolling'
  | 'arithmetic';

/** A value on flat input: a number, the price itself, always missing, or not constant. */
export type FlatValue = number | 'price' | 'missing' | 'varies';

export type IndicatorEntry = {
  /** The exported function. */
  readonly name: string;
  readonly group: IndicatorGroup;
  readonly title: string;
  /** How it is called, with defaults. */
  readonly usage: string;
  readonly formula: string;
  /** Author and year, or the reference that it agrees with. */
  readonly source: string;
  /** Units and range of the result. */
  readonly units: string;
  /** Result on bars that never change (volume 1000), for all outputs or by output. */
  readonly flat: FlatValue | Readonly<Record<string, FlatValue>>;
  /** Outputs by name; a single output is `value`. */
  readonly example: Readonly<Record<string, Expr>>;
  /** What multiplying all prices by a factor does to the result; left out where it is neither. */
  readonly scaling?: 'invariant' | 'proportional';
  /** The first value waits for an event in the data, after the declared warm-up. */
  readonly startsLate?: true;
};
