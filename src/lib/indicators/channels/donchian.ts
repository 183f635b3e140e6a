/** Donchian channel. */
import { add, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { highest, lowest } from '../rolling/extremes.ts';

export type Channel = { readonly upper: Expr; readonly middle: Expr; readonly lower: Expr };

/**
 * Donchian channel, in units of price: highest high and lowest low of the last n bars, this one included, and their
 * middle. A breakout is a close beyond the channel one bar ago: `gt(close, lag(donchian(bars, 20).upper))`.
 */
export function donchian(bars: BarExprs, n = 20): Channel {
  const upper = highest(bars.high, n);
  const lower = lowest(bars.low, n);
  return { upper, middle: mul(add(upper, lower), 0.5), lower };
}
