/** Oscillators of smoothed momentum: TSI, TRIX, Coppock, KST, awesome, detrended price. */
import { diff, lag, roc } from '../arithmetic/change.ts';
import { abs, add, addScaled, divOr, mul, sub } from '../arithmetic/elementwise.ts';
import { ema } from '../averages/ema.ts';
import { sma } from '../averages/sma.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr, Operand } from '../expression.ts';
import { period } from '../parameter.ts';
import { wma } from '../rolling/line.ts';

/** True strength index (Blau 1991), -100 to 100: 100 EMA(EMA(change, slow), fast) / the same of |change|; 0 where nothing moved. */
export function tsi(x: Operand, slow = 25, fast = 13): Expr {
  const change = diff(x, 1);
  const twice = (of: Expr): Expr => ema(ema(of, slow), fast);
  return mul(divOr(twice(change), twice(abs(change)), 0), 100);
}

/** TRIX (Hutson 1983), in per cent a row: rate of change of the EMA of the EMA of the EMA. */
export const trix = (x: Operand, n = 15): Expr => mul(roc(ema(ema(ema(x, n), n), n), 1), 100);

/** Coppock curve (1962), in per cent: WMA of the sum of two rates of change. */
export const coppock = (x: Operand, n = 10, long = 14, short = 11): Expr =>
  wma(mul(add(roc(x, long), roc(x, short)), 100), n);

export type Kst = { readonly kst: Expr; readonly signal: Expr };

/** "Know sure thing" (Pring 1992), in per cent: SMA(ROC) over 10/10, 15/10, 20/10 and 30/15 rows weighed 1, 2, 3, 4; signal = SMA(kst). */
export function kst(x: Operand, smooth = 9): Kst {
  const part = (rate: number, n: number): Expr => sma(mul(roc(x, rate), 100), n);
  const quick = addScaled(part(10, 10), part(15, 10), 2);
  const line = addScaled(addScaled(quick, part(20, 10), 3), part(30, 15), 4);
  return { kst: line, signal: sma(line, smooth) };
}

/** Awesome oscillator (Williams 1995), in units of price: SMA(5) - SMA(34) of (high + low) / 2. */
export function awesome(bars: BarExprs, fast = 5, slow = 34): Expr {
  const middle = mul(add(bars.high, bars.low), 0.5);
  return sub(sma(middle, fast), sma(middle, slow));
}

/** Detrended price oscillator, in units of x: the value n / 2 + 1 rows ago less the SMA of the last n. */
export function dpo(x: Operand, n = 20): Expr {
  period('dpo', n);
  return sub(lag(x, Math.floor(n / 2) + 1), sma(x, n));
}
