/** How straight the way was: Kaufman's efficiency ratio, the choppiness index, variance ratio and Hurst exponent. */
import { diff, logReturn } from '../arithmetic/change.ts';
import { abs, add, divOr, log, mul, sub } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr, Operand } from '../expression.ts';
import { period } from '../parameter.ts';
import { highest, lowest } from '../rolling/extremes.ts';
import { rollingVariance } from '../rolling/moments.ts';
import { rollingSum } from '../rolling/sum.ts';
import { trueRange } from '../volatility/atr.ts';

/** Efficiency ratio (Kaufman 1995), 0 to 1: |x - x[n]| / sum of |changes| over n rows; 0 where nothing moved. */
export const efficiencyRatio = (x: Operand, n = 10): Expr => divOr(abs(diff(x, n)), rollingSum(abs(diff(x, 1)), n), 0);

/**
 * Choppiness index (Dreiss 1993), about 0 (straight) to 100 (going nowhere): 100 log(sum of true ranges / range) / log n
 * over n bars; 100 where there was no range.
 */
export function choppiness(bars: BarExprs, n = 14): Expr {
  period('choppiness', n, 2);
  const range = sub(highest(bars.high, n), lowest(bars.low, n));
  return mul(log(divOr(rollingSum(trueRange(bars), n), range, n)), 100 / Math.log(n));
}

/**
 * Variance ratio (Lo & MacKinlay 1988) over n rows, a number above 0: variance of q-row log returns over q times that of
 * one-row returns. 1 is a random walk, above it trends, below it reverts; 1 where nothing moved.
 */
export function varianceRatio(x: Operand, n: number, q: number): Expr {
  period('varianceRatio q', q, 2);
  return divOr(rollingVariance(logReturn(x, q), n), mul(rollingVariance(logReturn(x, 1), n), q), 1);
}

/**
 * Hurst exponent from the scaling of variance over n rows: 1/2 + ln VR(q) / (2 ln q). 0.5 is a random walk, above it
 * trends, below it reverts; 0.5 where nothing moved, NaN where q-row returns had no variance but one-row returns did.
 */
export const hurst = (x: Operand, n = 100, q = 16): Expr =>
  add(mul(log(varianceRatio(x, n, q)), 1 / (2 * Math.log(q))), 0.5);
