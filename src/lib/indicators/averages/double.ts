/** Averages of averages: DEMA, TEMA, T3, TRIMA, HMA, ZLEMA. */
import { lag } from '../arithmetic/change.ts';
import { addScaled, mul, sub } from '../arithmetic/elementwise.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';
import { wma } from '../rolling/line.ts';
import { ema } from './ema.ts';
import { sma } from './sma.ts';

/** Double exponential moving average: 2 EMA - EMA(EMA) (Mulloy 1994), in units of x. */
export function dema(x: Operand, n: number): Expr {
  const once = ema(x, n);
  return sub(mul(once, 2), ema(once, n));
}

/** Triple exponential moving average: 3 (EMA - EMA2) + EMA3 (Mulloy 1994), in units of x. */
export function tema(x: Operand, n: number): Expr {
  const once = ema(x, n);
  const twice = ema(once, n);
  return addScaled(ema(twice, n), sub(once, twice), 3);
}

type Factor = { readonly factor: number };

function mixStep(s: Factor, third: number, fourth: number, fifth: number, sixth: number): number {
  const v = s.factor;
  const square = v * v;
  const cube = square * v;
  return (
    -cube * sixth +
    3 * (square + cube) * fifth +
    (-6 * square - 3 * (v + cube)) * fourth +
    (1 + 3 * v + cube + 3 * square) * third
  );
}

/** Tillson's T3 (1998): three passes of a generalised DEMA with volume factor v from 0 (EMA of EMA of EMA) to 1 (DEMA); in units of x. */
export function t3(x: Operand, n = 5, v = 0.7): Expr {
  ranged('t3 factor', v, 0, 1);
  const third = ema(ema(ema(x, n), n), n);
  const fourth = ema(third, n);
  const fifth = ema(fourth, n);
  const mix = defineKernel<Factor>({
    name: 't3',
    args: [v],
    arity: 4,
    warmup: 0,
    init: () => ({ factor: v }),
    step: mixStep,
  });
  return apply(mix, third, fourth, fifth, ema(fifth, n));
}

/** Triangular moving average: an SMA of an SMA of half the length, so that the middle of the window weighs most; in units of x. */
export function trima(x: Operand, n: number): Expr {
  period('trima', n);
  const half = Math.ceil(n / 2);
  return sma(sma(x, half), n - half + 1);
}

/** Hull moving average (2005): WMA over sqrt(n) of 2 WMA(n / 2) - WMA(n), lengths rounded down; in units of x. */
export function hma(x: Operand, n: number): Expr {
  period('hma', n, 2);
  return wma(addScaled(wma(x, n), sub(wma(x, Math.floor(n / 2)), wma(x, n)), 2), Math.floor(Math.sqrt(n)));
}

/** Zero-lag exponential moving average (Ehlers & Way 2010): EMA of x + (x - x[(n - 1) / 2 ago]); in units of x. */
export function zlema(x: Operand, n: number): Expr {
  period('zlema', n, 3);
  return ema(sub(mul(x, 2), lag(x, Math.floor((n - 1) / 2))), n);
}
