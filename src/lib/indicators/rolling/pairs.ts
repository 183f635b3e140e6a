/** Covariance, correlation and beta of two series over the last n rows, from sums of distances to pivots in the window (see moments.ts). */
import { lag } from '../arithmetic/change.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';

type Pairs = {
  /** The block being filled. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Sums over pairs j.. of the block before at 5 j: x, y, xx, yy, xy; NaN until there is one. */
  readonly tail: Float64Array;
  readonly head: Float64Array;
  readonly divisor: number;
  at: number;
  pivotX: number;
  pivotY: number;
  /** Sums of squared and crossed distances from the means of the window. */
  xx: number;
  yy: number;
  xy: number;
};

function accumulate(sums: Float64Array, dx: number, dy: number): void {
  sums[0]! += dx;
  sums[1]! += dy;
  sums[2]! += dx * dx;
  sums[3]! += dy * dy;
  sums[4]! += dx * dy;
}

function push(s: Pairs, x: number, y: number): void {
  const { xs, ys, tail, head } = s;
  const n = xs.length;
  const at = s.at;
  xs[at] = x;
  ys[at] = y;
  let from = 5 * (at + 1);
  if (at < n - 1) {
    accumulate(head, x - s.pivotX, y - s.pivotY);
    s.at = at + 1;
  } else {
    head.fill(0);
    for (let j = n - 1; j >= 0; j--) {
      accumulate(head, xs[j]! - x, ys[j]! - y);
      tail.set(head, 5 * j);
    }
    head.fill(0);
    from = 0;
    s.pivotX = x;
    s.pivotY = y;
    s.at = 0;
  }
  const sumX = tail[from]! + head[0]!;
  const sumY = tail[from + 1]! + head[1]!;
  s.xx = tail[from + 2]! + head[2]! - (sumX * sumX) / n;
  s.yy = tail[from + 3]! + head[3]! - (sumY * sumY) / n;
  s.xy = tail[from + 4]! + head[4]! - (sumX * sumY) / n;
}

const covarianceStep = (s: Pairs, x: number, y: number): number => {
  push(s, x, y);
  return s.xy / s.divisor;
};
const correlationStep = (s: Pairs, x: number, y: number): number => {
  push(s, x, y);
  if (!(s.xx > 0 && s.yy > 0)) return Number.NaN;
  const r = s.xy / (Math.sqrt(s.xx) * Math.sqrt(s.yy));
  return r > 1 ? 1 : r < -1 ? -1 : r;
};
const betaStep = (s: Pairs, x: number, y: number): number => {
  push(s, x, y);
  return s.yy > 0 ? s.xy / s.yy : Number.NaN;
};

function pairs(name: string, n: number, ddof: number, args: readonly number[], step: Step<Pairs>): Kernel {
  period(name, n, 2);
  ranged(`${name} ddof`, ddof, 0, n - 1);
  return defineKernel<Pairs>({
    name,
    args,
    arity: 2,
    warmup: n - 1,
    init: () => ({
      xs: new Float64Array(n),
      ys: new Float64Array(n),
      tail: new Float64Array(5 * (n + 1)).fill(Number.NaN),
      head: new Float64Array(5),
      divisor: n - ddof,
      at: 0,
      pivotX: 0,
      pivotY: 0,
      xx: Number.NaN,
      yy: Number.NaN,
      xy: Number.NaN,
    }),
    step,
  });
}

/** Covariance of the last n pairs over n - ddof (0: population, 1: sample), in units of x times y. */
export const rollingCovariance = (x: Operand, y: Operand, n: number, ddof = 0): Expr =>
  apply(pairs('rollingCovariance', n, ddof, [n, ddof], covarianceStep), x, y);
/** Pearson correlation of the last n pairs, -1 to 1; NaN where either is flat. */
export const rollingCorrelation = (x: Operand, y: Operand, n: number): Expr =>
  apply(pairs('rollingCorrelation', n, 0, [n], correlationStep), x, y);
/** Slope of x regressed on y over the last n pairs: beta of an asset's returns x to a benchmark's y; NaN where y is flat. */
export const rollingBeta = (x: Operand, y: Operand, n: number): Expr =>
  apply(pairs('rollingBeta', n, 0, [n], betaStep), x, y);
/** Correlation of the last n values with those `shift` rows before, -1 to 1; NaN where either is flat. */
export const rollingAutocorrelation = (x: Operand, n: number, shift = 1): Expr =>
  rollingCorrelation(x, lag(x, shift), n);
