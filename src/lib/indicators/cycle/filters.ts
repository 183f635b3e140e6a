/** Ehlers' recursive filters: smooth without the lag of an average, or keep only cycles of chosen length. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

/** y = gain (a x + b x1 + c x2) + first y1 + second y2. */
type Poles = {
  readonly gain: number;
  readonly first: number;
  readonly second: number;
  x1: number;
  x2: number;
  y1: number;
  y2: number;
  seen: number;
};

function smoothStep(s: Poles, x: number): number {
  const y = s.seen < 2 ? x : (s.gain * (x + s.x1)) / 2 + s.first * s.y1 + s.second * s.y2;
  if (s.seen < 2) s.seen++;
  s.x1 = x;
  s.y2 = s.y1;
  s.y1 = y;
  return y;
}

function highPassStep(s: Poles, x: number): number {
  const y = s.seen < 2 ? 0 : s.gain * (x - 2 * s.x1 + s.x2) + s.first * s.y1 + s.second * s.y2;
  if (s.seen < 2) s.seen++;
  s.x2 = s.x1;
  s.x1 = x;
  s.y2 = s.y1;
  s.y1 = y;
  return y;
}

function decyclerStep(s: Poles, x: number): number {
  const y = s.seen < 1 ? x : (s.gain * (x + s.x1)) / 2 + s.first * s.y1;
  s.seen = 1;
  s.x1 = x;
  s.y1 = y;
  return y;
}

function poles(name: string, n: number, gain: number, first: number, second: number, step: Step<Poles>): Kernel {
  return defineKernel<Poles>({
    name,
    args: [n],
    arity: 1,
    warmup: 0,
    recursive: true,
    init: () => ({ gain, first, second, x1: 0, x2: 0, y1: 0, y2: 0, seen: 0 }),
    step,
  });
}

/**
 * SuperSmoother (Ehlers 2013, "Cycle Analytics for Traders", eq. 3-3), in units of x: a two-pole Butterworth filter that
 * removes cycles shorter than n rows. It starts at x itself.
 */
export function superSmoother(x: Operand, n = 10): Expr {
  period('superSmoother', n, 2);
  const angle = (Math.SQRT2 * Math.PI) / n;
  const decay = Math.exp(-angle);
  const first = 2 * decay * Math.cos(angle);
  const second = -decay * decay;
  return apply(poles('superSmoother', n, 1 - first - second, first, second, smoothStep), x);
}

/** Ehlers' weight of a high-pass filter whose cut-off is n / multiple rows. */
function weight(n: number, multiple: number): number {
  const angle = (multiple * 2 * Math.PI) / n;
  return (Math.cos(angle) + Math.sin(angle) - 1) / Math.cos(angle);
}

/** Two-pole high-pass filter (Ehlers 2013, code listing 2-1), in units of x: what is left when cycles longer than n rows are removed; 0 on flat input. */
export function highPass(x: Operand, n = 48): Expr {
  period('highPass', n, 5);
  const keep = 1 - weight(n, Math.SQRT1_2);
  const half = 1 - weight(n, Math.SQRT1_2) / 2;
  return apply(poles('highPass', n, half * half, 2 * keep, -keep * keep, highPassStep), x);
}

/** Roofing filter (Ehlers 2013, code listing 7-2), in units of x: only cycles between `short` and `long` rows, around 0. */
export const roofingFilter = (x: Operand, short = 10, long = 48): Expr => superSmoother(highPass(x, long), short);

/** Decycler (Ehlers 2015), in units of x: x without its cycles shorter than n rows; a one-pole low-pass of little lag. */
export function decycler(x: Operand, n = 60): Expr {
  period('decycler', n, 5);
  const alpha = weight(n, 1);
  return apply(poles('decycler', n, alpha, 1 - alpha, 0, decyclerStep), x);
}
