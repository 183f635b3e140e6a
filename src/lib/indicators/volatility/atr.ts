/** True range and its Wilder average. */
import { div, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';
import { type Site, stretchScan } from '../simd/stretch.ts';
import { averageLanes } from './atr-lanes.ts';

/** The bar's range widened to the close before; NaN when there is none. */
export function rangeFrom(before: number, high: number, low: number): number {
  const top = high < before ? before : high;
  const bottom = before < low ? before : low;
  return top - bottom + (before - before);
}

type Before = { close: number };
const trueRangeKernel = defineKernel<Before>({
  name: 'trueRange',
  arity: 3,
  warmup: 1,
  init: () => ({ close: Number.NaN }),
  step: (s: Before, high: number, low: number, close: number) => {
    const range = rangeFrom(s.close, high, low);
    s.close = close;
    return range;
  },
});

/** True range: max(high, close before) - min(low, close before), in units of price (Wilder 1978). The first bar has none. */
export const trueRange = (bars: BarExprs): Expr => apply(trueRangeKernel, bars.high, bars.low, bars.close);

/**
 * As in averages/smoothed.ts, four rows a turn: each value is written from the one before the four, a power of what is kept
 * of it and a weighted sum of the ranges since.
 */
type Average = {
  readonly period: number;
  readonly weight: number;
  /** 1 - weight and its second, third and fourth powers; weight (1 - weight). */
  readonly keep: readonly [number, number, number, number];
  readonly weightKept: number;
  close: number;
  left: number;
  /** The value before the four, and how many of them have come. */
  value: number;
  phase: number;
  /** Range of the row before where it was the first or third, and the weighted sum of the first two. */
  range: number;
  pair: number;
};

function step(s: Average, high: number, low: number, close: number): number {
  const range = rangeFrom(s.close, high, low);
  s.close = close;
  if (s.left > 0) return seed(s, range);
  const { keep, weight, weightKept } = s;
  switch (s.phase) {
    case 0:
      s.phase = 1;
      s.range = range;
      return s.value * keep[0] + range * weight;
    case 1:
      s.phase = 2;
      s.pair = s.range * weightKept + range * weight;
      return s.value * keep[1] + s.pair;
    case 2:
      s.phase = 3;
      s.range = range;
      return s.value * keep[2] + (s.pair * keep[0] + range * weight);
    default:
      s.phase = 0;
      s.value = s.value * keep[3] + (s.pair * keep[1] + (s.range * weightKept + range * weight));
      return s.value;
  }
}

function seed(s: Average, range: number): number {
  if (range !== range) return Number.NaN;
  s.value += range;
  if (--s.left > 0) return Number.NaN;
  s.value /= s.period;
  return s.value;
}

const stepped = stepLoop(step, 3);

/** Rows that the routine does in a turn. */
const TURN = 4;

function run(s: Average, { memory, inputs, output, rows }: Site): number {
  const { doubles } = memory;
  const [high, low, close] = inputs as readonly [number, number, number];
  const { value, close: before, left, phase, range, pair } = s;
  let gap = 0;
  const stepAt = (at: number): void => {
    const [h, l, c] = [doubles[high / 8 + at]!, doubles[low / 8 + at]!, doubles[close / 8 + at]!];
    gap += h - h + (l - l) + (c - c);
    doubles[output / 8 + at] = step(s, h, l, c);
  };
  let at = 0;
  while (at < rows && (s.left > 0 || s.phase > 0)) stepAt(at++);
  const turned = at + Math.floor((rows - at) / TURN) * TURN;
  if (turned > at) {
    const { averages } = averageLanes(memory);
    const [h, l, c, y] = [high + 8 * at, low + 8 * at, close + 8 * at, output + 8 * at] as const;
    const [first, second, third, fourth] = s.keep;
    const end = high + 8 * turned;
    // Spreading lists into the call would take a tenth of the time of a stretch.
    gap += averages(h, l, c, y, end, s.value, s.close, first, second, third, fourth, s.weight, s.weightKept);
    s.value = doubles[output / 8 + turned - 1]!;
    s.close = doubles[close / 8 + turned - 1]!;
    // No range has shown it yet.
    gap += s.close - s.close;
  }
  for (at = turned; at < rows; at++) stepAt(at);
  if (gap === 0 && s.value - s.value === 0) return rows;
  Object.assign(s, { value, close: before, left, phase, range, pair });
  return 0;
}

const scan = stretchScan<Average>(3, stepped, run);

/**
 * Average true range, in units of price: Wilder's average of the true range, seeded with the mean of the first n, which
 * start at the second bar as in TA-Lib (Wilder 1978).
 */
export function atr(bars: BarExprs, n = 14): Expr {
  period('atr', n);
  const weight = 1 / n;
  const kept = 1 - weight;
  const twice = kept * kept;
  return apply(
    defineKernel<Average>({
      name: 'atr',
      args: [n],
      arity: 3,
      warmup: n,
      recursive: n > 1,
      init: () => ({
        period: n,
        weight,
        keep: [kept, twice, twice * kept, twice * twice],
        weightKept: weight * kept,
        close: Number.NaN,
        left: n,
        value: 0,
        phase: 0,
        range: Number.NaN,
        pair: Number.NaN,
      }),
      step,
      scan,
    }),
    bars.high,
    bars.low,
    bars.close,
  );
}

/** Normalised average true range: 100 ATR / close, in per cent of price. */
export const natr = (bars: BarExprs, n = 14): Expr => mul(div(atr(bars, n), bars.close), 100);
