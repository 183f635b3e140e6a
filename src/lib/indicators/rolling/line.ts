/** The straight line through the last n values (least squares against time), and the linearly weighted mean, which needs the same sums. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Line = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** Over values j.. of the block before, of distances from the pivot: sum, sum weighted 0, 1, 2, … from j, sum of squares. NaN until there is one. */
  readonly tail: Float64Array;
  readonly tailWeighted: Float64Array;
  readonly tailSquares: Float64Array;
  at: number;
  pivot: number;
  head: number;
  headWeighted: number;
  headSquares: number;
  /** Over the whole window, oldest value at 0, distances from `origin`. */
  sum: number;
  weighted: number;
  squares: number;
  origin: number;
};

function push(s: Line, x: number): void {
  const { values, tail, tailWeighted, tailSquares } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    const d = x - s.pivot;
    s.head += d;
    s.headWeighted += at * d;
    s.headSquares += d * d;
    s.at = at + 1;
    s.sum = tail[at + 1]! + s.head;
    s.weighted = tailWeighted[at + 1]! + (s.headWeighted + (n - 1 - at) * s.head);
    s.squares = tailSquares[at + 1]! + s.headSquares;
    s.origin = s.pivot;
    return;
  }
  let sum = 0;
  let weighted = 0;
  let squares = 0;
  for (let j = n - 1; j >= 0; j--) {
    const d = values[j]! - x;
    weighted += sum;
    sum += d;
    squares += d * d;
    tail[j] = sum;
    tailWeighted[j] = weighted;
    tailSquares[j] = squares;
  }
  s.pivot = x;
  s.origin = x;
  s.at = 0;
  s.head = 0;
  s.headWeighted = 0;
  s.headSquares = 0;
  s.sum = sum;
  s.weighted = weighted;
  s.squares = squares;
}

/** Rise a row: covariance of value and time over the variance of time, which is n (n^2 - 1) / 12 in sum. */
function slope(s: Line): number {
  const n = s.values.length;
  return (s.weighted - ((n - 1) / 2) * s.sum) / ((n * (n * n - 1)) / 12);
}

const wmaStep = (s: Line, x: number): number => {
  push(s, x);
  const n = s.values.length;
  return s.origin + (s.weighted + s.sum) / ((n * (n + 1)) / 2);
};
const slopeStep = (s: Line, x: number): number => {
  push(s, x);
  return slope(s);
};
const interceptStep = (s: Line, x: number): number => {
  push(s, x);
  const n = s.values.length;
  return s.origin + (s.sum / n - slope(s) * ((n - 1) / 2));
};
const endStep = (s: Line, x: number): number => {
  push(s, x);
  const n = s.values.length;
  return s.origin + (s.sum / n + slope(s) * ((n - 1) / 2));
};
const forecastStep = (s: Line, x: number): number => {
  push(s, x);
  const n = s.values.length;
  return s.origin + (s.sum / n + slope(s) * ((n + 1) / 2));
};
const r2Step = (s: Line, x: number): number => {
  push(s, x);
  const n = s.values.length;
  const total = s.squares - (s.sum * s.sum) / n;
  if (!(total > 0)) return Number.NaN;
  const rise = slope(s);
  const explained = (rise * rise * ((n * (n * n - 1)) / 12)) / total;
  return explained > 1 ? 1 : explained;
};

function line(name: string, n: number, least: number, step: Step<Line>): Kernel {
  period(name, n, least);
  return defineKernel<Line>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n),
      tail: new Float64Array(n).fill(Number.NaN),
      tailWeighted: new Float64Array(n).fill(Number.NaN),
      tailSquares: new Float64Array(n).fill(Number.NaN),
      at: 0,
      pivot: 0,
      head: 0,
      headWeighted: 0,
      headSquares: 0,
      sum: Number.NaN,
      weighted: Number.NaN,
      squares: Number.NaN,
      origin: 0,
    }),
    step,
  });
}

/** Linearly weighted moving average: weights 1, 2, … n, the newest the heaviest; in units of x. */
export const wma = (x: Operand, n: number): Expr => apply(line('wma', n, 1, wmaStep), x);
/** Slope of the least-squares line through the last n values, in units of x a row. */
export const regressionSlope = (x: Operand, n: number): Expr => apply(line('regressionSlope', n, 2, slopeStep), x);
/** Value of the least-squares line at the oldest of the last n rows, in units of x. */
export const regressionIntercept = (x: Operand, n: number): Expr =>
  apply(line('regressionIntercept', n, 2, interceptStep), x);
/** Least-squares moving average: value of the line through the last n values at the newest row, in units of x. */
export const lsma = (x: Operand, n: number): Expr => apply(line('lsma', n, 2, endStep), x);
/** Time series forecast: the line through the last n values one row ahead, in units of x. */
export const regressionForecast = (x: Operand, n: number): Expr =>
  apply(line('regressionForecast', n, 2, forecastStep), x);
/** Share of the variance of the last n values that their line explains, 0 to 1; NaN where they are all equal. */
export const regressionR2 = (x: Operand, n: number): Expr => apply(line('regressionR2', n, 2, r2Step), x);
