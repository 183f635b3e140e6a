/** Comparisons and logic on expressions: 1 is true, 0 is false; any value but 0 counts as true; missing stays missing. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';

function test(name: string, arity: 1 | 2 | 3, step: Step<null>): Kernel {
  return defineKernel<null>({ name, arity, warmup: 0, init: () => null, step });
}

const gtKernel = test('gt', 2, (_: null, a: number, b: number) => (a > b ? 1 : 0));
const ltKernel = test('lt', 2, (_: null, a: number, b: number) => (a < b ? 1 : 0));
const geKernel = test('ge', 2, (_: null, a: number, b: number) => (a >= b ? 1 : 0));
const leKernel = test('le', 2, (_: null, a: number, b: number) => (a <= b ? 1 : 0));
const eqKernel = test('eq', 2, (_: null, a: number, b: number) => (a === b ? 1 : 0));
const andKernel = test('and', 2, (_: null, a: number, b: number) => (a !== 0 && b !== 0 ? 1 : 0));
const orKernel = test('or', 2, (_: null, a: number, b: number) => (a !== 0 || b !== 0 ? 1 : 0));
const notKernel = test('not', 1, (_: null, a: number) => (a === 0 ? 1 : 0));
const whereKernel = test('where', 3, (_: null, c: number, a: number, b: number) => (c !== 0 ? a : b));

/** a > b. */
export const gt = (a: Operand, b: Operand): Expr => apply(gtKernel, a, b);
/** a < b. */
export const lt = (a: Operand, b: Operand): Expr => apply(ltKernel, a, b);
/** a >= b. */
export const ge = (a: Operand, b: Operand): Expr => apply(geKernel, a, b);
/** a <= b. */
export const le = (a: Operand, b: Operand): Expr => apply(leKernel, a, b);
/** a equals b exactly. */
export const eq = (a: Operand, b: Operand): Expr => apply(eqKernel, a, b);
/** Both true. */
export const and = (a: Operand, b: Operand): Expr => apply(andKernel, a, b);
/** At least one true. */
export const or = (a: Operand, b: Operand): Expr => apply(orKernel, a, b);
/** 1 where a is 0, else 0. */
export const not = (a: Operand): Expr => apply(notKernel, a);
/** `a` where the condition is true, else `b`; missing while any of the three is missing. */
export const where = (condition: Operand, a: Operand, b: Operand): Expr => apply(whereKernel, condition, a, b);
