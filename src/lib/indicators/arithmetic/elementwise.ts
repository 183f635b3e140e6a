/** Element-wise arithmetic of expressions. A result that is not a finite number (division by zero, log of a negative) is NaN, which is missing. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step, stepLoop } from '../kernel.ts';
import { finite } from '../parameter.ts';
import { elementScan } from './element-lanes.ts';

function stateless(name: string, arity: 1 | 2, step: Step<null>): Kernel {
  return defineKernel<null>({ name, arity, warmup: 0, init: () => null, step });
}

function arithmetic(name: 'add' | 'sub' | 'mul', step: Step<null>): Kernel {
  const scan = elementScan<null>(name, 2, stepLoop(step, 2, true));
  return defineKernel<null>({ name, arity: 2, warmup: 0, arithmetic: true, init: () => null, step, scan });
}

const addKernel = arithmetic('add', (_: null, a: number, b: number) => a + b);
const subKernel = arithmetic('sub', (_: null, a: number, b: number) => a - b);
const mulKernel = arithmetic('mul', (_: null, a: number, b: number) => a * b);
const divKernel = stateless('div', 2, (_: null, a: number, b: number) => (b === 0 ? Number.NaN : a / b));
const maxKernel = stateless('max', 2, (_: null, a: number, b: number) => Math.max(a, b));
const minKernel = stateless('min', 2, (_: null, a: number, b: number) => Math.min(a, b));
const powerKernel = stateless('power', 2, (_: null, a: number, b: number) => {
  const y = a ** b;
  return y - y === 0 ? y : Number.NaN;
});
const negKernel = stateless('neg', 1, (_: null, a: number) => -a);
const absKernel = stateless('abs', 1, (_: null, a: number) => Math.abs(a));
const signKernel = stateless('sign', 1, (_: null, a: number) => Math.sign(a));
const sqrtKernel = stateless('sqrt', 1, (_: null, a: number) => Math.sqrt(a));
const logKernel = stateless('log', 1, (_: null, a: number) => (a > 0 ? Math.log(a) : Number.NaN));
const expKernel = stateless('exp', 1, (_: null, a: number) => {
  const y = Math.exp(a);
  return y < Number.POSITIVE_INFINITY ? y : Number.NaN;
});

/** a + b. */
export const add = (a: Operand, b: Operand): Expr => apply(addKernel, a, b);
/** a - b. */
export const sub = (a: Operand, b: Operand): Expr => apply(subKernel, a, b);
/** a * b. */
export const mul = (a: Operand, b: Operand): Expr => apply(mulKernel, a, b);
/** a / b; NaN where b is zero. */
export const div = (a: Operand, b: Operand): Expr => apply(divKernel, a, b);
/** a to the power b; NaN where that is not a real number. */
export const power = (a: Operand, b: Operand): Expr => apply(powerKernel, a, b);
/** The larger of two values at each row; over a window it is `highest`. */
export const max = (a: Operand, b: Operand): Expr => apply(maxKernel, a, b);
/** The smaller of two values at each row; over a window it is `lowest`. */
export const min = (a: Operand, b: Operand): Expr => apply(minKernel, a, b);
/** -a. */
export const neg = (a: Operand): Expr => apply(negKernel, a);
/** |a|. */
export const abs = (a: Operand): Expr => apply(absKernel, a);
/** -1, 0 or 1. */
export const sign = (a: Operand): Expr => apply(signKernel, a);
/** Square root; NaN below zero. */
export const sqrt = (a: Operand): Expr => apply(sqrtKernel, a);
/** Natural logarithm; NaN at and below zero. */
export const log = (a: Operand): Expr => apply(logKernel, a);
/** e to the power a; NaN where it overflows. */
export const exp = (a: Operand): Expr => apply(expKernel, a);

type Scale = { readonly factor: number };
const addScaledStep = (s: Scale, a: number, b: number): number => a + s.factor * b;
const addScaledScan = elementScan<Scale>('addScaled', 2, stepLoop(addScaledStep, 2, true), (s) => s.factor);

/** a + factor * b in one pass: bands around a middle line. */
export function addScaled(a: Operand, b: Operand, factor: number): Expr {
  finite('addScaled factor', factor);
  return apply(
    defineKernel<Scale>({
      name: 'addScaled',
      args: [factor],
      arity: 2,
      warmup: 0,
      arithmetic: true,
      init: () => ({ factor }),
      step: addScaledStep,
      scan: addScaledScan,
    }),
    a,
    b,
  );
}

type Fallback = { readonly fallback: number };
const divOrStep = (s: Fallback, a: number, b: number): number => (b === 0 ? s.fallback : a / b);

/** a / b; `fallback` where b is zero. Bounded oscillators stand in the middle of their range where nothing moved. */
export function divOr(a: Operand, b: Operand, fallback: number): Expr {
  finite('divOr fallback', fallback);
  return apply(
    defineKernel<Fallback>({
      name: 'divOr',
      args: [fallback],
      arity: 2,
      warmup: 0,
      init: () => ({ fallback }),
      step: divOrStep,
    }),
    a,
    b,
  );
}

type Limits = { readonly low: number; readonly high: number };
const clipStep = (s: Limits, a: number): number => (a < s.low ? s.low : a > s.high ? s.high : a);

/** Held within [low, high]. */
export function clip(x: Operand, low: number, high: number): Expr {
  finite('clip low', low);
  finite('clip high', high);
  return apply(
    defineKernel<Limits>({
      name: 'clip',
      args: [low, high],
      arity: 1,
      warmup: 0,
      init: () => ({ low, high }),
      step: clipStep,
    }),
    x,
  );
}
