/** Skewness and excess kurtosis of the last n values, from power sums of distances to a pivot in the window (see moments.ts). */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Powers = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** Four power sums over values j.. of the block before at 4 j; NaN until there is one. */
  readonly tail: Float64Array;
  readonly head: Float64Array;
  /** Central moments of the window of order 2, 3 and 4 at those places. */
  readonly central: Float64Array;
  at: number;
  pivot: number;
};

function accumulate(sums: Float64Array, d: number): void {
  const square = d * d;
  sums[0]! += d;
  sums[1]! += square;
  sums[2]! += square * d;
  sums[3]! += square * square;
}

function push(s: Powers, x: number): void {
  const { values, tail, head, central } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  let from = 4 * (at + 1);
  if (at < n - 1) {
    accumulate(head, x - s.pivot);
    s.at = at + 1;
  } else {
    head.fill(0);
    for (let j = n - 1; j >= 0; j--) {
      accumulate(head, values[j]! - x);
      tail.set(head, 4 * j);
    }
    head.fill(0);
    from = 0;
    s.pivot = x;
    s.at = 0;
  }
  const mean = (tail[from]! + head[0]!) / n;
  const second = (tail[from + 1]! + head[1]!) / n;
  const third = (tail[from + 2]! + head[2]!) / n;
  const fourth = (tail[from + 3]! + head[3]!) / n;
  const square = mean * mean;
  central[2] = second - square;
  central[3] = third - 3 * mean * second + 2 * mean * square;
  central[4] = fourth - 4 * mean * third + 6 * square * second - 3 * square * square;
}

const skewStep = (s: Powers, x: number): number => {
  push(s, x);
  const n = s.values.length;
  const variance = s.central[2]!;
  if (!(variance > 0)) return Number.NaN;
  return ((Math.sqrt(n * (n - 1)) / (n - 2)) * s.central[3]!) / (variance * Math.sqrt(variance));
};
const kurtosisStep = (s: Powers, x: number): number => {
  push(s, x);
  const n = s.values.length;
  const variance = s.central[2]!;
  if (!(variance > 0)) return Number.NaN;
  const excess = ((n + 1) * s.central[4]!) / (variance * variance) - 3 * (n - 1);
  return (excess * (n - 1)) / ((n - 2) * (n - 3));
};

function powers(name: string, n: number, least: number, step: Step<Powers>): Kernel {
  period(name, n, least);
  return defineKernel<Powers>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n),
      tail: new Float64Array(4 * (n + 1)).fill(Number.NaN),
      head: new Float64Array(4),
      central: new Float64Array(5),
      at: 0,
      pivot: 0,
    }),
    step,
  });
}

/** Sample skewness of the last n values, bias-corrected as in pandas; NaN where they are all equal. */
export const rollingSkew = (x: Operand, n: number): Expr => apply(powers('rollingSkew', n, 3, skewStep), x);
/** Sample excess kurtosis of the last n values, 0 for a normal distribution, bias-corrected as in pandas; NaN where they are all equal. */
export const rollingKurtosis = (x: Operand, n: number): Expr => apply(powers('rollingKurtosis', n, 4, kurtosisStep), x);
