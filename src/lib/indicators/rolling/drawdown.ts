/** Falls from a peak: since the start, and the deepest within the last n rows. */
import { cumulativeMax } from '../arithmetic/change.ts';
import { add, div, mul, sqrt } from '../arithmetic/elementwise.ts';
import { sma } from '../averages/sma.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';
import { highest } from './extremes.ts';

/** Fall from the highest value so far as a fraction, -1 to 0: -0.2 is twenty per cent under water. For positive x. */
export const runningDrawdown = (x: Operand): Expr => add(div(x, cumulativeMax(x)), -1);

type Falls = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** Over values j.. of the block before: the highest, and the lowest ratio of a value to an earlier one. */
  readonly tailPeak: Float64Array;
  readonly tailRatio: Float64Array;
  at: number;
  /** Of the block so far. */
  headPeak: number;
  headLow: number;
  headRatio: number;
};

function fallStep(s: Falls, x: number): number {
  const { values, tailPeak, tailRatio } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    s.at = at + 1;
    s.headPeak = Math.max(s.headPeak, x);
    s.headLow = Math.min(s.headLow, x);
    s.headRatio = Math.min(s.headRatio, x / s.headPeak);
    const across = s.headLow / tailPeak[at + 1]!;
    return Math.min(tailRatio[at + 1]!, s.headRatio, across) - 1;
  }
  let peak = x;
  let low = x;
  let ratio = 1;
  for (let j = n - 1; j >= 0; j--) {
    const v = values[j]!;
    low = Math.min(low, v);
    ratio = Math.min(ratio, low / v);
    peak = Math.max(peak, v);
    tailPeak[j] = peak;
    tailRatio[j] = ratio;
  }
  s.at = 0;
  s.headPeak = Number.NEGATIVE_INFINITY;
  s.headLow = Number.POSITIVE_INFINITY;
  s.headRatio = 1;
  return ratio - 1;
}

/** Deepest fall from a peak to a later value within the last n rows as a fraction, -1 to 0. For positive x. */
export function rollingMaxDrawdown(x: Operand, n: number): Expr {
  period('rollingMaxDrawdown', n);
  return apply(
    defineKernel<Falls>({
      name: 'rollingMaxDrawdown',
      args: [n],
      arity: 1,
      warmup: n - 1,
      init: () => ({
        values: new Float64Array(n),
        tailPeak: new Float64Array(n).fill(Number.NaN),
        tailRatio: new Float64Array(n).fill(Number.NaN),
        at: 0,
        headPeak: Number.NEGATIVE_INFINITY,
        headLow: Number.POSITIVE_INFINITY,
        headRatio: 1,
      }),
      step: fallStep,
    }),
    x,
  );
}

/** Ulcer index (Martin 1987), in per cent: root mean square over n rows of the fall from the highest of the last n values. For positive x. */
export function rollingUlcerIndex(x: Operand, n = 14): Expr {
  const fall = mul(add(div(x, highest(x, n)), -1), 100);
  return sqrt(sma(mul(fall, fall), n));
}
