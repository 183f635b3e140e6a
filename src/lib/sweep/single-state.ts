/** What one set holds while it passes over one instrument: a row of numbers, kept between windows. */
import { invariant } from '../core/index.ts';
import { ASKED } from './asked-exits.ts';
import { MOVED } from './held-rows.ts';
import { BYTES, PLACE, windowMemory } from './window-memory.ts';

/** Columns from here on are exits as they were last asked for, and those that valuing moves on. */
const ASKED_AT = 33;
export const MOVED_AT = ASKED_AT + ASKED.count;

/** Columns of a set's row. */
export const AT = {
  cash: 0,
  /** Signed units held. */
  quantity: 1,
  /** Last target of the strategy, and the weight ordered for it. */
  target: 2,
  weight: 3,
  /** Order that waits for the next open: its side (0 without one) and its units. */
  side: 4,
  units: 5,
  /** Last value of equity. */
  equity: 6,
  /** Instants valued, those with a position, and the sum of equity over all. */
  rows: 7,
  heldRows: 8,
  equitySum: 9,
  /** Equity after the first instant. */
  first: 10,
  fees: 11,
  slippage: 12,
  /** Sum of |units x price| over fills. */
  traded: 13,
  /** The open trade, as a trade book keeps it: sign, units, what came in and went out, fees. */
  tradeSign: 14,
  tradeHeld: 15,
  entryValue: 16,
  exitValue: 17,
  tradeFees: 18,
  /** Closed trades: how many, how many won, profits and losses. */
  closed: 19,
  won: 20,
  gained: 21,
  lost: 22,
  /** Sum of the profits of all closed trades in their order. */
  profit: 23,
  /** 1 once something happened that only the engine's own parts can tell. */
  unsound: 24,
  /** Side of the position that exits stand for, 0 without; and the side that one has closed, until the target turns. */
  guarded: 25,
  exited: 26,
  /** Where stop-loss, take-profit and trailing stop stand, the best price of the last and its distance, as the side sees them. */
  stop: 27,
  take: 28,
  trail: 29,
  best: 30,
  trailPrice: 31,
  trailFraction: 32,
  /** Exits of the next entry. */
  asked: ASKED_AT,
  /** What valuing moves on: the value that the next period's return is measured from, peak, deepest fall, sums. */
  before: MOVED_AT + MOVED.before,
  peak: MOVED_AT + MOVED.peak,
  worst: MOVED_AT + MOVED.worst,
  powers: MOVED_AT + MOVED.powers,
  depthSquares: MOVED_AT + MOVED.depthSquares,
} as const;

/** What more than the sums that every figure needs is to be summed up. */
export type SumWants = {
  /** Cubes and fourth powers of returns, squares of falls and of depths. */
  readonly shape: boolean;
  /** What single trades made. */
  readonly profits: boolean;
  /** How long and how much was held. */
  readonly exposure: boolean;
};

export const WIDTH = MOVED_AT + MOVED.count;

/** Rows of `sets` sets with nothing held, in the place of those there were before. */
export function createStates(sets: number, cash: number): Float64Array {
  const { states } = windowMemory();
  invariant(sets * WIDTH <= states.length, 'the states of a group fit');
  states.fill(0, 0, sets * WIDTH);
  for (let s = 0; s < sets; s++) {
    states[s * WIDTH + AT.cash] = cash;
    states[s * WIDTH + AT.equity] = cash;
    states[s * WIDTH + AT.before] = cash;
  }
  return states;
}

/** Where the row that begins at a place of the states is in the memory, in bytes. */
export function addressOfState(at: number): number {
  return PLACE.states + BYTES * at;
}

/** Which sum of powers: of returns, their squares, cubes, fourth powers, and the squares of the falls among them. */
export const POWER = { one: 0, two: 1, three: 2, four: 3, falls: 4 } as const;

/** A sum of powers of a set, from its two parts. */
export function powerSum(states: Float64Array, at: number, power: number): number {
  const place = at + AT.powers + 2 * power;
  return states[place]! + states[place + 1]!;
}
