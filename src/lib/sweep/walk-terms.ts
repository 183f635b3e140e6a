/** What code of a walk is written with: the terms of the window in its memory, and a few words. */
import { assembler } from '../core/index.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { f64, get, giveBack, i32, when } = assembler;
type Code = assembler.Code;

/** What is the same for all sets of a window, in the terms of the window's memory. */
export const TERM = {
  multiplier: 0,
  /** The most that risk allows, and what the account lends. */
  leverage: 1,
  accountLeverage: 2,
  maintenance: 3,
  /** 1 for a cash account. */
  isCash: 4,
  /** Spread and slippage of a taker, a fraction. */
  fraction: 5,
  /** Fees of a taker and of a maker. */
  feeBps: 6,
  makerBps: 7,
  lowest: 8,
  highest: 9,
  /** Which way prices go along a bar. */
  path: 10,
} as const;

export const term = (k: number): Code => f64.load(i32.constant(0), PLACE.terms + BYTES * k);
export const multiplier = term(TERM.multiplier);
/** The close of the row before an address. */
export const closeBefore = (address: assembler.Local): Code =>
  f64.load(i32.sub(get(address), i32.constant(BYTES)), PLACE.close);

export const zero = f64.constant(0);
export const one = f64.constant(1);
export const product = (...factors: readonly Code[]): Code => factors.reduce((a, b) => f64.mul(a, b));
export const not = i32.isZero;
/** NaN is neither less nor at most. */
export const atMost = (a: Code, b: Code): Code => f64.notLess(b, a);
/** Leaves the set as it was: only the general path can tell. */
export const failWhen = (condition: Code): Code => when(condition, giveBack(i32.constant(0)));
