/** Words that code of a sweep is written with. */
import { assembler } from '../core/index.ts';

const { f64, f64x2, i32 } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

export const zero = f64.constant(0);
export const one = f64.constant(1);
/** -1 below zero, else 1. */
export const signOf = (value: Code): Code => f64.select(f64.less(value, zero), f64.constant(-1), one);
/** Without a branch: the first where one is NaN. */
export const larger = (a: Code, b: Code): Code => f64x2.lane(f64x2.larger(f64x2.both(a), f64x2.both(b)), 0);
export const smaller = (a: Code, b: Code): Code => f64x2.lane(f64x2.smaller(f64x2.both(a), f64x2.both(b)), 0);
export const not = i32.isZero;
/** NaN is neither less nor at most. */
export const atMost = (a: Code, b: Code): Code => f64.notLess(b, a);

/** Declares locals of a type by their names. */
export const localsOf =
  ({ local }: Pick<assembler.Declare, 'local'>) =>
  <Name extends string>(type: assembler.ValueType, ...names: readonly Name[]): Readonly<Record<Name, Local>> =>
    // Every name is there.
    Object.fromEntries(names.map((name) => [name, local(type)])) as Record<Name, Local>;
