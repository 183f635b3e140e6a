/** Ichimoku kinko hyo. */
import { lag } from '../arithmetic/change.ts';
import { add, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { donchian } from './donchian.ts';

export type Ichimoku = {
  readonly conversion: Expr;
  readonly standard: Expr;
  readonly spanA: Expr;
  readonly spanB: Expr;
};

/**
 * Ichimoku (Hosoda 1969), in units of price: middles of the range of 9 (conversion) and 26 bars (standard); the cloud
 * between span A, their mean, and span B, the middle of 52 bars, both as drawn 26 bars ahead, so the values here are those
 * of 26 bars ago. The lagging span is left out: it is the close, drawn in the past.
 */
export function ichimoku(bars: BarExprs, short = 9, middle = 26, long = 52): Ichimoku {
  const conversion = donchian(bars, short).middle;
  const standard = donchian(bars, middle).middle;
  return {
    conversion,
    standard,
    spanA: lag(mul(add(conversion, standard), 0.5), middle),
    spanB: lag(donchian(bars, long).middle, middle),
  };
}
