/** Prices that could have been quoted instead: a strategy that lives on exact prices does not survive them. */
import { type Rng, SigmaError } from '../../core/index.ts';
import type { Bars } from '../../model/index.ts';

export type JitterOptions = {
  readonly rng: Rng;
  /** Standard deviation of the noise as a fraction of that of one bar's log return, 0.1 unless given; >= 0. */
  readonly amount?: number;
};

/**
 * Each price is multiplied by exp(amount x deviation x z), z standard normal and independent, deviation that of the log returns of closes;
 * high and low are widened to contain open and close. A close-only series stays one. Missing prices stay missing, volumes and times as they
 * are; prices are not rounded to ticks. The same seed gives the same bars.
 * @throws SigmaError usage/bad-option for a negative amount
 */
export function jitterBars(bars: Bars, { rng, amount = 0.1 }: JitterOptions): Bars {
  if (!(amount >= 0 && Number.isFinite(amount)))
    throw new SigmaError('usage/bad-option', `amount is ${amount}`, { where: 'jitterBars', hint: 'give at least 0' });
  const scale = amount * closeDeviation(bars.close);
  const moved = (price: number): number => price * Math.exp(scale * rng.normal());
  const close = bars.close.map(moved);
  if (bars.closeOnly) return { ...bars, open: close, high: close, low: close, close };
  const open = bars.open.map(moved);
  const high = bars.high.map(moved).map((price, i) => outermost(Math.max, price, open[i]!, close[i]!));
  const low = bars.low.map(moved).map((price, i) => outermost(Math.min, price, open[i]!, close[i]!));
  return { ...bars, open, high, low, close };
}

/** The extreme of those that are known; a missing high or low stays missing. */
function outermost(pick: (...prices: number[]) => number, price: number, open: number, close: number): number {
  return Number.isNaN(price) ? price : pick(...[price, open, close].filter((value) => !Number.isNaN(value)));
}

/** Deviation of the log returns between closes that are known and above 0; 0 under two returns. */
function closeDeviation(close: Float64Array): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let last = Number.NaN;
  for (const price of close) {
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) continue;
    const r = Math.log(price / last);
    last = price;
    if (Number.isNaN(r)) continue;
    count++;
    const step = r - mean;
    mean += step / count;
    squares += step * (r - mean);
  }
  return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
}
