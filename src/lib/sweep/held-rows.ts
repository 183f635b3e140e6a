/** Runs of rows on which a position stands still, valued in WebAssembly: sums of returns and of their powers, the highest equity and the deepest fall from it. */
import { assembler } from '../core/index.ts';
import { larger, localsOf, one, zero } from './code-words.ts';
import { curveCode } from './held-curve.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { advance, f64, f64x2, get, i32, loop, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Rows that a turn of the loop takes. */
const TURN = 4;

/**
 * Numbers of a set that valuing moves on: equity before the next row, the highest so far and the deepest fall; sums of returns,
 * their squares, cubes and fourth powers, the squares of the falls among them, each in two parts (first and second rows of
 * pairs); the sum of squared depths.
 */
export const MOVED = { before: 0, peak: 1, worst: 2, powers: 3, depthSquares: 13, count: 14 } as const;

/** How many powers of returns are summed; with `shaped` all of them. */
export const powersFor = (shaped: boolean): number => (shaped ? 5 : 2);

export type Valuing = {
  /** The address of the first row of the run, moved on to its end; the end, cash and units. */
  readonly at: Local;
  readonly end: Local;
  readonly cash: Local;
  readonly units: Local;
  /** Takes the numbers from an address on, and puts them back. */
  readonly load: (from: Code) => Code;
  readonly store: (to: Code) => Code;
  /** Values a run of at least one row: equity is cash + units x close. */
  readonly run: Code;
};

