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

/** As in averages/ema.ts, two rows a turn: the second value is written from the one before the first. */
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

function stretch(s: Average, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): boolean {
  const { weight, keep, keepTwice, weightKept } = s;
  const highs = inputs[0]!;
  const lows = inputs[1]!;
  const closes = inputs[2]!;
  let { value, close } = s;
  let gap = 0;
  for (let i = from; i < to; i += 2) {
    const high1 = highs[i]!;
    const low1 = lows[i]!;
    const first = (high1 > close ? high1 : close) - (low1 < close ? low1 : close);
    const middle = closes[i]!;
    const high2 = highs[i + 1]!;
    const low2 = lows[i + 1]!;
    const second = (high2 > middle ? high2 : middle) - (low2 < middle ? low2 : middle);
    close = closes[i + 1]!;
    // Comparisons hide a NaN; differences of a column with itself keep it.
    const sum = high1 + low1 + (high2 + low2) + (middle + close);
    gap += sum - sum;
    output[i] = value * keep + first * weight;
    value = value * keepTwice + (first * weightKept + second * weight);
    output[i + 1] = value;
  }
  if (gap + (value - value) !== 0) return false;
  s.value = value;
  s.close = close;
  return true;
}

function scan(s: Average, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  let i = from;
  while (to - i >= 2) {
    if (s.left > 0 || s.odd) {
      stepped(s, inputs, output, i, i + 1);
      i++;
      continue;
    }
    const end = i + Math.min(STRETCH, (to - i) & ~1);
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
