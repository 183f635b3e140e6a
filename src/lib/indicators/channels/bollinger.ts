/** Bollinger bands. */
import { elementScan } from '../arithmetic/element-lanes.ts';
import { addScaled, div, sub } from '../arithmetic/elementwise.ts';
import { sma } from '../averages/sma.ts';
import { apply, type Expr, type Operand, toExpr } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { rollingStdev } from '../rolling/moments.ts';

const percentBStep = (_: null, x: number, lower: number, upper: number): number => {
  const width = upper - lower;
  // The quotient hides an infinite width, the constant a missing x.
  return (width === 0 ? 0.5 + (x - x) : (x - lower) / width) + (width - width);
};

const percentBKernel = defineKernel<null>({
  name: 'percentB',
  arity: 3,
  warmup: 0,
  arithmetic: true,
  init: () => null,
  step: percentBStep,
  scan: elementScan('place', 3, stepLoop(percentBStep, 3, true), () => 1),
});

export type Bollinger = {
  readonly upper: Expr;
  readonly middle: Expr;
  readonly lower: Expr;
  /** (upper - lower) / middle, a fraction. */
  readonly width: Expr;
  /** 0 on the lower band, 1 on the upper one; 0.5 where they meet. */
  readonly percentB: Expr;
};

/**
 * Bollinger bands (Bollinger 1983), in units of x: the SMA of n values and `k` population standard deviations about it,
 * as TA-Lib's BBANDS. On flat input the bands meet.
 */
export function bollinger(x: Operand, n = 20, k = 2): Bollinger {
  const middle = sma(x, n);
  const deviation = rollingStdev(x, n);
  const upper = addScaled(middle, deviation, k);
  const lower = addScaled(middle, deviation, -k);
  return {
    upper,
    middle,
    lower,
    width: div(sub(upper, lower), middle),
    percentB: apply(percentBKernel, toExpr(x), lower, upper),
  };
}
