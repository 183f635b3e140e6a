/** Extreme returns and the spikes among them, measured against the usual size of a return. */
import { medianDeviation, type RobustScale } from '../../statistics/index.ts';

export type ExtremeOptions = {
  /** Robust z above which a return is extreme. */
  readonly zLimit: number;
  /** Returns below it, as a fraction, are never extreme: a near-constant price makes any tick look enormous. */
  readonly minMove: number;
};

export type Extreme = { readonly row: number; readonly return: number; readonly z: number; readonly reverts: boolean };

/** Rows a scale is taken from on either side: volatility of a year ago says nothing of today's. */
const window = 250;

/**
 * Log returns from the last usable close whose robust z, |r - median| / scaled MAD (Iglewicz and Hoaglin 1993), passes the limit.
 * Median and MAD are those of blocks of 250 returns, and never below a quarter of the whole series', so that a quiet stretch makes no false alarms.
 * A spike reverts when the next return takes back at least 80 % of it; the return back is not reported again.
 */
export function extremeReturns(close: Float64Array, options: ExtremeOptions): Extreme[] {
  const rows: number[] = [];
  const returns: number[] = [];
  let before = Number.NaN;
  for (let i = 0; i < close.length; i++) {
    const price = close[i]!;
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) continue;
    if (!Number.isNaN(before)) {
      rows.push(i);
      returns.push(Math.log(price / before));
    }
    before = price;
  }
  const whole = scaleOf(returns, 0, returns.length);
  const found: Extreme[] = [];
  let block = whole;
  let skip = -1;
  for (let k = 0; k < returns.length; k++) {
    if (k % window === 0) {
      block = scaleOf(returns, Math.max(0, k - window / 2), Math.min(returns.length, k + window + window / 2));
    }
    const move = returns[k]!;
    if (k === skip || Math.abs(move) < Math.log1p(options.minMove)) continue;
    const deviation = Math.max(block.scale, whole.scale / 4);
    const z = deviation === 0 ? Number.POSITIVE_INFINITY : Math.abs(move - block.location) / deviation;
    if (z <= options.zLimit) continue;
    const back = -(returns[k + 1] ?? 0) / move;
    const reverts = back >= 0.8 && back <= 1.25;
    if (reverts) skip = k + 1;
    found.push({ row: rows[k]!, return: move, z, reverts });
  }
  return found;
}

function scaleOf(values: readonly number[], from: number, to: number): RobustScale {
  return medianDeviation(Float64Array.from(values.slice(from, to)));
}
