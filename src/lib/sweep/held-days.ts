/** Runs of rows on which a position stands still, valued in WebAssembly where periods are the days of shorter bars: the curve bar by bar, the returns of days. */
import { assembler } from '../core/index.ts';
import { MOVED, type Valuing } from './held-rows.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { advance, choose, f64, f64x2, get, i32, loop, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Rows that a turn of the loop takes. */
const TURN = 4;
const POWERS = 5;
const PLAIN_POWERS = 2;

const one = f64.constant(1);
const zero = f64.constant(0);

/** What `valuingCode` is for rows that are periods, moving the same numbers on; days end at the rows in `PLACE.days`. */
export function dayValuingCode({ local }: Pick<assembler.Declare, 'local'>, shaped: boolean): Valuing {
  const own = <Name extends string>(type: assembler.ValueType, ...names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, local(type)])) as Record<Name, Local>;
  const { at, end, whole, turnEnd, day, dayEnd } = own('i32', 'at', 'end', 'whole', 'turnEnd', 'day', 'dayEnd');
  const { cash, units, equity, before, r, square } = own('f64', 'cash', 'units', 'equity', 'before', 'r', 'square');
  const { peak, perPeak, worst, depth, depths } = own('f64', 'peak', 'perPeak', 'worst', 'depth', 'depths');
  const { c, u, top, perTop, a, b } = own('f64x2', 'c', 'u', 'top', 'perTop', 'a', 'b');
  const { lows, squaresA, squaresB } = own('f64x2', 'lows', 'squaresA', 'squaresB');
  const powers = Array.from({ length: shaped ? POWERS : PLAIN_POWERS }, () => local('f64'));

  const worth = (row: Local): Code => f64.add(get(cash), f64.mul(get(units), f64.load(get(row), PLACE.close)));
  const add = (into: Local, value: Code): Code => set(into, f64.add(get(into), value));
  const fall = f64.min(zero, get(r));
  const powersOf = [
    get(r),
    get(square),
    f64.mul(get(square), get(r)),
    f64.mul(get(square), get(square)),
    f64.mul(fall, fall),
  ];
  const nextDay = [set(dayEnd, i32.shiftLeft(i32.load(get(day), PLACE.days), i32.constant(3)))].flat();
  const days = [
    ...nextDay,
    when(
      i32.less(get(dayEnd), get(end)),
      loop(
        i32.less(get(dayEnd), get(end)),
        set(equity, worth(dayEnd)),
        set(r, f64.sub(f64.div(get(equity), get(before)), one)),
        set(square, f64.mul(get(r), get(r))),
        ...powers.map((power, k) => add(power, powersOf[k]!)),
        set(before, get(equity)),
        advance(day, 4),
        nextDay,
      ),
    ),
  ];

  const worths = (rows: number): Code =>
    f64x2.add(get(c), f64x2.mul(get(u), f64x2.load(get(at), PLACE.close + BYTES * rows)));
  const isBelow = (value: Local): Code => f64x2.less(get(value), get(top));
  const sink = (value: Local, squares: Local): Code => [
    ...set(value, f64x2.sub(f64x2.mul(get(value), get(perTop)), f64x2.both(one))),
    ...set(lows, f64x2.smaller(get(lows), get(value))),
    ...(shaped ? set(squares, f64x2.add(get(squares), f64x2.mul(get(value), get(value)))) : []),
  ];
  const setTop = [set(top, f64x2.both(get(peak))), set(perTop, f64x2.both(get(perPeak)))];
  const rowByRow = (until: Local): Code =>
    loop(
      i32.less(get(at), get(until)),
      set(equity, worth(at)),
      choose(
        f64.notLess(get(equity), get(peak)),
        [set(peak, get(equity)), set(perPeak, f64.div(one, get(equity)))],
        [
          set(depth, f64.sub(f64.mul(get(equity), get(perPeak)), one)),
          ...(shaped ? [add(depths, f64.mul(get(depth), get(depth)))] : []),
          when(f64.less(get(depth), get(worst)), set(worst, get(depth))),
        ],
      ),
      advance(at, BYTES),
    );
  /** Four rows under the peak at once; row by row where one reaches it. */
  const turn = [
    set(a, worths(0)),
    set(b, worths(2)),
    choose(
      i32.equal(f64x2.highBits(f64x2.and(isBelow(a), isBelow(b))), i32.constant(3)),
      [sink(a, squaresA), sink(b, squaresB), advance(at, TURN * BYTES)],
      [set(turnEnd, i32.add(get(at), i32.constant(TURN * BYTES))), rowByRow(turnEnd), ...setTop],
    ),
  ];
  const across = (pair: Local): Code => f64x2.lane(f64x2.smaller(get(pair), f64x2.inner(get(pair), get(pair))), 0);
  const sum = f64x2.add(get(squaresA), get(squaresB));
  const curve = [
    set(whole, i32.add(get(at), i32.and(i32.sub(get(end), get(at)), i32.constant(-TURN * BYTES)))),
    when(
      i32.less(get(at), get(whole)),
      set(c, f64x2.both(get(cash))),
      set(u, f64x2.both(get(units))),
      set(lows, f64x2.both(get(worst))),
      ...(shaped ? [set(squaresA, f64x2.zero), set(squaresB, f64x2.zero)] : []),
      ...setTop,
      loop(i32.less(get(at), get(whole)), ...turn),
      set(depth, across(lows)),
      when(f64.less(get(depth), get(worst)), set(worst, get(depth))),
      ...(shaped ? [add(depths, f64.add(f64x2.lane(sum, 0), f64x2.lane(sum, 1)))] : []),
    ),
    when(i32.less(get(at), get(end)), rowByRow(end)),
  ];
  const moved: readonly (readonly [Local, number])[] = [
    [before, MOVED.before],
    [peak, MOVED.peak],
    [worst, MOVED.worst],
    ...powers.map((power, k) => [power, MOVED.powers + 2 * k] as const),
    ...(shaped ? [[depths, MOVED.depthSquares] as const] : []),
  ];
  return {
    at,
    end,
    cash,
    units,
    load: (from) => [
      ...moved.flatMap(([each, k]) => set(each, f64.load(from, BYTES * k))),
      ...set(perPeak, f64.div(one, get(peak))),
    ],
    store: (to) => moved.flatMap(([each, k]) => f64.store(to, get(each), BYTES * k)),
    run: [...days.flat(), ...curve.flat()],
  };
}
