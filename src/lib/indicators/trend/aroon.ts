/** Aroon: how recently the extremes were made. */
import { add, mul, sub } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import type { Expr } from '../expression.ts';
import { barsSinceHighest, barsSinceLowest } from '../rolling/extremes.ts';

export type Aroon = { readonly up: Expr; readonly down: Expr; readonly oscillator: Expr };

/**
 * Aroon (Chande 1995): up = 100 (n - bars since the highest high of the last n + 1 bars) / n, 0 to 100; down likewise
 * of the lowest low; oscillator = up - down. Of equal extremes the most recent counts, so flat input gives 100, 100, 0.
 */
export function aroon(bars: BarExprs, n = 14): Aroon {
  const recency = (since: Expr): Expr => add(mul(since, -100 / n), 100);
  const up = recency(barsSinceHighest(bars.high, n + 1));
  const down = recency(barsSinceLowest(bars.low, n + 1));
  return { up, down, oscillator: sub(up, down) };
}
