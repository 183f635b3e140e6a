/** Differences of two exponential averages: MACD, and its absolute and relative kin APO and PPO. */
import { div, mul, sub } from '../arithmetic/elementwise.ts';
import { ema } from '../averages/ema.ts';
import { emaDifference } from '../averages/ema-difference.ts';
import type { Expr, Operand } from '../expression.ts';
import { period } from '../parameter.ts';

function checkLengths(fast: number, slow: number): void {
  period('fast', fast);
  period('slow', slow, fast + 1);
}

/** Absolute price oscillator: EMA(fast) - EMA(slow), in units of x; as TA-Lib's APO with exponential averages. */
export function apo(x: Operand, fast = 12, slow = 26): Expr {
  checkLengths(fast, slow);
  return sub(ema(x, fast), ema(x, slow));
}

/** Percentage price oscillator: 100 (EMA(fast) / EMA(slow) - 1), in per cent of the slow average; as TA-Lib's PPO with exponential averages. */
export function ppo(x: Operand, fast = 12, slow = 26): Expr {
  checkLengths(fast, slow);
  const late = ema(x, slow);
  return mul(div(sub(ema(x, fast), late), late), 100);
}

export type Macd = { readonly macd: Expr; readonly signal: Expr; readonly histogram: Expr };

/**
 * Moving average convergence divergence (Appel 1979), in units of x: macd = EMA(fast) - EMA(slow), signal = EMA(macd),
 * histogram = macd - signal. Both averages are seeded on the row where the slower one is, as in TA-Lib. Flat input gives 0.
 */
export function macd(x: Operand, fast = 12, slow = 26, smooth = 9): Macd {
  checkLengths(fast, slow);
  const line = emaDifference(x, fast, slow);
  const signal = ema(line, smooth);
  return { macd: line, signal, histogram: sub(line, signal) };
}
