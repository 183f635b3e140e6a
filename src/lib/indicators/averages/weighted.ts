/** Averages with weights from elsewhere: by volume, and the Gaussian window of Arnaud Legoux. */
import { div, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period, positive, ranged } from '../parameter.ts';
import { rollingSum } from '../rolling/sum.ts';

/** Volume-weighted moving average: sum(close volume) / sum(volume) of the last n bars, in units of price; NaN where nothing was traded. */
export const vwma = (bars: BarExprs, n = 20): Expr =>
  div(rollingSum(mul(bars.close, bars.volume), n), rollingSum(bars.volume, n));

type Filter = {
  /** Oldest first, sum 1. */
  readonly weights: Float64Array;
  readonly values: Float64Array;
  at: number;
  seen: number;
};

/** Distances from the newest value are weighed, so that flat input gives exactly itself. */
function filterStep(s: Filter, x: number): number {
  const { weights, values } = s;
  const n = values.length;
  values[s.at] = x;
  s.at = s.at + 1 === n ? 0 : s.at + 1;
  if (s.seen < n) s.seen++;
  if (s.seen < n) return Number.NaN;
  let sum = 0;
  let k = s.at;
  for (let j = 0; j < n; j++) {
    sum += weights[j]! * (values[k]! - x);
    if (++k === n) k = 0;
  }
  return x + sum;
}

/**
 * Arnaud Legoux moving average (2009), in units of x: Gaussian weights over n values, centred at `offset` of the window
 * (1 the newest), n / sigma wide. A general window has no recurrence: n multiplications a row.
 */
export function alma(x: Operand, n = 9, offset = 0.85, sigma = 6): Expr {
  period('alma', n);
  ranged('alma offset', offset, 0, 1);
  positive('alma sigma', sigma);
  const centre = offset * (n - 1);
  const width = n / sigma;
  const raw = Float64Array.from({ length: n }, (_, i) => Math.exp(-((i - centre) ** 2) / (2 * width * width)));
  const total = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((w) => w / total);
  return apply(
    defineKernel<Filter>({
      name: 'alma',
      args: [n, offset, sigma],
      arity: 1,
      warmup: n - 1,
      init: () => ({ weights, values: new Float64Array(n), at: 0, seen: 0 }),
      step: filterStep,
    }),
    x,
  );
}