/** Rows are the ends of periods; with `shaped` the cubes, fourth powers, squares of falls and of depths are summed as well. */
export function valuingCode(declare: Pick<assembler.Declare, 'local'>, shaped: boolean): Valuing {
  const powers = powersFor(shaped);
  const own = localsOf(declare);
  const { at, first, whole, stop, end } = own('i32', 'at', 'first', 'whole', 'stop', 'end');
  const { cash, units, equity, before } = own('f64', 'cash', 'units', 'equity', 'before');
  const { least, most, peak, worst } = own('f64', 'least', 'most', 'peak', 'worst');
  const { top, perTop, depth } = own('f64', 'top', 'perTop', 'depth');
  const depths = declare.local('f64');
  const { c, u, a, b, beforeA, beforeB } = own('f64x2', 'c', 'u', 'a', 'b', 'beforeA', 'beforeB');
  const { inverse, rr, lows, highs, last } = own('f64x2', 'inverse', 'rr', 'lows', 'highs', 'last');
  const pairs = Array.from({ length: powers }, () => declare.local('f64x2'));
  const place = (k: number) => BYTES * k;

  const worth = f64.add(get(cash), f64.mul(get(units), f64.load(get(at), PLACE.close)));
  const worths = (close: Code) => f64x2.add(get(c), f64x2.mul(get(u), close));
  const powersOf = (x: Code, fall: Code): Code[] => {
    const square = f64x2.mul(x, x);
    return [x, square, f64x2.mul(square, x), f64x2.mul(square, square), f64x2.mul(fall, fall)].slice(0, powers);
  };
  /** Extremes without a branch: what comes next is anybody's guess. */
  const takePair = (value: Local, earlier: Local, other: Local): Code => [
    ...set(rr, f64x2.mul(f64x2.sub(get(value), get(earlier)), f64x2.mul(get(inverse), get(other)))),
    ...powersOf(get(rr), f64x2.smaller(f64x2.zero, get(rr))).flatMap((power, k) =>
      set(pairs[k]!, f64x2.add(get(pairs[k]!), power)),
    ),
    ...set(lows, f64x2.smaller(get(lows), get(value))),
    ...set(highs, f64x2.larger(get(highs), get(value))),
  ];
  const raise = (into: Local, value: Code): Code => when(f64.less(get(into), value), set(into, value));

  // Of two pairs of rows one division gives the reciprocals: a division takes as long as all the rest.
  const turn = (closes: Code, next: Code): Code => [
    ...set(a, worths(closes)),
    ...set(beforeA, f64x2.inner(get(b), get(a))),
    ...set(b, worths(next)),
    ...set(beforeB, f64x2.inner(get(a), get(b))),
    ...set(inverse, f64x2.div(f64x2.both(one), f64x2.mul(get(beforeA), get(beforeB)))),
    ...takePair(a, beforeA, beforeB),
    ...takePair(b, beforeB, beforeA),
  ];
  const pair = (rows: number): Code => f64x2.load(get(at), PLACE.close + BYTES * rows);
  // Rows beyond the end of the last turn are worth what the last row is: no return comes of them.
  const beyond = i32.sub(i32.constant((TURN - 1) * BYTES), i32.sub(get(stop), get(at)));
  const mask = (rows: number): Code => f64x2.load(beyond, PLACE.masks + BYTES * rows);
  const inTurns = [
    set(c, f64x2.both(get(cash))),
    set(u, f64x2.both(get(units))),
    set(b, f64x2.both(get(before))),
    // Nothing is held: equity stands still, so that all rows are one.
    set(stop, get(end)),
    when(f64.equal(get(units), zero), set(stop, i32.add(get(at), i32.constant(BYTES)))),
    set(whole, i32.add(get(at), i32.and(i32.sub(get(stop), get(at)), i32.constant(-TURN * BYTES)))),
    when(
      i32.less(get(at), get(whole)),
      loop(i32.less(get(at), get(whole)), turn(pair(0), pair(2)), advance(at, TURN * BYTES)),
    ),
    set(last, f64x2.loadBoth(i32.sub(get(stop), i32.constant(BYTES)), PLACE.close)),
    turn(f64x2.select(pair(0), get(last), mask(0)), f64x2.select(pair(2), get(last), mask(2))),
    set(before, f64x2.lane(get(b), 1)),
  ];
  const rowsAgain = (...body: Code[]): Code[] => [
    set(at, get(first)),
    loop(i32.less(get(at), get(end)), set(equity, worth), ...body, advance(at, BYTES)),
  ];
  const deepen = (under: Local, value: Local): Code =>
    when(
      f64.less(get(value), f64.mul(f64.add(one, get(worst)), get(under))),
      set(worst, f64.sub(f64.div(get(value), get(under)), one)),
    );
  // A low under the peak so far is deepest where it is lowest; under a peak of its own run it has to be seen which came first.
  const across = (values: Local): Code => f64x2.inner(get(values), get(values));
  const isPeak = f64x2.equal(f64x2.both(get(peak)), f64x2.both(get(top)));
  const fall = [
    set(least, f64x2.lane(f64x2.smaller(get(lows), across(lows)), 0)),
    set(most, f64x2.lane(f64x2.larger(get(highs), across(highs)), 0)),
    set(top, larger(get(peak), get(most))),
    set(depth, f64.sub(f64.div(get(least), get(top)), one)),
    set(
      worst,
      f64x2.lane(f64x2.smaller(f64x2.both(get(worst)), f64x2.select(f64x2.both(get(depth)), f64x2.zero, isPeak)), 0),
    ),
    when(
      i32.and(f64.less(get(peak), get(top)), f64.less(get(depth), get(worst))),
      ...rowsAgain(raise(peak, get(equity)), deepen(peak, equity)),
    ),
    set(peak, get(top)),
  ];
  const deep = () => [
    set(at, get(first)),
    set(top, get(peak)),
    set(perTop, f64.div(one, get(top))),
    curveCode(declare, { at, end, cash, units, peak: top, perPeak: perTop, depths }),
  ];
  const moved: readonly (readonly [Local, number])[] = [
    [before, MOVED.before],
    [peak, MOVED.peak],
    [worst, MOVED.worst],
    ...(shaped ? [[depths, MOVED.depthSquares] as const] : []),
  ];
  return {
    at,
    end,
    cash,
    units,
    load: (from) => [
      ...moved.flatMap(([each, k]) => set(each, f64.load(from, place(k)))),
      ...pairs.flatMap((pair, k) => set(pair, f64x2.load(from, place(MOVED.powers + 2 * k)))),
    ],
    store: (to) => [
      ...moved.flatMap(([each, k]) => f64.store(to, get(each), place(k))),
      ...pairs.flatMap((pair, k) => f64x2.store(to, get(pair), place(MOVED.powers + 2 * k))),
    ],
    run: [
      ...set(first, get(at)),
      ...set(lows, f64x2.both(f64.constant(Number.POSITIVE_INFINITY))),
      ...set(highs, f64x2.both(f64.constant(Number.NEGATIVE_INFINITY))),
      ...inTurns.flat(),
      ...(shaped ? deep().flat() : []),
      ...fall.flat(),
      ...set(at, get(end)),
    ],
  };
}
