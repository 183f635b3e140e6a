/** Volatility from the range of bars: Parkinson, Garman-Klass, Rogers-Satchell, Yang-Zhang. Per bar, as a fraction; times sqrt(bars per year) it is annual. */
import { lag } from '../arithmetic/change.ts';
import { add, addScaled, mul, sqrt } from '../arithmetic/elementwise.ts';
import { sma } from '../averages/sma.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';
import { rollingVariance } from '../rolling/moments.ts';

/** Missing where a price is not positive. */
function term(name: string, arity: 2 | 4, step: Step<null>): Kernel {
  return defineKernel<null>({ name, arity, warmup: 0, init: () => null, step });
}

const logRatio = (a: number, b: number): number => (a > 0 && b > 0 ? Math.log(a / b) : Number.NaN);

const moveKernel = term('logRatio', 2, (_: null, a: number, b: number) => logRatio(a, b));
const parkinsonKernel = term('parkinsonTerm', 2, (_: null, high: number, low: number) => {
  const range = logRatio(high, low);
  return (range * range) / (4 * Math.LN2);
});
const garmanKlassKernel = term(
  'garmanKlassTerm',
  4,
  (_: null, open: number, high: number, low: number, close: number) => {
    const range = logRatio(high, low);
    const body = logRatio(close, open);
    return 0.5 * range * range - (2 * Math.LN2 - 1) * body * body;
  },
);
const rogersSatchellKernel = term(
  'rogersSatchellTerm',
  4,
  (_: null, open: number, high: number, low: number, close: number) =>
    logRatio(high, close) * logRatio(high, open) + logRatio(low, close) * logRatio(low, open),
);

const move = (a: Operand, b: Operand): Expr => apply(moveKernel, a, b);
const rogersSatchellTerm = (b: BarExprs): Expr => apply(rogersSatchellKernel, b.open, b.high, b.low, b.close);

/** Parkinson (1980): sqrt(mean ln(high / low)^2 / (4 ln 2)) over n bars; 0 on flat input. */
export const parkinson = (bars: BarExprs, n = 20): Expr => sqrt(sma(apply(parkinsonKernel, bars.high, bars.low), n));

/** Garman & Klass (1980): sqrt(mean(ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2)) over n bars; 0 on flat input. */
export const garmanKlass = (bars: BarExprs, n = 20): Expr =>
  sqrt(sma(apply(garmanKlassKernel, bars.open, bars.high, bars.low, bars.close), n));

/** Rogers & Satchell (1991), free of drift: sqrt(mean(ln(h/c) ln(h/o) + ln(l/c) ln(l/o))) over n bars; 0 on flat input. */
export const rogersSatchell = (bars: BarExprs, n = 20): Expr => sqrt(sma(rogersSatchellTerm(bars), n));

/**
 * Yang & Zhang (2000), free of drift and aware of opening jumps: variance of overnight returns + k variance of open-to-close
 * returns + (1 - k) Rogers-Satchell over n bars, k = 0.34 / (1.34 + (n + 1) / (n - 1)); 0 on flat input.
 */
export function yangZhang(bars: BarExprs, n = 20): Expr {
  period('yangZhang', n, 2);
  const k = 0.34 / (1.34 + (n + 1) / (n - 1));
  const overnight = rollingVariance(move(bars.open, lag(bars.close, 1)), n, 1);
  const daytime = rollingVariance(move(bars.close, bars.open), n, 1);
  const inside = sma(rogersSatchellTerm(bars), n);
  return sqrt(add(addScaled(overnight, daytime, k), mul(inside, 1 - k)));
}
