/** Sums over rows on which a position stands still, two rows at a time: of its returns and their powers, and its extremes. */
import { assembler, compile, type Routines, workMemory } from '../core/index.ts';
import { WINDOW } from './target-kernel.ts';

const { advance, f64, f64x2, get, i32, loop, routine, set } = assembler;

/** Rows that a turn of the loop takes. */
export const TURN = 4;
const BYTES = 8;
/** Where results lie, a pair each. */
const RESULTS = WINDOW * BYTES;
const PLAIN = 4;
const SHAPED = 7;

export type HeldRows = {
  /** Closes of the window. */
  readonly closes: Float64Array;
  /** Sum of the closes before each row of it. */
  readonly totals: Float64Array;
  /**
   * Sums of returns and of their squares, lowest and highest equity; with `shaped` also the sums of cubes, of fourth powers
   * and of squared falls: two of each, to be added or compared.
   */
  readonly results: Float64Array;
  /** Rows after the one at address `before` up to the one at `end`, a multiple of TURN; equity is cash + units x close. */
  readonly routines: Routines<'plain' | 'shaped'>;
};

let made: HeldRows | undefined;

/** One for all sweeps: between two calls nothing in it is needed. */
export function heldRows(): HeldRows {
  if (made !== undefined) return made;
  const memory = workMemory(RESULTS + 2 * SHAPED * BYTES);
  made = {
    closes: new Float64Array(memory.buffer, 0, WINDOW),
    totals: new Float64Array(WINDOW + 1),
    results: new Float64Array(memory.buffer, RESULTS, 2 * SHAPED),
    routines: compile({ plain: sums('plain', PLAIN), shaped: sums('shaped', SHAPED) })(memory),
  };
  return made;
}

/** Of two pairs of rows one division gives the reciprocals: a division takes as long as all the rest. */
function sums(name: string, count: number): assembler.Routine {
  return routine(name, ({ parameter, local }) => {
    const [at, end, cash, units] = [parameter('i32'), parameter('i32'), parameter('f64'), parameter('f64')];
    const [c, u, a, b, beforeA, beforeB, inverse, r] = Array.from({ length: 8 }, () => local('f64x2')) as Eight;
    const results = Array.from({ length: SHAPED }, () => local('f64x2')) as Seven;
    const [sum, squares, least, most, cubes, fourths, falls] = results;
    const worth = (close: assembler.Code) => f64x2.add(get(c), f64x2.mul(get(u), close));
    const rows = (after: number) => worth(f64x2.load(get(at), BYTES * after));
    const square = f64x2.mul(get(r), get(r));
    const add = (to: assembler.Local, value: assembler.Code) => set(to, f64x2.add(get(to), value));
    const take = (value: assembler.Local, before: assembler.Local, other: assembler.Local) => [
      ...set(r, f64x2.mul(f64x2.sub(get(value), get(before)), f64x2.mul(get(inverse), get(other)))),
      ...add(sum, get(r)),
      ...add(squares, square),
      ...set(least, f64x2.smaller(get(least), get(value))),
      ...set(most, f64x2.larger(get(most), get(value))),
      ...(count === PLAIN ? [] : shape()),
    ];
    const shape = () => [
      ...add(cubes, f64x2.mul(square, get(r))),
      ...add(fourths, f64x2.mul(square, square)),
      ...set(r, f64x2.smaller(f64x2.zero, get(r))),
      ...add(falls, square),
    ];
    return [
      ...set(c, f64x2.both(get(cash))),
      ...set(u, f64x2.both(get(units))),
      ...set(least, rows(1)),
      ...set(most, get(least)),
      ...set(b, worth(f64x2.loadBoth(get(at)))),
      ...loop(
        i32.less(get(at), get(end)),
        set(a, rows(1)),
        set(beforeA, f64x2.inner(get(b), get(a))),
        set(b, rows(3)),
        set(beforeB, f64x2.inner(get(a), get(b))),
        set(inverse, f64x2.div(f64x2.both(f64.constant(1)), f64x2.mul(get(beforeA), get(beforeB)))),
        take(a, beforeA, beforeB),
        take(b, beforeB, beforeA),
        advance(at, TURN * BYTES),
      ),
      ...results.slice(0, count).flatMap((result, k) => f64x2.store(i32.constant(RESULTS), get(result), 2 * BYTES * k)),
    ];
  });
}

type L = assembler.Local;
type Seven = [L, L, L, L, L, L, L];
type Eight = [L, L, L, L, L, L, L, L];

/** Makes rows [from, to) of a column of closes, all of them prices, the window. */
export function holdRows(close: Float64Array, from: number, to: number): void {
  const { closes, totals } = heldRows();
  totals[from] = 0;
  for (let k = from; k < to; k++) {
    closes[k] = close[k]!;
    totals[k + 1] = totals[k]! + close[k]!;
  }
}
