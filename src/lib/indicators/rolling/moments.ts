/**
 * Variance over the last n values. Sums are taken of distances from a pivot that is itself in the window, so the squares
 * that cancel are at most 2n times the result: a large offset costs nothing, and a flat window gives exactly zero.
 */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step, stepLoop } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';

type Moments = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** Sums over values j.. of the block before, of distances from the pivot and of their squares; NaN until there is one. */
  readonly tail: Float64Array;
  readonly tailSquares: Float64Array;
  /** 1 / n and 1 / (n - ddof). */
  readonly share: number;
  readonly weight: number;
  readonly root: boolean;
  at: number;
  /** Last value of the block before: in every window that reaches back into that block. */
  pivot: number;
  head: number;
  headSquares: number;
  /** Sums over the whole window. */
  sum: number;
  squares: number;
};

function push(s: Moments, x: number): void {
  const { values, tail, tailSquares } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    const d = x - s.pivot;
    s.head += d;
    s.headSquares += d * d;
    s.at = at + 1;
    s.sum = tail[at + 1]! + s.head;
    s.squares = tailSquares[at + 1]! + s.headSquares;
    return;
  }
  let sum = 0;
  let squares = 0;
  for (let j = n - 1; j >= 0; j--) {
    const d = values[j]! - x;
    sum += d;
    squares += d * d;
    tail[j] = sum;
    tailSquares[j] = squares;
  }
  s.pivot = x;
  s.at = 0;
  s.head = 0;
  s.headSquares = 0;
  s.sum = sum;
  s.squares = squares;
}

function spread(s: Moments): number {
  const v = (s.squares - s.sum * s.sum * s.share) * s.weight;
  return v < 0 ? 0 : v;
}

const varianceStep = (s: Moments, x: number): number => {
  push(s, x);
  return spread(s);
};
const stdevStep = (s: Moments, x: number): number => {
  push(s, x);
  return Math.sqrt(spread(s));
};
const stepped = { variance: stepLoop(varianceStep, 1), deviation: stepLoop(stdevStep, 1) };

/** A whole block in local variables. False, with nothing changed, where it has a gap: the sum of its values shows one. */
function block(s: Moments, xs: Float64Array, output: Float64Array, from: number): boolean {
  const { tail, tailSquares, share, weight, pivot, root } = s;
  const n = tail.length;
  const end = from + n - 1;
  let head = 0;
  let headSquares = 0;
  for (let i = from, at = 1; i < end; i++, at++) {
    const d = xs[i]! - pivot;
    head += d;
    headSquares += d * d;
    const sum = tail[at]! + head;
    const v = (tailSquares[at]! + headSquares - sum * sum * share) * weight;
    const variance = v < 0 ? 0 : v;
    output[i] = root ? Math.sqrt(variance) : variance;
  }
  const last = xs[end]!;
  if (head - head + (last - last) !== 0) return false;
  let sum = 0;
  let squares = 0;
  for (let j = n - 1, k = end; j >= 0; j--, k--) {
    const d = xs[k]! - last;
    sum += d;
    squares += d * d;
    tail[j] = sum;
    tailSquares[j] = squares;
  }
  const v = (squares - sum * sum * share) * weight;
  const variance = v < 0 ? 0 : v;
  output[end] = root ? Math.sqrt(variance) : variance;
  s.pivot = last;
  return true;
}

/** Whole blocks where they lie in the range; what is left of one at either end row by row. */
function scan(s: Moments, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const xs = inputs[0]!;
  const n = s.values.length;
  const rowByRow = s.root ? stepped.deviation : stepped.variance;
  let i = from;
  while (to - i >= n) {
    const end = i + (s.at > 0 ? n - s.at : n);
    if (s.at > 0 || !block(s, xs, output, i)) rowByRow(s, inputs, output, i, end);
    i = end;
  }
  rowByRow(s, inputs, output, i, to);
}

const zscoreStep = (s: Moments, x: number): number => {
  const pivot = s.pivot;
  push(s, x);
  const n = s.values.length;
  const mean = s.sum / n;
  const deviation = Math.sqrt(spread(s));
  const distance = (s.at === 0 ? 0 : x - pivot) - mean;
  return deviation === 0 ? 0 : distance / deviation;
};

function moments(name: string, n: number, ddof: number, step: Step<Moments>): Kernel {
  period(name, n, 2);
  ranged(`${name} ddof`, ddof, 0, n - 1);
  return defineKernel<Moments>({
    name,
    args: [n, ddof],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n),
      tail: new Float64Array(n).fill(Number.NaN),
      tailSquares: new Float64Array(n).fill(Number.NaN),
      share: 1 / n,
      weight: 1 / (n - ddof),
      root: step === stdevStep,
      at: 0,
      pivot: 0,
      head: 0,
      headSquares: 0,
      sum: Number.NaN,
      squares: Number.NaN,
    }),
    step,
    ...(step === zscoreStep ? {} : { scan }),
  });
}

/** Variance of the last n values over n - ddof (0: population, as TA-Lib's VAR; 1: sample), in squared units of x. */
export function rollingVariance(x: Operand, n: number, ddof = 0): Expr {
  return apply(moments('rollingVariance', n, ddof, varianceStep), x);
}

/** Standard deviation of the last n values over n - ddof (0: population, as TA-Lib's STDDEV; 1: sample), in units of x. */
export function rollingStdev(x: Operand, n: number, ddof = 0): Expr {
  return apply(moments('rollingStdev', n, ddof, stdevStep), x);
}

/** Distance of x from the mean of its last n values in their standard deviations; 0 where they are all equal. */
export function rollingZscore(x: Operand, n: number, ddof = 0): Expr {
  return apply(moments('rollingZscore', n, ddof, zscoreStep), x);
}
