/** Wilder's parabolic stop and reverse. */
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { positive, ranged } from '../parameter.ts';

type Parabola = {
  readonly step: number;
  readonly limit: number;
  /** NaN before the first bar. */
  high: number;
  low: number;
  /** 1 long, -1 short, 0 before the second bar. */
  side: number;
  stop: number;
  extreme: number;
  acceleration: number;
};

/** Starts long unless the first move is downward: the stop begins at the opposite extreme of the first bar. */
function open(s: Parabola, high: number, low: number): void {
  const up = high - s.high;
  const down = s.low - low;
  s.side = down > 0 && down > up ? -1 : 1;
  s.extreme = s.side === 1 ? high : low;
  s.stop = s.side === 1 ? s.low : s.high;
  s.acceleration = s.step;
  // The first stop counts as today's, and the bar itself stands for the one before: TA-Lib's start.
  s.high = high;
  s.low = low;
}

function advance(s: Parabola, high: number, low: number): number {
  const long = s.side === 1;
  // Never inside the bar before or this one.
  const before = s.stop;
  if (long ? low <= before : high >= before) {
    s.side = -s.side;
    const flipped = long ? Math.max(s.extreme, s.high, high) : Math.min(s.extreme, s.low, low);
    s.acceleration = s.step;
    s.extreme = long ? low : high;
    const next = flipped + s.acceleration * (s.extreme - flipped);
    s.stop = long ? Math.max(next, s.high, high) : Math.min(next, s.low, low);
    s.high = high;
    s.low = low;
    return flipped;
  }
  if (long ? high > s.extreme : low < s.extreme) {
    s.extreme = long ? high : low;
    s.acceleration = Math.min(s.acceleration + s.step, s.limit);
  }
  const next = before + s.acceleration * (s.extreme - before);
  s.stop = long ? Math.min(next, s.low, low) : Math.max(next, s.high, high);
  s.high = high;
  s.low = low;
  return before;
}

function step(s: Parabola, high: number, low: number): number {
  if (s.high !== s.high) {
    s.high = high;
    s.low = low;
    return Number.NaN;
  }
  if (s.side === 0) open(s, high, low);
  return advance(s, high, low);
}

/**
 * Parabolic SAR (Wilder 1978), in units of price: the stop follows the extreme of the trend, faster with each new one
 * (`acceleration` more, up to `limit`), and changes side when price touches it. TA-Lib's start and rounding rules.
 */
export function psar(bars: BarExprs, acceleration = 0.02, limit = 0.2): Expr {
  positive('psar acceleration', acceleration);
  ranged('psar limit', limit, acceleration, 10);
  return apply(
    defineKernel<Parabola>({
      name: 'psar',
      args: [acceleration, limit],
      arity: 2,
      warmup: 1,
      recursive: true,
      init: () => ({
        step: acceleration,
        limit,
        high: Number.NaN,
        low: Number.NaN,
        side: 0,
        stop: 0,
        extreme: 0,
        acceleration: 0,
      }),
      step,
    }),
    bars.high,
    bars.low,
  );
}
