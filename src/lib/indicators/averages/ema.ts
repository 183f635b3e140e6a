/** Exponential averages: the usual one, Wilder's, and one by weight. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, stepLoop } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';
import { stretchScan } from '../simd/stretch.ts';
import { type Smoothed, smooth, smoothed, smoothRows } from './smoothing.ts';

const stepped = stepLoop(smooth, 1);

const smoothScan = stretchScan<Smoothed>(1, stepped, (s, rows) => smoothRows(s, 0, rows));

/** Row by row until there is a seed. */
function scan(s: Smoothed, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  let i = from;
  for (; s.left > 0 && i < to; i++) stepped(s, inputs, output, i, i + 1);
  smoothScan(s, inputs, output, i, to);
}

type Smoothing = {
  readonly name: string;
  readonly args: readonly number[];
  readonly weight: number;
  /** Values averaged for the seed, and those ignored before. */
  readonly seed: number;
  readonly skip: number;
};

function smoothing(options: Smoothing): Kernel {
  const { name, args, weight, seed: rows, skip } = options;
  return defineKernel<Smoothed>({
    name,
    args,
    arity: 1,
    warmup: rows - 1 + skip,
    recursive: weight < 1,
    init: () => smoothed(weight, rows, skip),
    step: smooth,
    scan,
  });
}

/**
 * Exponential moving average: e += (x - e) * 2 / (n + 1), seeded with the mean of the first n values as TA-Lib does; in
 * units of x. `skip` rows are ignored first, which lets two averages of different length start on the same row.
 */
export function ema(x: Operand, n: number, skip = 0): Expr {
  period('ema', n);
  period('ema skip', skip, 0);
  const args = skip === 0 ? [n] : [n, skip];
  return apply(smoothing({ name: 'ema', args, weight: 2 / (n + 1), seed: n, skip }), x);
}

/** Wilder's smoothing (1978), also RMA or SMMA: e += (x - e) / n, seeded with the mean of the first n values; in units of x. */
export function rma(x: Operand, n: number): Expr {
  period('rma', n);
  return apply(smoothing({ name: 'rma', args: [n], weight: 1 / n, seed: n, skip: 0 }), x);
}

/**
 * Exponentially weighted mean by weight of the new value, 0 to 1, seeded with the first value: pandas' `ewm(alpha,
 * adjust=False)`; in units of x.
 */
export function ewma(x: Operand, weight: number): Expr {
  ranged('ewma weight', weight, 0, 1);
  return apply(smoothing({ name: 'ewma', args: [weight], weight, seed: 1, skip: 0 }), x);
}
