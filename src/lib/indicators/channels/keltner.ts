/** Channels of average true ranges: Keltner and the chandelier exit. */
import { addScaled } from '../arithmetic/elementwise.ts';
import { ema } from '../averages/ema.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { positive } from '../parameter.ts';
import { highest, lowest } from '../rolling/extremes.ts';
import { atr } from '../volatility/atr.ts';
import type { Channel } from './donchian.ts';

/** Keltner channel in Raschke's form, in units of price: EMA(close, n) plus and minus k ATR(m). */
export function keltner(bars: BarExprs, n = 20, m = 10, k = 2): Channel {
  positive('keltner k', k);
  const middle = ema(bars.close, n);
  const range = atr(bars, m);
  return { upper: addScaled(middle, range, k), middle, lower: addScaled(middle, range, -k) };
}

export type Chandelier = { readonly long: Expr; readonly short: Expr };

/** Chandelier exit (Le Beau), in units of price: stop of a long = highest high of n bars - k ATR(n); of a short = lowest low + k ATR(n). */
export function chandelier(bars: BarExprs, n = 22, k = 3): Chandelier {
  positive('chandelier k', k);
  const range = atr(bars, n);
  return {
    long: addScaled(highest(bars.high, n), range, -k),
    short: addScaled(lowest(bars.low, n), range, k),
  };
}
