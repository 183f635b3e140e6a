/** The past of a series: lag, differences, returns, and running totals and extremes since the first row. */
import { apply, type Expr, type Operand, remembered } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { pastOf } from './past.ts';

const lagged = pastOf();
const differences = pastOf((x, old) => x - old);
const rates = pastOf((x, old) => (old === 0 ? Number.NaN : x / old - 1));
const logReturns = pastOf((x, old) => {
  const ratio = x / old;
  return ratio > 0 && ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Number.NaN;
});

/** The value n rows ago. */
export const lag = (x: Operand, n = 1): Expr => apply(lagged.kernel('lag', n), x);
/** x - x[n rows ago], in units of x. */
export const diff = (x: Operand, n = 1): Expr => apply(differences.kernel('diff', n), x);
/**
 * Rate of change as a fraction: x / x[n rows ago] - 1, so 0.05 is five per cent (TA-Lib calls it ROCP); NaN where the
 * old value is zero.
 */
export const roc = remembered((x: Operand, n: number): Expr => apply(rates.kernel('roc', n), x));
/** ln(x / x[n rows ago]); NaN where the ratio is not positive. */
export const logReturn = (x: Operand, n = 1): Expr => apply(logReturns.kernel('logReturn', n), x);

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
