/** The vortex indicator. */
import { lag } from '../arithmetic/change.ts';
import { abs, divOr, sub } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { rollingSum } from '../rolling/sum.ts';
import { trueRange } from '../volatility/atr.ts';

export type Vortex = { readonly plus: Expr; readonly minus: Expr };

/**
 * Vortex (Botes & Siepman 2010), around 1: plus = sum |high - low before| / sum of true ranges over n bars, minus =
 * sum |low - high before| / the same; both 1 where there was no range.
 */
export function vortex(bars: BarExprs, n = 14): Vortex {
  const range = rollingSum(trueRange(bars), n);
  const plus = rollingSum(abs(sub(bars.high, lag(bars.low, 1))), n);
  const minus = rollingSum(abs(sub(bars.low, lag(bars.high, 1))), n);
  return { plus: divOr(plus, range, 1), minus: divOr(minus, range, 1) };
}
