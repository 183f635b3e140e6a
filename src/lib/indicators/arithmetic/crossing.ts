/** Events in series: crossings, runs, time and value since a condition. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';

type Before = { difference: number };

function crossing(name: string, step: Step<Before>): Kernel {
  return defineKernel<Before>({ name, arity: 2, warmup: 1, init: () => ({ difference: Number.NaN }), step });
}

const aboveKernel = crossing('crossesAbove', (s: Before, a: number, b: number) => {
  const before = s.difference;
  const now = a - b;
  s.difference = now;
  return before <= 0 ? (now > 0 ? 1 : 0) : before > 0 ? 0 : Number.NaN;
});
const belowKernel = crossing('crossesBelow', (s: Before, a: number, b: number) => {
  const before = s.difference;
  const now = a - b;
  s.difference = now;
  return before >= 0 ? (now < 0 ? 1 : 0) : before < 0 ? 0 : Number.NaN;
});
const crossKernel = crossing('crosses', (s: Before, a: number, b: number) => {
  const before = s.difference;
  const now = a - b;
  s.difference = now;
  if (before !== before) return Number.NaN;
  return (before <= 0 && now > 0) || (before >= 0 && now < 0) ? 1 : 0;
});

/** 1 on the row where a is above b and was at or below it one row before. */
export const crossesAbove = (a: Operand, b: Operand): Expr => apply(aboveKernel, a, b);
/** 1 on the row where a is below b and was at or above it one row before. */
export const crossesBelow = (a: Operand, b: Operand): Expr => apply(belowKernel, a, b);
/** 1 on the row where a crosses b in either direction. */
export const crosses = (a: Operand, b: Operand): Expr => apply(crossKernel, a, b);

type Since = { bars: number };
const barsSinceKernel = defineKernel<Since>({
  name: 'barsSince',
  arity: 1,
  warmup: 0,
  recursive: true,
  init: () => ({ bars: Number.NaN }),
  step: (s: Since, condition: number) => {
    s.bars = condition !== 0 ? 0 : s.bars + 1;
    return s.bars;
  },
});

/** Rows since the condition was last true, 0 on the row itself; NaN until it has been true once. */
export const barsSince = (condition: Operand): Expr => apply(barsSinceKernel, condition);

type Held = { value: number };
const valueWhenKernel = defineKernel<Held>({
  name: 'valueWhen',
  arity: 2,
  warmup: 0,
  recursive: true,
  init: () => ({ value: Number.NaN }),
  step: (s: Held, condition: number, x: number) => {
    if (condition !== 0) s.value = x;
    return s.value;
  },
});

/** x as it was when the condition was last true; NaN until it has been true once. */
export const valueWhen = (condition: Operand, x: Operand): Expr => apply(valueWhenKernel, condition, x);

type Run = { readonly length: number; before: number; seen: number; run: number };

const risingStep = (s: Run, x: number): number => {
  s.run = x > s.before ? s.run + 1 : 0;
  s.before = x;
  if (s.seen < s.length) {
    s.seen++;
    return Number.NaN;
  }
  return s.run >= s.length ? 1 : 0;
};
const fallingStep = (s: Run, x: number): number => {
  s.run = x < s.before ? s.run + 1 : 0;
  s.before = x;
  if (s.seen < s.length) {
    s.seen++;
    return Number.NaN;
  }
  return s.run >= s.length ? 1 : 0;
};

function run(name: string, n: number, step: Step<Run>): Kernel {
  period(name, n);
  return defineKernel<Run>({
    name,
    args: [n],
    arity: 1,
    warmup: n,
    init: () => ({ length: n, before: Number.NaN, seen: 0, run: 0 }),
    step,
  });
}

/** 1 where x has risen on each of the last n rows. */
export const rising = (x: Operand, n: number): Expr => apply(run('rising', n, risingStep), x);
/** 1 where x has fallen on each of the last n rows. */
export const falling = (x: Operand, n: number): Expr => apply(run('falling', n, fallingStep), x);
