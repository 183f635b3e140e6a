/** Price change times volume: force index, ease of movement, volume price trend, negative and positive volume index. */
import { cumulativeSum, diff, roc } from '../arithmetic/change.ts';
import { add, mul } from '../arithmetic/elementwise.ts';
import { ema } from '../averages/ema.ts';
import { sma } from '../averages/sma.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { positive } from '../parameter.ts';

/** Force index (Elder 1993), in price times volume: EMA(n) of change of close times volume. */
export const forceIndex = (bars: BarExprs, n = 13): Expr => ema(mul(diff(bars.close, 1), bars.volume), n);

type Scale = { readonly scale: number };
const easeStep = (s: Scale, move: number, high: number, low: number, volume: number): number =>
  volume > 0 ? (move * (high - low) * s.scale) / volume : Number.NaN;

/**
 * Ease of movement (Arms), in price squared per `scale` units of volume: SMA(n) of the change of (high + low) / 2 times
 * the range over volume; a bar without volume is missing.
 */
export function easeOfMovement(bars: BarExprs, n = 14, scale = 1e8): Expr {
  positive('easeOfMovement scale', scale);
  const kernel = defineKernel<Scale>({
    name: 'ease',
    args: [scale],
    arity: 4,
    warmup: 0,
    init: () => ({ scale }),
    step: easeStep,
  });
  const move = diff(mul(add(bars.high, bars.low), 0.5), 1);
  return sma(apply(kernel, move, bars.high, bars.low, bars.volume), n);
}

/** Volume price trend, in units of volume: running sum of volume times the rate of change of the close; only its changes have meaning. */
export const vpt = (bars: BarExprs): Expr => cumulativeSum(mul(roc(bars.close, 1), bars.volume));

type Index = { close: number; volume: number; value: number };

function follow(name: string, step: Step<Index>): Kernel {
  return defineKernel<Index>({
    name,
    arity: 2,
    warmup: 0,
    recursive: true,
    init: () => ({ close: Number.NaN, volume: Number.NaN, value: 1000 }),
    step,
  });
}

const quietKernel = follow('nvi', (s: Index, close: number, volume: number) => {
  if (volume < s.volume && s.close > 0) s.value *= close / s.close;
  s.close = close;
  s.volume = volume;
  return s.value;
});
const busyKernel = follow('pvi', (s: Index, close: number, volume: number) => {
  if (volume > s.volume && s.close > 0) s.value *= close / s.close;
  s.close = close;
  s.volume = volume;
  return s.value;
});

/** Negative volume index (Dysart 1936, Fosback 1976): moves with the close on bars of less volume than before; starts at 1000. */
export const nvi = (bars: BarExprs): Expr => apply(quietKernel, bars.close, bars.volume);
/** Positive volume index: moves with the close on bars of more volume than before; starts at 1000. */
export const pvi = (bars: BarExprs): Expr => apply(busyKernel, bars.close, bars.volume);
