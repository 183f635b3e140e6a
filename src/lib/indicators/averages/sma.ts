/** The simple moving average. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';

type Mean = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** `tail[j]`: sum over values j.. of the block before of distances from the pivot; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  /** Last value of the block before, so that a flat window has exactly its value as mean. */
  pivot: number;
  head: number;
};

function step(s: Mean, x: number): number {
  const { values, tail } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    const head = s.head + (x - s.pivot);
    s.head = head;
    s.at = at + 1;
    return s.pivot + (tail[at + 1]! + head) / n;
  }
  let sum = 0;
  for (let j = n - 1; j >= 0; j--) {
    sum += values[j]! - x;
    tail[j] = sum;
  }
  s.pivot = x;
  s.at = 0;
  s.head = 0;
  return x + sum / n;
}

/**
 * Simple moving average: the mean of the last n values, in units of x. Two-block sums of distances from a value in the
 * window (see rolling/sum.ts): no drift over any length.
 */
export function sma(x: Operand, n: number): Expr {
  period('sma', n);
  return apply(
    defineKernel<Mean>({
      name: 'sma',
      args: [n],
      arity: 1,
      warmup: n - 1,
      init: () => ({
        values: new Float64Array(n),
        tail: new Float64Array(n).fill(Number.NaN),
        at: 0,
        pivot: 0,
        head: 0,
      }),
      step,
    }),
    x,
  );
}
