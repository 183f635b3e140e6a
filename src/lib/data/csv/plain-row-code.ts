/**
 * The routine that reads rows of plain cells, sixteen bytes at a time, written for the columns of one file. Plain are
 * unsigned decimals of up to fifteen characters, empty numbers, and epoch times; the routine stops before any other row.
 */
import { assembler } from '../../core/index.ts';
import { AS_TIME, type RowPlan, SKIP } from './row-plan.ts';

const { advance, block, bytes, f64, forever, get, i32, i64, leaveWhen, pairs, routine, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMENT = 35;

/** Where the routine finds and leaves things, in bytes from the start of its memory. */
export type RowMemory = {
  /** Rows read in one call at most. */
  readonly rows: number;
  /** Sixteen bytes for each place of the point (0 to 16) and end (0 to 16) of a cell: `arrangement` tells which. */
  readonly arrangements: number;
  /** Doubles to divide by, by the length of a fraction with its point. */
  readonly powers: number;
  /** Two whole numbers: the rows that were read, and the number of the line after the last of them. */
  readonly counts: number;
  readonly lines: number;
  /** Times, then the number columns, each of so many rows. */
  readonly columns: number;
};

/** Columns of the widest file: the code grows with each, and is compiled anew for each file. */
const WIDEST = 64;
/** Places from 0 to 16. */
const PLACES = 17;

/** Digits of a cell with its point and end at these places, moved to the end of sixteen; 255 is a zero before them. */
function arrangement(point: number, end: number): number[] {
  const places = Array.from({ length: end }, (_, i) => i).filter((i) => i !== point);
  return [...new Array<number>(16).fill(255), ...places].slice(-16);
}

export function fillTables(memory: RowMemory, buffer: ArrayBuffer): void {
  for (let point = 0; point < PLACES; point++)
    for (let end = point; end < PLACES; end++)
      new Uint8Array(buffer, memory.arrangements + 16 * (point * PLACES + end), 16).set(arrangement(point, end));
  new Float64Array(buffer, memory.powers, PLACES).set(
    Array.from({ length: PLACES }, (_, length) => 10 ** Math.max(0, length - 1)),
  );
}

/** Milliseconds of a whole number by the format of the times, as far as they are numbers that a double holds. */
const milliseconds: Readonly<Partial<Record<RowPlan['format']['timeFormat'], (value: Code) => Code>>> = {
  'epoch-s': (value) => f64.mul(value, f64.constant(1000)),
  'epoch-ms': (value) => value,
  'epoch-us': (value) => f64.div(value, f64.constant(1000)),
};

/** Nothing for a plan with cells that are never plain. `rows(from, to, line, first, end)` reads whole lines of [from, to), keeps those with times in [first, end), and gives where it stopped. */
export function plainRowRoutine(plan: RowPlan, memory: RowMemory): assembler.Routine | undefined {
  const toTime = milliseconds[plan.format.timeFormat];
  const known = plan.actions.every((action) => action >= SKIP || action === AS_TIME);
  if (toTime === undefined || !known || plan.actions.length > WIDEST) return undefined;
  return routine(
    'rows',
    ({ parameter, local }) => {
      const [p, to, line] = [parameter('i32'), parameter('i32'), parameter('i32')];
      const [first, end] = [parameter('f64'), parameter('f64')];
      const state = { q: local('i32'), next: local('i32'), row: local('i32'), time: local('f64'), toTime, local };
      const { q, row, time } = state;
      const more = i32.and(i32.less(get(p), get(to)), i32.less(get(row), i32.constant(memory.rows)));
      const kept = i32.and(f64.notLess(get(time), get(first)), f64.less(get(time), get(end)));
      return [
        ...block(
          forever(
            leaveWhen(1, i32.isZero(more)),
            set(q, get(p)),
            cells(plan, memory, state),
            i32.store(i32.add(i32.shiftLeft(get(row), i32.constant(2)), i32.constant(memory.lines)), get(line)),
            advance(line, 1),
            set(row, i32.add(get(row), kept)),
            set(p, get(q)),
          ),
        ),
        ...i32.store(i32.constant(memory.counts), get(row)),
        ...i32.store(i32.constant(memory.counts), get(line), 4),
        ...get(p),
      ];
    },
    'i32',
  );
}

type RowState = {
  /** Where the cell starts, and after it is read where it ends. */
  readonly q: Local;
  /** The byte at its end. */
  readonly next: Local;
  readonly row: Local;
  readonly time: Local;
  readonly toTime: (value: Code) => Code;
  readonly local: assembler.Declare['local'];
};

/** Leaves the loop over rows when the condition holds, since the row is not plain: from inside of so many more bodies. */
const odd = (condition: Code, inside = 0): Code => leaveWhen(1 + inside, condition);

/** All cells of a row, and on to the start of the next. */
function cells(plan: RowPlan, memory: RowMemory, state: RowState): Code {
  const { actions, delimiter } = plan;
  const { q, next, row, time } = state;
  const decimal = decimalCell(plan, memory, state);
  const at = (column: number): Code =>
    i32.add(i32.shiftLeft(get(row), i32.constant(3)), i32.constant(memory.columns + 8 * memory.rows * column));
  const look = set(next, i32.load8(get(q)));
  const is = (byte: number): Code => i32.equal(get(next), i32.constant(byte));
  const stepTo = (stop: Code): Code => block(forever(leaveWhen(1, stop), advance(q, 1), look));
  const empty = i32.and(i32.isZero(get(decimal.end)), i32.or(is(delimiter), is(NEWLINE)));
  const number = (column: number): Code => [
    ...decimal.find,
    ...when(i32.isZero(get(decimal.point)), odd(i32.isZero(empty), 1)),
    ...f64.store(at(column), f64.div(f64.ofLong(decimal.value), decimal.power)),
    ...when(i32.isZero(get(decimal.end)), f64.store(at(column), f64.constant(Number.NaN))),
    ...decimal.leave(),
  ];
  const moment = (): Code => [
    ...decimal.find,
    ...odd(i32.or(i32.isZero(get(decimal.point)), i32.differ(get(decimal.point), get(decimal.end)))),
    ...set(time, state.toTime(f64.ofLong(decimal.value))),
    ...f64.store(at(0), get(time)),
    ...decimal.leave(),
  ];
  const skip = [...look, ...stepTo(i32.or(i32.or(is(delimiter), is(NEWLINE)), is(QUOTE))), ...odd(is(QUOTE))];
  const start = [...look, ...odd(i32.or(is(COMMENT), is(RETURN)))];
  const close = [...odd(i32.isZero(is(delimiter))), ...advance(q, 1)];
  const closeRow = [
    ...odd(i32.isZero(i32.or(i32.or(is(delimiter), is(NEWLINE)), is(RETURN)))),
    ...stepTo(is(NEWLINE)),
    ...advance(q, 1),
  ];
  const read = (action: number): Code => (action === SKIP ? skip : action === AS_TIME ? moment() : number(1 + action));
  return [
    ...start,
    ...Array.from(actions, read).flatMap((code, c) => [...code, ...(c + 1 < actions.length ? close : closeRow)]),
  ];
}

/** A cell of digits with or without a point among them: ones are joined to pairs, pairs to fours and so on, all at once (Lemire 2021). */
function decimalCell({ decimal, delimiter }: RowPlan, memory: RowMemory, { q, next, local }: RowState) {
  const [point, end, stops] = [local('i32'), local('i32'), local('i32')];
  const digits = local('bytes');
  const value = local('i64');
  const look = set(next, i32.load8(i32.add(get(q), get(end))));
  const find = [
    ...set(digits, bytes.sub(bytes.load(get(q)), bytes.every(48))),
    // A bit for each byte that is no digit, and two beyond.
    ...set(stops, i32.or(bytes.highBits(bytes.addUpTo255(get(digits), bytes.every(118))), i32.constant(0x30000))),
    ...set(point, i32.zerosBelow(get(stops))),
    ...set(end, get(point)),
    ...look,
    ...(decimal === delimiter
      ? []
      : when(
          i32.equal(get(next), i32.constant(decimal)),
          set(end, i32.zerosBelow(i32.and(get(stops), i32.sub(get(stops), i32.constant(1))))),
          odd(i32.equal(get(end), i32.constant(PLACES)), 1),
          look,
        )),
    ...set(digits, bytes.arrange(get(digits), bytes.load(arrangementOf(memory, get(point), get(end))))),
    ...set(
      digits,
      pairs.add(pairs.mul(bytes.and(get(digits), pairs.every(255)), pairs.every(10)), pairs.shiftRight(get(digits), 8)),
    ),
    ...set(digits, pairs.dot(get(digits), pairs.every(100, 1))),
    ...set(value, bytes.firstLong(pairs.dot(pairs.ofFours(get(digits), get(digits)), pairs.every(10_000, 1)))),
    ...set(
      value,
      i64.add(
        i64.mul(i64.and(get(value), i64.constant(0xffff_ffff)), i64.constant(1e8)),
        i64.shiftRight(get(value), i64.constant(32)),
      ),
    ),
    // A double holds every whole number up to here.
    ...odd(i64.larger(get(value), i64.constant(2 ** 53))),
  ];
  // Cells of a column mostly are as long as the one before: with a guess in between, the next is begun before this one is read.
  const leave = (): Code => {
    const guess = local('i32');
    return [...when(i32.differ(get(end), get(guess)), set(guess, get(end))), ...advanceBy(q, get(guess))];
  };
  const length = i32.shiftLeft(i32.sub(get(end), get(point)), i32.constant(3));
  return { find, leave, point, end, value: get(value), power: f64.load(length, memory.powers) };
}

function arrangementOf({ arrangements }: RowMemory, point: Code, end: Code): Code {
  const place = i32.add(i32.mul(point, i32.constant(PLACES)), end);
  return i32.add(i32.shiftLeft(place, i32.constant(4)), i32.constant(arrangements));
}

const advanceBy = (address: Local, count: Code): Code => set(address, i32.add(get(address), count));
