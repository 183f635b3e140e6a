/** Differences of two exponential averages: MACD, and its absolute and relative kin APO and PPO. */
import { div, mul, sub } from '../arithmetic/elementwise.ts';
import { ema } from '../averages/ema.ts';
import type { Expr, Operand } from '../expression.ts';
import { period } from '../parameter.ts';

/** The two averages, both seeded on the row where the slower one is, as TA-Lib does. */
function pair(x: Operand, fast: number, slow: number): { readonly quick: Expr; readonly late: Expr } {
  period('fast', fast);
  period('slow', slow, fast + 1);
  return { quick: ema(x, fast, slow - fast), late: ema(x, slow) };
}

/** Absolute price oscillator: EMA(fast) - EMA(slow), in units of x. */
export function apo(x: Operand, fast = 12, slow = 26): Expr {
  const { quick, late } = pair(x, fast, slow);
  return sub(quick, late);
}

/** Percentage price oscillator: 100 (EMA(fast) / EMA(slow) - 1), in per cent of the slow average. */
export function ppo(x: Operand, fast = 12, slow = 26): Expr {
  const { quick, late } = pair(x, fast, slow);
  return mul(div(sub(quick, late), late), 100);
}

export type Macd = { readonly macd: Expr; readonly signal: Expr; readonly histogram: Expr };

/**
 * Moving average convergence divergence (Appel 1979), in units of x: macd = EMA(fast) - EMA(slow), signal = EMA(macd),
 * histogram = macd - signal. Flat input gives 0.
 */
export function macd(x: Operand, fast = 12, slow = 26, smooth = 9): Macd {
  const line = apo(x, fast, slow);
  const signal = ema(line, smooth);
  return { macd: line, signal, histogram: sub(line, signal) };
}
