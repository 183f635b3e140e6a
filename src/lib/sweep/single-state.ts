/** What one set holds while it passes over one instrument: a row of numbers, kept between windows. */

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
  /** Last value of equity, and the value that the next period's return is measured from. */
  equity: 6,
  before: 7,
  /** Highest equity so far and its reciprocal; deepest depth and the sum of squared depths. */
  peak: 8,
  perPeak: 9,
  worst: 10,
  depthSquares: 11,
  /** Instants valued, those with a position, and the sum of equity over all. */
  rows: 12,
  heldRows: 13,
  equitySum: 14,
  /** Equity after the first instant. */
  first: 15,
  /** Power sums of returns, and the sum of squares of the negative ones. */
  sum: 16,
  squares: 17,
  cubes: 18,
  fourths: 19,
  downSquares: 20,
  fees: 21,
  slippage: 22,
  /** Sum of |units x price| over fills. */
  traded: 23,
  /** The open trade, as a trade book keeps it: sign, units, what came in and went out, fees. */
  tradeSign: 24,
  tradeHeld: 25,
  entryValue: 26,
  exitValue: 27,
  tradeFees: 28,
  /** Closed trades: how many, how many won, profits and losses. */
  closed: 29,
  won: 30,
  gained: 31,
  lost: 32,
  /** Sum of the profits of all closed trades in their order. */
  profit: 33,
  /** 1 once something happened that only the engine's own parts can tell. */
  unsound: 34,
  /** Side of the position that exits stand for, 0 without; and the side that one has closed, until the target turns. */
  guarded: 35,
  exited: 36,
  /** Where stop-loss, take-profit and trailing stop stand, the best price of the last and its distance, as the side sees them. */
  stop: 37,
  take: 38,
  trail: 39,
  best: 40,
  trailPrice: 41,
  trailFraction: 42,
} as const;

export const WIDTH = 43;

/** Rows of `sets` sets with nothing held. */
export function createStates(sets: number, cash: number): Float64Array {
  const states = new Float64Array(sets * WIDTH);
  for (let s = 0; s < sets; s++) {
    states[s * WIDTH + AT.cash] = cash;
    states[s * WIDTH + AT.equity] = cash;
    states[s * WIDTH + AT.before] = cash;
  }
  return states;
}
