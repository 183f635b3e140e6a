/** What is the same for all sets that walk over a window, and how a walk gives up. */
import { assembler } from '../core/index.ts';
import { not } from './code-words.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { f64, get, giveBack, i32, when } = assembler;
type Code = assembler.Code;

/** Places in the terms of the window's memory. */
export const TERM = {
  multiplier: 0,
  /** What a taker pays for the market's price, and what it gets. */
  buy: 1,
  sell: 2,
  /** Fees of a taker and of a maker. */
  feeBps: 3,
  makerBps: 4,
  /** Gross value for each unit of equity that risk allows, and that the account lends on: a little less. */
  most: 5,
  lends: 6,
  /** What a unit held long, or short, is to count for at the worst price of the window so that no margin call is near. */
  long: 7,
  short: 8,
  /** Which way prices go along a bar. */
  path: 9,
} as const;

/** Paths along a bar as numbers. */
export const PATH = { pessimistic: 0, optimistic: 1, 'open-nearest': 2 } as const;

export const term = (k: number): Code => f64.load(i32.constant(0), PLACE.terms + BYTES * k);
/** The close of the row before an address. */
export const closeBefore = (address: assembler.Local): Code =>
  f64.load(i32.sub(get(address), i32.constant(BYTES)), PLACE.close);

/** Leaves the set as it was: only the general path can tell. */
export const failWhen = (condition: Code): Code => when(condition, giveBack(i32.constant(0)));
export const failUnless = (condition: Code): Code => failWhen(not(condition));
