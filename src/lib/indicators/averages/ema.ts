/** Exponential averages: the usual one and Wilder's. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';

type Smoothed = {
  /** Weight of the new value. */
  readonly weight: number;
  readonly period: number;
  /** Rows left to ignore, then rows left to average for the seed. */
  skip: number;
  left: number;
  sum: number;
  value: number;
};

function step(s: Smoothed, x: number): number {
  if (s.left === 0) {
    s.value += (x - s.value) * s.weight;
    return s.value;
  }
  if (s.skip > 0) {
    s.skip--;
    return Number.NaN;
  }
  s.sum += x;
  if (--s.left > 0) return Number.NaN;
  s.value = s.sum / s.period;
  return s.value;
}

/** Smoothing by `weight`, seeded with the mean of n values after `skip` ignored ones. */
function smoothing(name: string, n: number, weight: number, skip = 0): Kernel {
  period(name, n);
  return defineKernel<Smoothed>({
    name,
    args: skip === 0 ? [n] : [n, skip],
    arity: 1,
    warmup: n - 1 + skip,
    recursive: n > 1,
    init: () => ({ weight, period: n, skip, left: n, sum: 0, value: Number.NaN }),
    step,
  });
}

/**
 * Exponential moving average: e += (x - e) * 2 / (n + 1), seeded with the mean of the first n values as TA-Lib does; in
 * units of x. `skip` rows are ignored first, which lets two averages of different length start on the same row.
 */
export function ema(x: Operand, n: number, skip = 0): Expr {
  period('ema skip', skip, 0);
  return apply(smoothing('ema', n, 2 / (n + 1), skip), x);
}

/** Wilder's smoothing (1978), also RMA or SMMA: e += (x - e) / n, seeded with the mean of the first n values; in units of x. */
export function rma(x: Operand, n: number): Expr {
  return apply(smoothing('rma', n, 1 / n), x);
}

/**
 * Exponentially weighted mean by weight of the new value, 0 to 1, seeded with the first value: pandas' `ewm(alpha,
 * adjust=False)`; in units of x.
 */
export function ewma(x: Operand, weight: number): Expr {
  ranged('ewma weight', weight, 0, 1);
  return apply(
    defineKernel<Smoothed>({
      name: 'ewma',
      args: [weight],
      arity: 1,
      warmup: 0,
      recursive: weight < 1,
      init: () => ({ weight, period: 1, skip: 0, left: 1, sum: 0, value: Number.NaN }),
      step,
    }),
    x,
  );
}
