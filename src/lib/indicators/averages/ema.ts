/** Exponential averages: the usual one, Wilder's, and one by weight. */
import { apply, type Expr, type Operand, remembered } from '../expression.ts';
import { defineKernel, type Kernel, stepLoop } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';
import { averageStep, type Smoothed, STRETCH, type Start, startAverage } from './smoothed.ts';

const stepped = stepLoop(averageStep, 1);

/** Four rows a turn. A gap anywhere makes the base NaN, which is seen once at the end: then nothing has happened. */
function stretch(s: Smoothed, xs: Float64Array, output: Float64Array, from: number, to: number): boolean {
  const { weight, keep, keepTwice, weightKept } = s;
  let base = s.base;
  for (let i = from; i < to; i += 4) {
    const a = xs[i]! - base;
    const b = xs[i + 1]! - base;
    const c = xs[i + 2]! - base;
    const d = xs[i + 3]! - base;
    const pair = a * weightKept + b * weight;
    output[i] = base + a * weight;
    output[i + 1] = base + pair;
    output[i + 2] = base + (pair * keep + c * weight);
    base += pair * keepTwice + (c * weightKept + d * weight);
    output[i + 3] = base;
  }
  if (base - base !== 0) return false;
  s.base = base;
  return true;
}

function scan(s: Smoothed, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const xs = inputs[0]!;
  let i = from;
  while (to - i >= 4) {
    if (s.left > 0 || s.phase > 0) {
      stepped(s, inputs, output, i, i + 1);
      i++;
      continue;
    }
    const end = i + Math.min(STRETCH, (to - i) & ~3);
    if (!stretch(s, xs, output, i, end)) stepped(s, inputs, output, i, end);
    i = end;
  }
  stepped(s, inputs, output, i, to);
}

type Smoothing = Start & { readonly name: string; readonly args: readonly number[] };

function smoothing(options: Smoothing): Kernel {
  const { name, args, weight, seed, skip } = options;
  return defineKernel<Smoothed>({
    name,
    args,
    arity: 1,
    warmup: seed - 1 + skip,
    recursive: weight < 1,
    init: () => startAverage(options),
    step: averageStep,
    scan,
  });
}

/**
 * Exponential moving average: e += (x - e) * 2 / (n + 1), seeded with the mean of the first n values as TA-Lib does; in
 * units of x. `skip` rows are ignored first, which lets two averages of different length start on the same row.
 */
export const ema = remembered<[skip?: number]>((x, n, skip = 0) => {
  period('ema', n);
  period('ema skip', skip, 0);
  const args = skip === 0 ? [n] : [n, skip];
  return apply(smoothing({ name: 'ema', args, weight: 2 / (n + 1), seed: n, skip }), x);
});

/** Wilder's smoothing (1978), also RMA or SMMA: e += (x - e) / n, seeded with the mean of the first n values; in units of x. */
export const rma = remembered((x: Operand, n: number): Expr => {
  period('rma', n);
  return apply(smoothing({ name: 'rma', args: [n], weight: 1 / n, seed: n, skip: 0 }), x);
});

/**
 * Exponentially weighted mean by weight of the new value, 0 to 1, seeded with the first value: pandas' `ewm(alpha,
 * adjust=False)`; in units of x.
 */
export function ewma(x: Operand, weight: number): Expr {
  ranged('ewma weight', weight, 0, 1);
  return apply(smoothing({ name: 'ewma', args: [weight], weight, seed: 1, skip: 0 }), x);
}
