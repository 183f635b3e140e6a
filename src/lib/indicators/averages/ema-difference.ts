/** Difference of two exponential averages seeded on the same row, in one pass: the two chains of additions do not wait for each other. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { averageStep, type Smoothed, STRETCH, startAverage } from './smoothed.ts';

/** Phases of both are the same on every row. */
type Pair = { readonly fast: Smoothed; readonly slow: Smoothed };

const step = (s: Pair, x: number): number => averageStep(s.fast, x) - averageStep(s.slow, x);

const stepped = stepLoop(step, 1);

/** Four rows a turn, as in smoothed.ts; a gap is seen once at the end. */
function stretch(s: Pair, xs: Float64Array, output: Float64Array, from: number, to: number): boolean {
  const { weight: w1, keep: k1, keepTwice: kk1, weightKept: wk1 } = s.fast;
  const { weight: w2, keep: k2, keepTwice: kk2, weightKept: wk2 } = s.slow;
  let base1 = s.fast.base;
  let base2 = s.slow.base;
  for (let i = from; i < to; i += 4) {
    const x1 = xs[i]!;
    const x2 = xs[i + 1]!;
    const x3 = xs[i + 2]!;
    const x4 = xs[i + 3]!;
    const a1 = x1 - base1;
    const a2 = x1 - base2;
    output[i] = base1 + a1 * w1 - (base2 + a2 * w2);
    const pair1 = a1 * wk1 + (x2 - base1) * w1;
    const pair2 = a2 * wk2 + (x2 - base2) * w2;
    output[i + 1] = base1 + pair1 - (base2 + pair2);
    const c1 = x3 - base1;
    const c2 = x3 - base2;
    output[i + 2] = base1 + (pair1 * k1 + c1 * w1) - (base2 + (pair2 * k2 + c2 * w2));
    base1 += pair1 * kk1 + (c1 * wk1 + (x4 - base1) * w1);
    base2 += pair2 * kk2 + (c2 * wk2 + (x4 - base2) * w2);
    output[i + 3] = base1 - base2;
  }
  if (base1 - base1 + (base2 - base2) !== 0) return false;
  s.fast.base = base1;
  s.slow.base = base2;
  return true;
}

function scan(s: Pair, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const xs = inputs[0]!;
  let i = from;
  while (to - i >= 4) {
    if (s.slow.left > 0 || s.slow.phase > 0) {
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

/** EMA(fast) - EMA(slow), in units of x, both seeded on the row where the slower one is, as in TA-Lib's MACD. */
export function emaDifference(x: Operand, fast: number, slow: number): Expr {
  const kernel = defineKernel<Pair>({
    name: 'emaDifference',
    args: [fast, slow],
    arity: 1,
    warmup: slow - 1,
    recursive: true,
    init: () => ({
      fast: startAverage({ weight: 2 / (fast + 1), seed: fast, skip: slow - fast }),
      slow: startAverage({ weight: 2 / (slow + 1), seed: slow, skip: 0 }),
    }),
    step,
    scan,
  });
  return apply(kernel, x);
}
