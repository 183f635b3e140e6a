/** The curve of a run bar by bar, in WebAssembly: its peak, and how deep it lies under it. */
import { assembler } from '../core/index.ts';
import { localsOf, one } from './code-words.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { advance, choose, f64, f64x2, get, i32, loop, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Rows that a turn of the loop takes. */
const TURN = 4;

export type Curve = {
  /** The address of the first row, moved on to the end. */
  readonly at: Local;
  readonly end: Local;
  readonly cash: Local;
  readonly units: Local;
  /** The highest equity so far and its reciprocal, both moved on. */
  readonly peak: Local;
  readonly perPeak: Local;
  /** The sum of squared depths and the deepest, where they are wanted. */
  readonly depths?: Local | undefined;
  readonly worst?: Local | undefined;
};

/** Four rows at once while all are under the peak; row by row where one reaches it. */
export function curveCode(declare: Pick<assembler.Declare, 'local'>, curve: Curve): Code {
  const { at, end, cash, units, peak, perPeak, depths, worst } = curve;
  const own = localsOf(declare);
  const { whole, turnEnd } = own('i32', 'whole', 'turnEnd');
  const { equity, depth } = own('f64', 'equity', 'depth');
  const { c, u, top, perTop, a, b } = own('f64x2', 'c', 'u', 'top', 'perTop', 'a', 'b');
  const { lows, squaresA, squaresB } = own('f64x2', 'lows', 'squaresA', 'squaresB');

  const worths = (rows: number): Code =>
    f64x2.add(get(c), f64x2.mul(get(u), f64x2.load(get(at), PLACE.close + BYTES * rows)));
  const sink = (value: Local, squares: Local): Code[] => [
    set(value, f64x2.sub(f64x2.mul(get(value), get(perTop)), f64x2.both(one))),
    ...(worst === undefined ? [] : [set(lows, f64x2.smaller(get(lows), get(value)))]),
    ...(depths === undefined ? [] : [set(squares, f64x2.add(get(squares), f64x2.mul(get(value), get(value))))]),
  ];
  const deepen = worst === undefined ? [] : [when(f64.less(get(depth), get(worst)), set(worst, get(depth)))];
  const rowByRow = (until: Local): Code =>
    loop(
      i32.less(get(at), get(until)),
      set(equity, f64.add(get(cash), f64.mul(get(units), f64.load(get(at), PLACE.close)))),
      choose(
        f64.notLess(get(equity), get(peak)),
        [set(peak, get(equity)), set(perPeak, f64.div(one, get(equity)))],
        [
          set(depth, f64.sub(f64.mul(get(equity), get(perPeak)), one)),
          ...(depths === undefined ? [] : [set(depths, f64.add(get(depths), f64.mul(get(depth), get(depth))))]),
          ...deepen,
        ],
      ),
      advance(at, BYTES),
    );
  const setTop = [set(top, f64x2.both(get(peak))), set(perTop, f64x2.both(get(perPeak)))];
  const areBelow = f64x2.and(f64x2.less(get(a), get(top)), f64x2.less(get(b), get(top)));
  const turn = [
    set(a, worths(0)),
    set(b, worths(2)),
    choose(
      i32.equal(f64x2.highBits(areBelow), i32.constant(3)),
      [...sink(a, squaresA), ...sink(b, squaresB), advance(at, TURN * BYTES)],
      [set(turnEnd, i32.add(get(at), i32.constant(TURN * BYTES))), rowByRow(turnEnd), ...setTop],
    ),
  ];
  const lowest = f64x2.lane(f64x2.smaller(get(lows), f64x2.inner(get(lows), get(lows))), 0);
  const squares = f64x2.add(get(squaresA), get(squaresB));
  const sum = f64.add(f64x2.lane(squares, 0), f64x2.lane(squares, 1));
  return [
    ...set(whole, i32.add(get(at), i32.and(i32.sub(get(end), get(at)), i32.constant(-TURN * BYTES)))),
    ...when(
      i32.less(get(at), get(whole)),
      set(c, f64x2.both(get(cash))),
      set(u, f64x2.both(get(units))),
      ...(worst === undefined ? [] : [set(lows, f64x2.both(get(worst)))]),
      ...(depths === undefined ? [] : [set(squaresA, f64x2.zero), set(squaresB, f64x2.zero)]),
      ...setTop,
      loop(i32.less(get(at), get(whole)), ...turn),
      ...(worst === undefined ? [] : [set(depth, lowest), ...deepen]),
      ...(depths === undefined ? [] : [set(depths, f64.add(get(depths), sum))]),
    ),
    ...when(i32.less(get(at), get(end)), rowByRow(end)),
  ];
}
