/** True range and its Wilder average. */
import { div, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';

/** The bar's range widened to the close before; NaN when there is none. */
export function rangeFrom(before: number, high: number, low: number): number {
  const top = high > before ? high : before;
  const bottom = low < before ? low : before;
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

/** As in averages/smoothed.ts, two rows a turn: the second value is written from the one before the first. */
type Average = {
  readonly period: number;
  readonly weight: number;
  readonly keep: number;
  readonly keepTwice: number;
  readonly weightKept: number;
  close: number;
  left: number;
  /** The value before the pair, and the range of the first of the pair where it has come. */
  value: number;
  first: number;
  odd: boolean;
};

function step(s: Average, high: number, low: number, close: number): number {
  const range = rangeFrom(s.close, high, low);
  s.close = close;
  if (s.left === 0) {
    if (s.odd) {
      s.odd = false;
      s.value = s.value * s.keepTwice + (s.first * s.weightKept + range * s.weight);
      return s.value;
    }
    s.odd = true;
    s.first = range;
    return s.value * s.keep + range * s.weight;
  }
  if (range !== range) return Number.NaN;
  s.value += range;
  if (--s.left > 0) return Number.NaN;
  s.value /= s.period;
  return s.value;
}

const stepped = stepLoop(step, 3);

/** Rows of one attempt without looking for gaps: a gap makes the value NaN, which is seen at the end. */
const STRETCH = 512;

/** Two pairs a turn, all of it read before anything is written: measured a tenth quicker than pair by pair. */
function stretch(s: Average, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): boolean {
  const { weight, keep, keepTwice, weightKept } = s;
  const highs = inputs[0]!;
  const lows = inputs[1]!;
  const closes = inputs[2]!;
  let { value, close } = s;
  let gap = 0;
  for (let i = from; i < to; i += 4) {
    const high1 = highs[i]!;
    const high2 = highs[i + 1]!;
    const high3 = highs[i + 2]!;
    const high4 = highs[i + 3]!;
    const low1 = lows[i]!;
    const low2 = lows[i + 1]!;
    const low3 = lows[i + 2]!;
    const low4 = lows[i + 3]!;
    const close1 = closes[i]!;
    const close2 = closes[i + 1]!;
    const close3 = closes[i + 2]!;
    const close4 = closes[i + 3]!;
    const range1 = (high1 > close ? high1 : close) - (low1 < close ? low1 : close);
    const range2 = (high2 > close1 ? high2 : close1) - (low2 < close1 ? low2 : close1);
    const range3 = (high3 > close2 ? high3 : close2) - (low3 < close2 ? low3 : close2);
    const range4 = (high4 > close3 ? high4 : close3) - (low4 < close3 ? low4 : close3);
    // Comparisons hide a NaN; differences of a column with itself keep it.
    const sum = high1 + low1 + close1 + (high2 + low2 + close2) + (high3 + low3 + close3) + (high4 + low4 + close4);
    gap += sum - sum;
    close = close4;
    const middle = value * keepTwice + (range1 * weightKept + range2 * weight);
    output[i] = value * keep + range1 * weight;
    output[i + 1] = middle;
    output[i + 2] = middle * keep + range3 * weight;
    value = middle * keepTwice + (range3 * weightKept + range4 * weight);
    output[i + 3] = value;
  }
  if (gap + (value - value) !== 0) return false;
  s.value = value;
  s.close = close;
  return true;
}

function scan(s: Average, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  let i = from;
  while (to - i >= 4) {
    if (s.left > 0 || s.odd) {
      stepped(s, inputs, output, i, i + 1);
      i++;
      continue;
    }
    const end = i + Math.min(STRETCH, (to - i) & ~3);
    if (!stretch(s, inputs, output, i, end)) stepped(s, inputs, output, i, end);
    i = end;
  }
  stepped(s, inputs, output, i, to);
}

/**
 * Average true range, in units of price: Wilder's average of the true range, seeded with the mean of the first n, which
 * start at the second bar as in TA-Lib (Wilder 1978).
 */
export function atr(bars: BarExprs, n = 14): Expr {
  period('atr', n);
  const weight = 1 / n;
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
        keep: 1 - weight,
        keepTwice: (1 - weight) * (1 - weight),
        weightKept: weight * (1 - weight),
        close: Number.NaN,
        left: n,
        value: 0,
        first: Number.NaN,
        odd: false,
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
