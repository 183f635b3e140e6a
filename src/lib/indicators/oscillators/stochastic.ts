/** Where the close stands in the range of the last bars: Lane's stochastic, Williams' %R, and the stochastic of RSI. */
import { elementScan } from '../arithmetic/element-lanes.ts';
import { add } from '../arithmetic/elementwise.ts';
import { sma } from '../averages/sma.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { highest, lowest } from '../rolling/extremes.ts';
import { rsi } from './rsi.ts';

const placeStep = (_: null, x: number, low: number, high: number): number => {
  const range = high - low;
  // The quotient hides an infinite range, the constant a missing x.
  return (range === 0 ? 50 + (x - x) : (100 * (x - low)) / range) + (range - range);
};

const placeKernel = defineKernel<null>({
  name: 'placeInRange',
  arity: 3,
  warmup: 0,
  arithmetic: true,
  init: () => null,
  step: placeStep,
  scan: elementScan('place', 3, stepLoop(placeStep, 3, true), () => 100),
});

/** 100 (x - low) / (high - low): per cent of the way from low to high; 50 where there is no range. */
export const placeInRange = (x: Operand, low: Operand, high: Operand): Expr => apply(placeKernel, x, low, high);

export type Stochastic = { readonly k: Expr; readonly d: Expr };

/** Fast stochastic, 0 to 100: k = place of the close in the range of the last n bars, d = SMA(k); 50 where there was no range. */
export function stochasticFast(bars: BarExprs, n = 5, smoothD = 3): Stochastic {
  const k = placeInRange(bars.close, lowest(bars.low, n), highest(bars.high, n));
  return { k, d: sma(k, smoothD) };
}

/** Slow stochastic (Lane), 0 to 100: k = SMA of the fast k, d = SMA of that; 50 where there was no range. */
export function stochastic(bars: BarExprs, n = 14, smoothK = 3, smoothD = 3): Stochastic {
  const k = sma(stochasticFast(bars, n, 1).k, smoothK);
  return { k, d: sma(k, smoothD) };
}

/** Stochastic of the RSI (Chande & Kroll 1994), 0 to 100: place of RSI in its own range over the last m rows. */
export function stochasticRsi(x: Operand, n = 14, m = 14, smoothD = 3): Stochastic {
  const strength = rsi(x, n);
  const k = placeInRange(strength, lowest(strength, m), highest(strength, m));
  return { k, d: sma(k, smoothD) };
}

/** Williams' %R, -100 to 0: the fast stochastic less 100; -50 where there was no range. */
export const williamsR = (bars: BarExprs, n = 14): Expr => add(stochasticFast(bars, n, 1).k, -100);
