/** The simple moving average. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';

type Mean = {
  /** The block being filled. */
  readonly values: Float64Array;
  readonly share: number;
  /** `tail[j]`: sum over values j.. of the block before of distances from the pivot; NaN until there is one. `spare` becomes the tail of the next block. */
  tail: Float64Array;
  spare: Float64Array;
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
    return s.pivot + (tail[at + 1]! + head) * s.share;
  }
  let sum = 0;
  for (let j = n - 1; j >= 0; j--) {
    sum += values[j]! - x;
    tail[j] = sum;
  }
  s.pivot = x;
  s.at = 0;
  s.head = 0;
  return x + sum * s.share;
}

const stepped = stepLoop(step, 1);

/** A whole block: sums forward from its start and backward from its end run side by side. False, with nothing changed, where it has a gap. */
function block(s: Mean, xs: Float64Array, output: Float64Array, from: number): boolean {
  const { tail, spare, pivot, share } = s;
  const n = tail.length;
  const last = xs[from + n - 1]!;
  let head = 0;
  let sum = 0;
  let back = n - 1;
  for (let at = 1; at < n; at++) {
    head += xs[from + at - 1]! - pivot;
    output[from + at - 1] = pivot + (tail[at]! + head) * share;
    sum += xs[from + back]! - last;
    spare[back] = sum;
    back--;
  }
  sum += xs[from]! - last;
  spare[0] = sum;
  if (sum - sum !== 0) return false;
  output[from + n - 1] = last + sum * share;
  s.tail = spare;
  s.spare = tail;
  s.pivot = last;
  return true;
}

function scan(s: Mean, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const xs = inputs[0]!;
  const n = s.values.length;
  let i = from;
  while (to - i >= n) {
    if (s.at > 0) {
      stepped(s, inputs, output, i, i + 1);
      i++;
    } else {
      if (!block(s, xs, output, i)) stepped(s, inputs, output, i, i + n);
      i += n;
    }
  }
  stepped(s, inputs, output, i, to);
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
        share: 1 / n,
        tail: new Float64Array(n).fill(Number.NaN),
        spare: new Float64Array(n),
        at: 0,
        pivot: 0,
        head: 0,
      }),
      step,
      scan,
    }),
    x,
  );
}
