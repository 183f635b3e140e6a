/** Wilder's directional movement: +DI, -DI, DX, ADX, ADXR. */

import { lag } from '../arithmetic/change.ts';
import { add, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, type Kernel, type Step, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';
import { rangeFrom } from '../volatility/atr.ts';

type Movement = {
  readonly period: number;
  readonly keep: number;
  readonly weight: number;
  high: number;
  low: number;
  close: number;
  /** Bars still to add up before the sums decay. */
  left: number;
  /** Wilder sums of directional movement and true range. */
  plus: number;
  minus: number;
  range: number;
  /** DX values still to average for the seed of ADX. */
  seed: number;
  adx: number;
};

/** Keeps the sign of zero out of a quotient: the smallest normal number. */
const TINY = 2 ** -1022;

/** `move` where it is positive and the larger of the two, else 0; without a branch to mispredict. */
function upward(move: number, other: number): number {
  const difference = move - other;
  const sign = difference / (Math.abs(difference) + TINY);
  return (move + Math.abs(move)) * (sign * sign + sign) * 0.25;
}

/** Takes a bar in; true when the sums are warm. The first n - 1 movements are summed, then each sum loses 1/n and gains the new one. */
function push(s: Movement, high: number, low: number, close: number): boolean {
  const up = high - s.high;
  const down = s.low - low;
  const range = rangeFrom(s.close, high, low);
  s.high = high;
  s.low = low;
  s.close = close;
  if (range !== range) return false;
  const plus = upward(up, down);
  const minus = upward(down, up);
  if (s.left > 0) {
    s.left--;
    s.plus += plus;
    s.minus += minus;
    s.range += range;
    return false;
  }
  s.plus = s.plus * s.keep + plus;
  s.minus = s.minus * s.keep + minus;
  s.range = s.range * s.keep + range;
  return true;
}

/** NaN where nothing moved in either direction. */
function index(s: Movement): number {
  const all = s.plus + s.minus;
  return all === 0 ? Number.NaN : (100 * Math.abs(s.plus - s.minus)) / all;
}

const plusStep = (s: Movement, high: number, low: number, close: number): number =>
  push(s, high, low, close) ? (s.range === 0 ? 0 : (100 * s.plus) / s.range) : Number.NaN;
const minusStep = (s: Movement, high: number, low: number, close: number): number =>
  push(s, high, low, close) ? (s.range === 0 ? 0 : (100 * s.minus) / s.range) : Number.NaN;
const dxStep = (s: Movement, high: number, low: number, close: number): number => {
  if (!push(s, high, low, close)) return Number.NaN;
  const dx = index(s);
  if (dx === dx) s.adx = dx;
  return s.adx;
};
const adxStep = (s: Movement, high: number, low: number, close: number): number => {
  if (!push(s, high, low, close)) return Number.NaN;
  const dx = index(s);
  if (s.seed === 0) {
    if (dx === dx) s.adx += (dx - s.adx) * s.weight;
    return s.adx;
  }
  if (dx === dx) s.adx += dx;
  if (--s.seed > 0) return Number.NaN;
  s.adx /= s.period;
  return s.adx;
};

const adxStepped = stepLoop(adxStep, 3);

/** ADX once seeded: `adxStep` in local variables, without the true range, which DX does not need. */
function adxScan(s: Movement, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const highs = inputs[0]!;
  const lows = inputs[1]!;
  const closes = inputs[2]!;
  let i = from;
  while (i < to && s.seed > 0) {
    adxStepped(s, inputs, output, i, i + 1);
    i++;
  }
  const { keep, weight } = s;
  let { high, low, plus, minus, adx } = s;
  for (; i < to; i++) {
    const h = highs[i]!;
    const l = lows[i]!;
    const c = closes[i]!;
    if (h - h + (l - l) + (c - c) !== 0) {
      output[i] = Number.NaN;
      continue;
    }
    const up = h - high;
    const down = low - l;
    plus = plus * keep + upward(up, down);
    minus = minus * keep + upward(down, up);
    high = h;
    low = l;
    const all = plus + minus;
    if (all !== 0) adx += ((100 * Math.abs(plus - minus)) / all - adx) * weight;
    output[i] = adx;
  }
  s.high = high;
  s.low = low;
  s.plus = plus;
  s.minus = minus;
  s.adx = adx;
}

function movement(name: string, n: number, warmup: number, step: Step<Movement>): Kernel {
  period(name, n, 2);
  return defineKernel<Movement>({
    name,
    args: [n],
    arity: 3,
    warmup,
    recursive: true,
    init: () => ({
      period: n,
      keep: 1 - 1 / n,
      weight: 1 / n,
      high: Number.NaN,
      low: Number.NaN,
      close: Number.NaN,
      left: n - 1,
      plus: 0,
      minus: 0,
      range: 0,
      seed: n,
      adx: 0,
    }),
    step,
    ...(step === adxStep ? { scan: adxScan } : {}),
  });
}

/** +DI, 0 to 100: Wilder sum of upward movement over that of the true range (Wilder 1978); 0 where nothing moved. */
export const plusDi = (bars: BarExprs, n = 14): Expr =>
  apply(movement('plusDi', n, n, plusStep), bars.high, bars.low, bars.close);
/** -DI, 0 to 100: Wilder sum of downward movement over that of the true range; 0 where nothing moved. */
export const minusDi = (bars: BarExprs, n = 14): Expr =>
  apply(movement('minusDi', n, n, minusStep), bars.high, bars.low, bars.close);
/** Directional index, 0 to 100: 100 |+DI - -DI| / (+DI + -DI); it keeps its last value where nothing moved, 0 at first. */
export const dx = (bars: BarExprs, n = 14): Expr =>
  apply(movement('dx', n, n, dxStep), bars.high, bars.low, bars.close);
/** Average directional index, 0 to 100: Wilder average of DX seeded with the mean of its first n values; 0 on flat input. */
export const adx = (bars: BarExprs, n = 14): Expr =>
  apply(movement('adx', n, 2 * n - 1, adxStep), bars.high, bars.low, bars.close);
/** Average directional index rating, 0 to 100: mean of ADX and ADX n - 1 bars ago. */
export function adxr(bars: BarExprs, n = 14): Expr {
  const now = adx(bars, n);
  return mul(add(now, lag(now, n - 1)), 0.5);
}
