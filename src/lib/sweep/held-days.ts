/** Runs of rows on which a position stands still, valued in WebAssembly where periods are the days of shorter bars: the curve bar by bar, the returns of days. */
import { assembler } from '../core/index.ts';
import { localsOf, one, zero } from './code-words.ts';
import { curveCode } from './held-curve.ts';
import { MOVED, powersFor, type Valuing } from './held-rows.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { advance, f64, get, i32, loop, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** What `valuingCode` is for rows that are periods, moving the same numbers on; days end at the rows in `PLACE.days`. */
export function dayValuingCode(declare: Pick<assembler.Declare, 'local'>, shaped: boolean): Valuing {
  const own = localsOf(declare);
  const { at, end, day, dayEnd } = own('i32', 'at', 'end', 'day', 'dayEnd');
  const { cash, units, equity, before, r, square } = own('f64', 'cash', 'units', 'equity', 'before', 'r', 'square');
  const { peak, perPeak, worst, depths } = own('f64', 'peak', 'perPeak', 'worst', 'depths');
  const powers = Array.from({ length: powersFor(shaped) }, () => declare.local('f64'));

  const fall = f64.min(zero, get(r));
  const powersOf: readonly Code[] = [
    get(r),
    get(square),
    f64.mul(get(square), get(r)),
    f64.mul(get(square), get(square)),
    f64.mul(fall, fall),
  ];
  const nextDay = set(dayEnd, i32.shiftLeft(i32.load(get(day), PLACE.days), i32.constant(3)));
  const endsWithin = i32.less(get(dayEnd), get(end));
  const endDay = [
    set(equity, f64.add(get(cash), f64.mul(get(units), f64.load(get(dayEnd), PLACE.close)))),
    set(r, f64.sub(f64.div(get(equity), get(before)), one)),
    set(square, f64.mul(get(r), get(r))),
    ...powers.map((power, k) => set(power, f64.add(get(power), powersOf[k]!))),
    set(before, get(equity)),
    advance(day, 4),
    nextDay,
  ];
  const days = [nextDay, when(endsWithin, loop(endsWithin, ...endDay))];
  const curve = { at, end, cash, units, peak, perPeak, worst, depths: shaped ? depths : undefined };
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
    run: [...days.flat(), ...curveCode(declare, curve)],
  };
}
