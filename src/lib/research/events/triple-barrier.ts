/** Triple-barrier labels (Lopez de Prado 2018, ch. 3): which of a gain, a loss and the end of patience comes first. */
import type { PricePath } from './prices.ts';

export type Barriers = {
  /** Height of the upper barrier in units of `scale`; Infinity for none. */
  readonly up: number;
  /** Depth of the lower barrier in the same units; Infinity for none. */
  readonly down: number;
  /** The vertical barrier: rows after the entry, at least 1. */
  readonly rows: number;
  /** Whose barrier is the loss: a long position loses at the lower one, a short one at the upper. */
  readonly side?: 'long' | 'short';
};

/** One entry an event. Undefined labels (a missing or non-positive price or scale at the entry) have NaN returns and end where they start. */
export type BarrierLabels = {
  /** 1 upper barrier, -1 lower, 0 the vertical one. */
  readonly touched: Int8Array;
  /** Row in which the label is decided: what purging and uniqueness go by. */
  readonly end: Int32Array;
  /** Log return from the entry's close to the price of the touch; the sign is that of the price. */
  readonly outcome: Float64Array;
};

/**
 * Labels entries at the closes of `rows`. A bar that opens beyond a barrier touches it at its open; when one bar reaches both
 * barriers, the loss is assumed to have come first. Bars without prices are passed over. The path ends with the column.
 * @param scale log return that one unit of the barriers is worth at each row, positive: a volatility known at that row
 */
export function tripleBarrier(
  prices: PricePath,
  rows: ArrayLike<number>,
  scale: ArrayLike<number>,
  barriers: Barriers,
): BarrierLabels {
  const touched = new Int8Array(rows.length);
  const end = new Int32Array(rows.length);
  const outcome = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const label = labelAt(prices, rows[i]!, scale[rows[i]!]!, barriers);
    touched[i] = label.touched;
    end[i] = label.end;
    outcome[i] = label.outcome;
  }
  return { touched, end, outcome };
}

type Label = { readonly touched: -1 | 0 | 1; readonly end: number; readonly outcome: number };

function labelAt({ open, high, low, close }: PricePath, row: number, unit: number, barriers: Barriers): Label {
  const entry = close[row]!;
  if (!(entry > 0 && entry < Number.POSITIVE_INFINITY && unit > 0 && unit < Number.POSITIVE_INFINITY))
    return { touched: 0, end: row, outcome: Number.NaN };
  const upper = entry * Math.exp(barriers.up * unit);
  const lower = entry * Math.exp(-barriers.down * unit);
  const long = barriers.side !== 'short';
  const last = Math.min(row + barriers.rows, close.length - 1);
  let lastClose = entry;
  for (let r = row + 1; r <= last; r++) {
    if (Number.isNaN(close[r]!)) continue;
    lastClose = close[r]!;
    const above = high[r]! >= upper;
    const below = low[r]! <= lower;
    // A gap leaves no doubt which barrier came first.
    if (open[r]! >= upper) return { touched: 1, end: r, outcome: Math.log(open[r]! / entry) };
    if (open[r]! <= lower) return { touched: -1, end: r, outcome: Math.log(open[r]! / entry) };
    if (above && !(below && long)) return { touched: 1, end: r, outcome: barriers.up * unit };
    if (below) return { touched: -1, end: r, outcome: -barriers.down * unit };
  }
  return { touched: 0, end: Math.max(row, last), outcome: Math.log(lastClose / entry) };
}
