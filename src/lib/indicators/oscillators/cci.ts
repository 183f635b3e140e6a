/** Commodity channel index. */
import { add, divOr, mul, sub } from '../arithmetic/elementwise.ts';
import { sma } from '../averages/sma.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { rollingMeanDeviation } from '../rolling/deviation.ts';

/** (high + low + close) / 3, in units of price. */
export const typicalPrice = (bars: BarExprs): Expr => mul(add(add(bars.high, bars.low), bars.close), 1 / 3);

/**
 * Commodity channel index (Lambert 1980): (typical price - its SMA) / (0.015 mean absolute deviation), unbounded, mostly
 * -100 to 100; 0 on flat input.
 */
export function cci(bars: BarExprs, n = 20): Expr {
  const price = typicalPrice(bars);
  return divOr(sub(price, sma(price, n)), mul(rollingMeanDeviation(price, n), 0.015), 0);
}
