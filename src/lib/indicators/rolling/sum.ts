/**
 * Sums and means over the last n values by the two-block method of van Herk (1992): a window is the end of one block
 * and the start of the next, and both parts only ever add. Nothing is subtracted out again, so nothing drifts and a
 * spike that left the window has left no trace.
 */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';

type Sum = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** `tail[j]`: sum of values j.. of the block before; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  head: number;
};

function rollingSumStep(s: Sum, x: number): number {
  const { values, tail } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    s.at = at + 1;
    s.head += x;
    return tail[at + 1]! + s.head;
  }
  let sum = 0;
  for (let j = n - 1; j > 0; j--) {
    sum += values[j]!;
    tail[j] = sum;
  }
  s.at = 0;
  s.head = 0;
  return sum + values[0]!;
}

/** Sum of the last n values, in units of x. */
export function rollingSum(x: Operand, n: number): Expr {
  period('rollingSum', n);
  return apply(
    defineKernel<Sum>({
      name: 'rollingSum',
      args: [n],
      arity: 1,
      warmup: n - 1,
      init: () => ({ values: new Float64Array(n), tail: new Float64Array(n).fill(Number.NaN), at: 0, head: 0 }),
      step: rollingSumStep,
    }),
    x,
  );
}
