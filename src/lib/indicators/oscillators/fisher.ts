/** The Fisher transform of price. */
import { lag } from '../arithmetic/change.ts';
import { add, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { highest, lowest } from '../rolling/extremes.ts';
import { placeInRange } from './stochastic.ts';

type Transform = { place: number; value: number };

const kernel = defineKernel<Transform>({
  name: 'fisher',
  arity: 1,
  warmup: 0,
  recursive: true,
  init: () => ({ place: 0, value: 0 }),
  step: (s: Transform, percent: number) => {
    const place = 0.66 * (percent / 100 - 0.5) + 0.67 * s.place;
    s.place = place > 0.99 ? 0.999 : place < -0.99 ? -0.999 : place;
    s.value = 0.5 * Math.log((1 + s.place) / (1 - s.place)) + 0.5 * s.value;
    return s.value;
  },
});

export type Fisher = { readonly fisher: Expr; readonly signal: Expr };

/**
 * Fisher transform (Ehlers 2002), unbounded, mostly -3 to 3: atanh of the smoothed place of (high + low) / 2 in its range
 * over n bars; signal is the value one bar ago. 0 on flat input.
 */
export function fisher(bars: BarExprs, n = 10): Fisher {
  const middle = mul(add(bars.high, bars.low), 0.5);
  const line = apply(kernel, placeInRange(middle, lowest(middle, n), highest(middle, n)));
  return { fisher: line, signal: lag(line, 1) };
}
