/** Supertrend: a trailing band of average true ranges. */
import { add, addScaled, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { positive } from '../parameter.ts';
import { atr } from '../volatility/atr.ts';

type Trend = { upper: number; lower: number; close: number; side: number };

/** A band only ever tightens while price stays on its inner side; the trend turns when the close passes the opposite band. */
function push(s: Trend, upper: number, lower: number, close: number): void {
  if (s.upper !== s.upper) {
    s.upper = upper;
    s.lower = lower;
    s.side = -1;
  } else {
    if (upper < s.upper || s.close > s.upper) s.upper = upper;
    if (lower > s.lower || s.close < s.lower) s.lower = lower;
    if (s.side < 0 ? close > s.upper : close < s.lower) s.side = -s.side;
  }
  s.close = close;
}

const lineStep = (s: Trend, upper: number, lower: number, close: number): number => {
  push(s, upper, lower, close);
  return s.side > 0 ? s.lower : s.upper;
};
const sideStep = (s: Trend, upper: number, lower: number, close: number): number => {
  push(s, upper, lower, close);
  return s.side;
};

function trend(name: string, step: Step<Trend>): Kernel {
  return defineKernel<Trend>({
    name,
    arity: 3,
    warmup: 0,
    recursive: true,
    init: () => ({ upper: Number.NaN, lower: Number.NaN, close: Number.NaN, side: -1 }),
    step,
  });
}

const lineKernel = trend('supertrend', lineStep);
const sideKernel = trend('supertrendSide', sideStep);

export type Supertrend = {
  /** The stop, in units of price: below the close in an uptrend, above it in a downtrend. */
  readonly line: Expr;
  /** 1 in an uptrend, -1 in a downtrend; it starts down. */
  readonly direction: Expr;
};

/** Supertrend (Seban): (high + low) / 2 plus or minus k ATR(n), each band kept until it tightens or is broken. */
export function supertrend(bars: BarExprs, n = 10, k = 3): Supertrend {
  positive('supertrend k', k);
  const middle = mul(add(bars.high, bars.low), 0.5);
  const width = atr(bars, n);
  const upper = addScaled(middle, width, k);
  const lower = addScaled(middle, width, -k);
  return {
    line: apply(lineKernel, upper, lower, bars.close),
    direction: apply(sideKernel, upper, lower, bars.close),
  };
}
