/** The relative strength index and the Chande momentum oscillator: Wilder-smoothed gains against losses. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type StateScan, type Step, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';

type Strength = {
  readonly period: number;
  readonly weight: number;
  readonly keep: number;
  before: number;
  /** Changes still to average for the seed. */
  left: number;
  gain: number;
  loss: number;
};

/** Takes x in; true when warm. Gain and loss are (|change| + change) / 2 and (|change| - change) / 2: no branch to mispredict. */
function push(s: Strength, x: number): boolean {
  const change = x - s.before;
  const size = Math.abs(change);
  s.before = x;
  if (s.left === 0) {
    s.gain = s.gain * s.keep + (size + change) * s.weight;
    s.loss = s.loss * s.keep + (size - change) * s.weight;
    return true;
  }
  if (change !== change) return false;
  s.gain += (size + change) / 2;
  s.loss += (size - change) / 2;
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

const rsiStepped = stepLoop(rsiStep, 1);

/** Rows of one attempt without looking for gaps: a gap makes gain and loss NaN, which is seen at the end. */
const STRETCH = 512;

function stretch(s: Strength, xs: Float64Array, output: Float64Array, from: number, to: number): boolean {
  const { weight, keep } = s;
  let { before, gain, loss } = s;
  for (let i = from; i < to; i++) {
    const x = xs[i]!;
    const change = x - before;
    const size = Math.abs(change);
    before = x;
    gain = gain * keep + (size + change) * weight;
    loss = loss * keep + (size - change) * weight;
    const all = gain + loss;
    output[i] = (100 * gain) / all;
  }
  // Without any change in all history the ratio has no value: left to the careful loop, as a gap is.
  const all = gain + loss;
  if (!(all > 0 && all < Number.POSITIVE_INFINITY)) return false;
  s.before = before;
  s.gain = gain;
  s.loss = loss;
  return true;
}

function rsiScan(s: Strength, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const xs = inputs[0]!;
  let i = from;
  while (i < to && s.left > 0) {
    rsiStepped(s, inputs, output, i, i + 1);
    i++;
  }
  while (i < to) {
    const end = Math.min(to, i + STRETCH);
    // Gains and losses only decay: they are positive at the end only if they were from the first row on.
    if (!(s.gain + s.loss > 0 && stretch(s, xs, output, i, end))) rsiStepped(s, inputs, output, i, end);
    i = end;
  }
}

function strength(name: string, n: number, step: Step<Strength>, scan?: StateScan<Strength>): Kernel {
  period(name, n);
  return defineKernel<Strength>({
    name,
    args: [n],
    arity: 1,
    warmup: n,
    recursive: n > 1,
    // Half the weight, because twice the gain is what the changes give.
    init: () => ({ period: n, weight: 0.5 / n, keep: 1 - 1 / n, before: Number.NaN, left: n, gain: 0, loss: 0 }),
    step,
    ...(scan === undefined ? {} : { scan }),
  });
}

/**
 * Relative strength index, 0 to 100: 100 G / (G + L), G and L the Wilder averages of gains and losses, seeded with the
 * mean of the first n changes (Wilder 1978). Where nothing has ever moved it is 50, neither overbought nor oversold
 * (TA-Lib says 0).
 */
export const rsi = (x: Operand, n = 14): Expr => apply(strength('rsi', n, rsiStep, rsiScan), x);

/** Chande momentum oscillator, -100 to 100: 100 (G - L) / (G + L) of Wilder averages as in TA-Lib; 0 where nothing moved. */
export const cmo = (x: Operand, n = 14): Expr => apply(strength('cmo', n, cmoStep), x);
