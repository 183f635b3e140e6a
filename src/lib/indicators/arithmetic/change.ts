/** The past of a series: lag, differences, returns, and running totals and extremes since the first row. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Ring = { readonly values: Float64Array; at: number };

/** Puts x in and returns the value n rows ago, NaN before. */
function rotate(s: Ring, x: number): number {
  const at = s.at;
  const old = s.values[at]!;
  s.values[at] = x;
  s.at = at + 1 === s.values.length ? 0 : at + 1;
  return old;
}

const lagStep = (s: Ring, x: number): number => rotate(s, x);
const diffStep = (s: Ring, x: number): number => x - rotate(s, x);
const rocStep = (s: Ring, x: number): number => {
  const old = rotate(s, x);
  return old === 0 ? Number.NaN : x / old - 1;
};
const logReturnStep = (s: Ring, x: number): number => {
  const ratio = x / rotate(s, x);
  return ratio > 0 && ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Number.NaN;
};

function ring(name: string, n: number, step: Step<Ring>): Kernel {
  period(name, n);
  return defineKernel<Ring>({
    name,
    args: [n],
    arity: 1,
    warmup: n,
    init: () => ({ values: new Float64Array(n).fill(Number.NaN), at: 0 }),
    step,
  });
}

/** The value n rows ago. */
export const lag = (x: Operand, n = 1): Expr => apply(ring('lag', n, lagStep), x);
/** x - x[n rows ago], in units of x. */
export const diff = (x: Operand, n = 1): Expr => apply(ring('diff', n, diffStep), x);
/**
 * Rate of change as a fraction: x / x[n rows ago] - 1, so 0.05 is five per cent (TA-Lib calls it ROCP); NaN where the
 * old value is zero.
 */
export const roc = (x: Operand, n: number): Expr => apply(ring('roc', n, rocStep), x);
/** ln(x / x[n rows ago]); NaN where the ratio is not positive. */
export const logReturn = (x: Operand, n = 1): Expr => apply(ring('logReturn', n, logReturnStep), x);

type Total = { total: number; lost: number };
/** Neumaier's compensated sum (1974): what rounding lost is kept beside the total. */
const cumulativeSumKernel = defineKernel<Total>({
  name: 'cumulativeSum',
  arity: 1,
  warmup: 0,
  recursive: true,
  init: () => ({ total: 0, lost: 0 }),
  step: (s: Total, x: number) => {
    const before = s.total;
    const total = before + x;
    s.lost += Math.abs(before) >= Math.abs(x) ? before - total + x : x - total + before;
    s.total = total;
    return total + s.lost;
  },
});

type Extreme = { value: number };
const cumulativeMaxKernel = defineKernel<Extreme>({
  name: 'cumulativeMax',
  arity: 1,
  warmup: 0,
  recursive: true,
  init: () => ({ value: Number.NEGATIVE_INFINITY }),
  step: (s: Extreme, x: number) => {
    if (x > s.value) s.value = x;
    return s.value;
  },
});
const cumulativeMinKernel = defineKernel<Extreme>({
  name: 'cumulativeMin',
  arity: 1,
  warmup: 0,
  recursive: true,
  init: () => ({ value: Number.POSITIVE_INFINITY }),
  step: (s: Extreme, x: number) => {
    if (x < s.value) s.value = x;
    return s.value;
  },
});

/** Sum of all values so far, compensated. */
export const cumulativeSum = (x: Operand): Expr => apply(cumulativeSumKernel, x);
/** Largest value so far. */
export const cumulativeMax = (x: Operand): Expr => apply(cumulativeMaxKernel, x);
/** Smallest value so far. */
export const cumulativeMin = (x: Operand): Expr => apply(cumulativeMinKernel, x);
