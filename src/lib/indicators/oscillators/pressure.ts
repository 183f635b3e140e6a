/** Buying pressure within the bar: the ultimate oscillator and the balance of power. */
import { lag } from '../arithmetic/change.ts';
import { addScaled, divOr, min, mul, sub } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { rollingSum } from '../rolling/sum.ts';
import { trueRange } from '../volatility/atr.ts';

/**
 * Ultimate oscillator (Williams 1976), 0 to 100: buying pressure over true range in three windows weighed 4, 2, 1; 50
 * where there was no range.
 */
export function ultimate(bars: BarExprs, short = 7, middle = 14, long = 28): Expr {
  const pressure = sub(bars.close, min(bars.low, lag(bars.close, 1)));
  const range = trueRange(bars);
  const share = (n: number): Expr => divOr(rollingSum(pressure, n), rollingSum(range, n), 0.5);
  return mul(addScaled(addScaled(share(long), share(middle), 2), share(short), 4), 100 / 7);
}

/** Balance of power (Livshin 2001), -1 to 1: (close - open) / (high - low); 0 where there is no range. */
export const bop = (bars: BarExprs): Expr => divOr(sub(bars.close, bars.open), sub(bars.high, bars.low), 0);
