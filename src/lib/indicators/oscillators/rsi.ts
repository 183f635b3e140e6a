/** The relative strength index and the Chande momentum oscillator: Wilder-smoothed gains against losses. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Strength = {
  readonly period: number;
  readonly weight: number;
  before: number;
  /** Changes still to average for the seed. */
  left: number;
  gain: number;
  loss: number;
};

/** Takes x in; true when warm. */
function push(s: Strength, x: number): boolean {
  const change = x - s.before;
  s.before = x;
  const up = change > 0 ? change : 0;
  const down = change < 0 ? -change : 0;
  if (s.left === 0) {
    s.gain += (up - s.gain) * s.weight;
    s.loss += (down - s.loss) * s.weight;
    return true;
  }
  if (change !== change) return false;
  s.gain += up;
  s.loss += down;
  if (--s.left > 0) return false;
  s.gain /= s.period;
  s.loss /= s.period;
  return true;
}

const rsiStep = (s: Strength, x: number): number => {
  if (!push(s, x)) return Number.NaN;
  const all = s.gain + s.loss;
  return all === 0 ? 50 : (100 * s.gain) / all;
};
const cmoStep = (s: Strength, x: number): number => {
  if (!push(s, x)) return Number.NaN;
  const all = s.gain + s.loss;
  return all === 0 ? 0 : (100 * (s.gain - s.loss)) / all;
};

function strength(name: string, n: number, step: Step<Strength>): Kernel {
  period(name, n);
  return defineKernel<Strength>({
    name,
    args: [n],
    arity: 1,
    warmup: n,
    recursive: n > 1,
    init: () => ({ period: n, weight: 1 / n, before: Number.NaN, left: n, gain: 0, loss: 0 }),
    step,
  });
}

/**
 * Relative strength index, 0 to 100: 100 G / (G + L), G and L the Wilder averages of gains and losses, seeded with the
 * mean of the first n changes (Wilder 1978). Where nothing has ever moved it is 50, neither overbought nor oversold
 * (TA-Lib says 0).
 */
export const rsi = (x: Operand, n = 14): Expr => apply(strength('rsi', n, rsiStep), x);

/** Chande momentum oscillator, -100 to 100: 100 (G - L) / (G + L) of Wilder averages as in TA-Lib; 0 where nothing moved. */
export const cmo = (x: Operand, n = 14): Expr => apply(strength('cmo', n, cmoStep), x);
