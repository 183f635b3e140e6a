/** True range and its Wilder average. */
import { div, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';

/** The bar's range widened to the close before; NaN when there is none. */
export function rangeFrom(before: number, high: number, low: number): number {
  const top = high > before ? high : before;
  const bottom = low < before ? low : before;
  return top - bottom + (before - before);
}

type Before = { close: number };
const trueRangeKernel = defineKernel<Before>({
  name: 'trueRange',
  arity: 3,
  warmup: 1,
  init: () => ({ close: Number.NaN }),
  step: (s: Before, high: number, low: number, close: number) => {
    const range = rangeFrom(s.close, high, low);
    s.close = close;
    return range;
  },
});

/** True range: max(high, close before) - min(low, close before), in units of price (Wilder 1978). The first bar has none. */
export const trueRange = (bars: BarExprs): Expr => apply(trueRangeKernel, bars.high, bars.low, bars.close);

type Average = { readonly period: number; readonly weight: number; close: number; left: number; value: number };

function step(s: Average, high: number, low: number, close: number): number {
  const range = rangeFrom(s.close, high, low);
  s.close = close;
  if (s.left === 0) {
    s.value += (range - s.value) * s.weight;
    return s.value;
  }
  if (range !== range) return Number.NaN;
  s.value += range;
  if (--s.left > 0) return Number.NaN;
  s.value /= s.period;
  return s.value;
}

/**
 * Average true range, in units of price: Wilder's average of the true range, seeded with the mean of the first n, which
 * start at the second bar as in TA-Lib (Wilder 1978).
 */
export function atr(bars: BarExprs, n = 14): Expr {
  period('atr', n);
  return apply(
    defineKernel<Average>({
      name: 'atr',
      args: [n],
      arity: 3,
      warmup: n,
      recursive: n > 1,
      init: () => ({ period: n, weight: 1 / n, close: Number.NaN, left: n, value: 0 }),
      step,
    }),
    bars.high,
    bars.low,
    bars.close,
  );
}

/** Normalised average true range: 100 ATR / close, in per cent of price. */
export const natr = (bars: BarExprs, n = 14): Expr => mul(div(atr(bars, n), bars.close), 100);
