/** Averages whose speed follows the market: KAMA, VIDYA, FRAMA, McGinley's dynamic. */
import { lag } from '../arithmetic/change.ts';
import { add, mul, sub } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { efficiencyRatio } from '../cycle/efficiency.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period, positive } from '../parameter.ts';
import { highest, lowest } from '../rolling/extremes.ts';

type Follower = { value: number };

const followKernel = defineKernel<Follower>({
  name: 'follow',
  arity: 3,
  warmup: 0,
  recursive: true,
  init: () => ({ value: Number.NaN }),
  step: (s: Follower, x: number, before: number, weight: number) => {
    const from = s.value === s.value ? s.value : before;
    s.value = from + (x - from) * weight;
    return s.value;
  },
});

/** An average that moves by `weight` of its distance to x, row by row; it starts from the value before the first weight. */
export const follow = (x: Operand, weight: Operand): Expr => apply(followKernel, x, lag(x, 1), weight);

/**
 * Kaufman's adaptive moving average (1995): weight = (ER (2/(fast+1) - 2/(slow+1)) + 2/(slow+1))^2 with ER the
 * efficiency ratio over n rows; in units of x. Seeded with the value before the first weight, as in TA-Lib.
 */
export function kama(x: Operand, n = 10, fast = 2, slow = 30): Expr {
  const least = 2 / (period('kama slow', slow) + 1);
  const most = 2 / (period('kama fast', fast) + 1);
  const root = add(mul(efficiencyRatio(x, n), most - least), least);
  return follow(x, mul(root, root));
}

/**
 * Variable index dynamic average (Chande 1992): an EMA(n) whose weight is multiplied by |x - x[m]| / sum |change|, the
 * absolute Chande momentum over m rows; in units of x.
 */
export function vidya(x: Operand, n = 14, m = 9): Expr {
  period('vidya', n);
  return follow(x, mul(efficiencyRatio(x, m), 2 / (n + 1)));
}

type Dimension = { weight: number };

const fractalKernel = defineKernel<Dimension>({
  name: 'fractalWeight',
  arity: 3,
  warmup: 0,
  recursive: true,
  init: () => ({ weight: 1 }),
  step: (s: Dimension, recent: number, older: number, whole: number) => {
    if (recent > 0 && older > 0 && whole > 0) {
      const dimension = (Math.log(recent + older) - Math.log(whole)) / Math.LN2;
      const weight = Math.exp(-4.6 * (dimension - 1));
      s.weight = weight < 0.01 ? 0.01 : weight > 1 ? 1 : weight;
    }
    return s.weight;
  },
});

/**
 * Fractal adaptive moving average of (high + low) / 2 (Ehlers 2005): weight = exp(-4.6 (D - 1)) held in 0.01 to 1, D
 * the fractal dimension from the ranges of the two halves of the last n bars (n even); in units of price.
 */
export function frama(bars: BarExprs, n = 16): Expr {
  const half = period('frama half', n / 2);
  const recent = mul(sub(highest(bars.high, half), lowest(bars.low, half)), 1 / half);
  const whole = mul(sub(highest(bars.high, n), lowest(bars.low, n)), 1 / n);
  return follow(mul(add(bars.high, bars.low), 0.5), apply(fractalKernel, recent, lag(recent, half), whole));
}

type Dynamic = { readonly length: number; left: number; sum: number; readonly period: number; value: number };

function mcginleyStep(s: Dynamic, x: number): number {
  if (s.left > 0) {
    s.sum += x;
    if (--s.left > 0) return Number.NaN;
    s.value = s.sum / s.period;
    return s.value;
  }
  const ratio = x / s.value;
  const rate = s.length * ratio * ratio * ratio * ratio;
  s.value += rate > 1 ? (x - s.value) / rate : x - s.value;
  return s.value;
}

/**
 * McGinley's dynamic (1990): m += (x - m) / (k n (x / m)^4), never past x; seeded with the mean of the first n values;
 * in units of x, for positive x. k is 1, or 0.6 in McGinley's own use.
 */
export function mcginley(x: Operand, n = 14, k = 1): Expr {
  period('mcginley', n);
  positive('mcginley k', k);
  return apply(
    defineKernel<Dynamic>({
      name: 'mcginley',
      args: [n, k],
      arity: 1,
      warmup: n - 1,
      recursive: true,
      init: () => ({ length: k * n, left: n, sum: 0, period: n, value: Number.NaN }),
      step: mcginleyStep,
    }),
    x,
  );
}
