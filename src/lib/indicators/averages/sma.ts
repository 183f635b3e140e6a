/** The simple moving average. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';

type Mean = {
  /** The block being filled. */
  readonly values: Float64Array;
  readonly share: number;
  /** `tail[j]`: sum over values j.. of the block before of distances from the pivot; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  /** Last value of the block before, so that a flat window has exactly its value as mean. */
  pivot: number;
  head: number;
  /** Values are added two at a time, which waits half as often: the first of a pair, where it has come. */
  first: number;
  odd: boolean;
};

/** Sums of the block xs[from, from + n) backward from its end, by pairs. Returns that of the whole block. */
function sumBack(tail: Float64Array, xs: Float64Array, from: number, last: number): number {
  let sum = 0;
  let j = tail.length - 1;
  let k = from + j;
  for (; j > 0; j -= 2, k -= 2) {
    const a = xs[k]! - last;
    const b = xs[k - 1]! - last;
    tail[j] = sum + a;
    sum += a + b;
    tail[j - 1] = sum;
  }
  if (j === 0) {
    sum += xs[k]! - last;
    tail[0] = sum;
  }
  return sum;
}

function step(s: Mean, x: number): number {
  const { values, tail } = s;
  const at = s.at + 1;
  values[at - 1] = x;
  if (at < values.length) {
    const d = x - s.pivot;
    s.at = at;
    if (!s.odd) {
      s.odd = true;
      s.first = d;
      return s.pivot + (tail[at]! + (s.head + d)) * s.share;
    }
    s.odd = false;
    s.head += s.first + d;
    return s.pivot + (tail[at]! + s.head) * s.share;
  }
  const sum = sumBack(tail, values, 0, x);
  s.pivot = x;
  s.at = 0;
  s.head = 0;
  s.odd = false;
  return x + sum * s.share;
}

const stepped = stepLoop(step, 1);

/** A whole block. False, with nothing changed, where it has a gap: the sum of all its values shows one. */
function block(s: Mean, xs: Float64Array, output: Float64Array, from: number): boolean {
  const { tail, pivot, share } = s;
  const n = tail.length;
  const end = from + n - 1;
  let head = 0;
  let i = from;
  let at = 1;
  for (; i < end - 1; i += 2, at += 2) {
    const a = xs[i]! - pivot;
    const b = xs[i + 1]! - pivot;
    output[i] = pivot + (tail[at]! + (head + a)) * share;
    head += a + b;
    output[i + 1] = pivot + (tail[at + 1]! + head) * share;
  }
  if (i < end) {
    head += xs[i]! - pivot;
    output[i] = pivot + (tail[at]! + head) * share;
  }
  const last = xs[end]!;
  if (head - head + (last - last) !== 0) return false;
  output[end] = last + sumBack(tail, xs, from, last) * share;
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
        at: 0,
        pivot: 0,
        head: 0,
        first: 0,
        odd: false,
      }),
      step,
      scan,
    }),
    x,
  );
}
