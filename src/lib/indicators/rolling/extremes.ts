/** Largest and smallest of the last n values and how long ago they were, by the two-block method of van Herk (1992) and Gil & Werman (1993): three comparisons a value, whatever n is. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Extreme = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** `tail[j]`: extreme of values j.. of the block before; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  /** Extreme of the block so far. */
  head: number;
};

function highestStep(s: Extreme, x: number): number {
  const { values, tail } = s;
  const last = values.length - 1;
  const at = s.at;
  values[at] = x;
  if (at < last) {
    const head = x > s.head ? x : s.head;
    const before = tail[at + 1]!;
    s.at = at + 1;
    s.head = head;
    return head > before ? head : before;
  }
  let best = x;
  for (let j = last; j >= 0; j--) {
    const v = values[j]!;
    best = v > best ? v : best;
    tail[j] = best;
  }
  s.at = 0;
  s.head = Number.NEGATIVE_INFINITY;
  return best;
}

function lowestStep(s: Extreme, x: number): number {
  const { values, tail } = s;
  const last = values.length - 1;
  const at = s.at;
  values[at] = x;
  if (at < last) {
    const head = x < s.head ? x : s.head;
    const before = tail[at + 1]!;
    s.at = at + 1;
    s.head = head;
    return head < before ? head : before;
  }
  let best = x;
  for (let j = last; j >= 0; j--) {
    const v = values[j]!;
    best = v < best ? v : best;
    tail[j] = best;
  }
  s.at = 0;
  s.head = Number.POSITIVE_INFINITY;
  return best;
}

function extreme(name: string, n: number, head: number, step: Step<Extreme>): Kernel {
  period(name, n);
  return defineKernel<Extreme>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({ values: new Float64Array(n), tail: new Float64Array(n).fill(Number.NaN), at: 0, head }),
    step,
  });
}

/** Largest of the last n values. */
export function highest(x: Operand, n: number): Expr {
  return apply(extreme('highest', n, Number.NEGATIVE_INFINITY, highestStep), x);
}

/** Smallest of the last n values. */
export function lowest(x: Operand, n: number): Expr {
  return apply(extreme('lowest', n, Number.POSITIVE_INFINITY, lowestStep), x);
}

type Place = Extreme & {
  /** `tailAt[j]`: where in the block before the extreme of its values j.. stands. */
  readonly tailAt: Int32Array;
  headAt: number;
  /** 1 for the largest, -1 for the smallest: the smallest of x is the largest of -x. */
  readonly sign: 1 | -1;
};

/** Of equal extremes the most recent counts. */
function placeStep(s: Place, value: number): number {
  const { values, tail, tailAt } = s;
  const x = value * s.sign;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    if (x >= s.head) {
      s.head = x;
      s.headAt = at;
    }
    s.at = at + 1;
    const before = tail[at + 1]!;
    if (s.head >= before) return at - s.headAt;
    return before > s.head ? at + n - tailAt[at + 1]! : Number.NaN;
  }
  let best = x;
  let bestAt = at;
  for (let j = n - 1; j >= 0; j--) {
    const v = values[j]!;
    if (v > best) {
      best = v;
      bestAt = j;
    }
    tail[j] = best;
    tailAt[j] = bestAt;
  }
  s.at = 0;
  s.head = Number.NEGATIVE_INFINITY;
  return at - bestAt;
}

function place(name: string, n: number, sign: 1 | -1): Kernel {
  period(name, n);
  return defineKernel<Place>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n),
      tail: new Float64Array(n).fill(Number.NaN),
      tailAt: new Int32Array(n),
      at: 0,
      head: Number.NEGATIVE_INFINITY,
      headAt: 0,
      sign,
    }),
    step: placeStep,
  });
}

/** Rows since the largest of the last n values, 0 to n - 1; of equal ones the most recent counts. */
export const barsSinceHighest = (x: Operand, n: number): Expr => apply(place('barsSinceHighest', n, 1), x);
/** Rows since the smallest of the last n values, 0 to n - 1; of equal ones the most recent counts. */
export const barsSinceLowest = (x: Operand, n: number): Expr => apply(place('barsSinceLowest', n, -1), x);
