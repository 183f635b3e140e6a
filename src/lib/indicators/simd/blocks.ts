/**
 * The two-block method (van Herk 1992, Gil & Werman 1993) in two lanes: a window of n rows is the end of one block of n
 * and the start of the next. Blocks do not depend on each other beyond that, so two runs of them go side by side.
 */
import {
  advance,
  type Code,
  type Declare,
  f64,
  f64x2,
  get,
  i32,
  type Local,
  loop,
  type Routine,
  routine,
  set,
  when,
} from './assembler.ts';
import type { Site } from './stretch.ts';
import { addressOf, LONGEST_BLOCK, SCRATCH } from './workspace.ts';

const TAIL = addressOf(SCRATCH);

/** The arithmetic of a window, for two lanes; rows come one or two at a time. */
export type BlockArithmetic = {
  /** Before everything. */
  readonly setup: Code;
  /** Pairs of doubles kept for each row of a block. */
  readonly slots: 1 | 2;
  /** Before the rows of a block are taken in backward; `last` is its last row. */
  readonly startBack: Code;
  /** Takes rows in, the later one first, and keeps in the tail of each what the rows from it to the end make. */
  readonly back: (rows: readonly Local[], tails: readonly Code[]) => Code;
  /** After all rows of a block: NaN or infinite where one of them is. */
  readonly trace: Code;
  /** The value at the last row, of the whole block. */
  readonly whole: Code;
  /** Before the rows of the next block are taken in; `last` still is that of the block before. */
  readonly startForward: Code;
  /** Takes rows in, the earlier one first, and sets what the window ending at each makes; its tail starts a row later in the block before. */
  readonly forward: (rows: readonly Local[], tails: readonly Code[], results: readonly Local[]) => Code;
};

/**
 * routine(start, gap, blocks, size, shift, …): blocks of `size` bytes from the address `start` on, and as many `gap` bytes
 * later; results stand `shift` bytes behind their rows. The block before each run is in memory. Returns what is NaN or infinite where a row from the start on is.
 */
export function blockRoutine(
  name: string,
  arithmetic: (declare: Declare, parameters: readonly Local[], last: Local) => BlockArithmetic,
  constants: number,
): Routine {
  return routine(
    name,
    (declare) => {
      const { parameter, local } = declare;
      const [start, gap, blocks, size] = [parameter('i32'), parameter('i32'), parameter('i32'), parameter('i32')];
      const shift = parameter('i32');
      const parameters = Array.from({ length: constants }, () => parameter('f64'));
      const [p, q, tail, end] = [local('i32'), local('i32'), local('i32'), local('i32')];
      const [v, w, x, y, last] = [local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2')];
      const total = local('f64x2');
      const { setup, slots, startBack, back, trace, whole, startForward, forward } = arithmetic(
        declare,
        parameters,
        last,
      );
      const step = 16 * slots;
      const both = (bytes: number): Code => [...advance(p, bytes), ...advance(q, bytes)];
      const single = f64x2.firsts(f64x2.loadBoth(get(p)), f64x2.loadBoth(get(q)));
      const result = (row: Local): Code => i32.add(get(row), get(shift));
      const storeSingle = [
        ...f64.store(result(p), f64x2.lane(get(v), 0)),
        ...f64.store(result(q), f64x2.lane(get(v), 1)),
      ];
      /** Two rows of both lanes: x the earlier, y the later. */
      const pair = [
        ...[...set(v, f64x2.load(get(p))), ...set(w, f64x2.load(get(q)))],
        ...[...set(x, f64x2.firsts(get(v), get(w))), ...set(y, f64x2.seconds(get(v), get(w)))],
      ];
      const tailSize = slots === 1 ? i32.add(get(size), get(size)) : i32.shiftLeft(get(size), i32.constant(2));
      /** From p and q at the last rows of two blocks to their first. */
      const backward = [
        ...set(last, single),
        ...startBack,
        ...set(tail, i32.add(i32.constant(TAIL - step), tailSize)),
        ...both(-8),
        ...when(
          i32.less(i32.constant(TAIL), get(tail)),
          loop(
            i32.less(i32.constant(TAIL), get(tail)),
            pair,
            back([y, x], [get(tail), i32.sub(get(tail), i32.constant(step))]),
            both(-16),
            advance(tail, -2 * step),
          ),
        ),
        ...both(8),
        ...when(i32.and(get(size), i32.constant(8)), set(x, single), back([x], [i32.constant(TAIL)])),
        ...set(total, f64x2.add(get(total), trace)),
      ];
      return [
        ...setup,
        ...set(p, i32.sub(get(start), i32.constant(8))),
        ...set(q, i32.add(get(p), get(gap))),
        ...backward,
        // The block before may be missing: only rows from the start on count.
        ...set(total, f64x2.zero),
        ...set(p, get(start)),
        ...loop(
          get(blocks),
          set(q, i32.add(get(p), get(gap))),
          startForward,
          set(tail, i32.constant(TAIL + step)),
          set(end, i32.sub(i32.add(get(p), get(size)), i32.constant(16))),
          when(
            i32.less(get(p), get(end)),
            loop(
              i32.less(get(p), get(end)),
              pair,
              forward([x, y], [get(tail), i32.add(get(tail), i32.constant(step))], [v, w]),
              f64x2.store(result(p), f64x2.firsts(get(v), get(w))),
              f64x2.store(result(q), f64x2.seconds(get(v), get(w))),
              both(16),
              advance(tail, 2 * step),
            ),
          ),
          // With an even number of rows one is left before the last.
          when(
            i32.less(get(p), i32.add(get(end), i32.constant(8))),
            set(x, single),
            forward([x], [get(tail)], [v]),
            storeSingle,
            both(8),
          ),
          set(end, get(p)),
          backward,
          set(p, get(end)),
          set(q, i32.add(get(p), get(gap))),
          set(v, whole),
          storeSingle,
          advance(p, 8),
          set(blocks, i32.sub(get(blocks), i32.constant(1))),
        ),
        ...f64.add(f64x2.lane(get(total), 0), f64x2.lane(get(total), 1)),
      ];
    },
    'f64',
  );
}

/** A block being filled: `values[0..at)` are its rows so far, the others still those of the block before. NaN until there were rows. */
export type Filling = { readonly values: Float64Array; at: number };

/** Few rows are copied one by one: a call costs more than they do. */
const FEW = 64;

function copy(source: Float64Array, start: number, target: Float64Array, at: number, rows: number): void {
  if (rows > FEW) target.set(source.subarray(start, start + rows), at);
  else for (let j = 0; j < rows; j++) target[at + j] = source[start + j]!;
}

export const fitsBlocks = (n: number): boolean => n <= LONGEST_BLOCK;

/** The routine's own call: from `start`, and `gap` bytes later, over `blocks` of `size` bytes each, with results `shift` bytes behind. */
type Call = (start: number, gap: number, blocks: number, size: number, shift: number) => number;

/**
 * Runs the routine over whole blocks from the start of the block begun earlier, and brings `values` and `at` up to date. In
 * the workspace they cover all rows, and the last is left unfinished. Returns how many rows are done; 0, with nothing
 * changed but the output, where a row is missing, or where in place the rows before are not those of the block.
 */
export function runBlocks(s: Filling, site: Site, call: Call): number {
  return site.before === Number.POSITIVE_INFINITY ? withRoom(s, site, call) : inPlace(s, site, call);
}

function withRoom(s: Filling, { memory, inputs, output, rows }: Site, call: Call): number {
  const { doubles } = memory;
  const { values, at } = s;
  const n = values.length;
  const row = inputs[0]! / 8;
  copy(values, 0, doubles, row - at - n, n);
  copy(values, 0, doubles, row - at, at);
  const all = Math.ceil((rows + at) / n);
  const blocks = (all + 1) >> 1;
  // What earlier stretches left beyond the rows is not to be taken for a missing row.
  for (let j = row + rows; j < row - at + all * n; j++) doubles[j] = 0;
  const total = call(8 * (row - at), 8 * n * (all - blocks), blocks, 8 * n, output - inputs[0]!);
  if (total - total !== 0) return 0;
  const filled = (rows + at) % n;
  s.at = filled;
  copy(doubles, row + rows - n, values, filled, n - filled);
  copy(doubles, row + rows - filled, values, 0, filled);
  return rows;
}

function inPlace(s: Filling, { memory, inputs, output, rows, before }: Site, call: Call): number {
  const { doubles } = memory;
  const { values, at } = s;
  const n = values.length;
  const start = inputs[0]! / 8 - at;
  const all = Math.floor((rows + at) / n);
  if (all < 2 || before < at + n || !isThere(s, doubles, start)) return 0;
  const blocks = (all + 1) >> 1;
  const result = output / 8;
  // Rows of the block begun earlier have their results.
  const kept = doubles.slice(result - at, result);
  const total = call(8 * start, 8 * n * (all - blocks), blocks, 8 * n, output - inputs[0]!);
  doubles.set(kept, result - at);
  if (total - total !== 0) return 0;
  s.at = 0;
  copy(doubles, start + (all - 1) * n, values, 0, n);
  return all * n - at;
}

/** The rows before are those of the block begun, and before them what is left of the block before. */
function isThere({ values, at }: Filling, doubles: Float64Array, start: number): boolean {
  const n = values.length;
  for (let k = 0; k < at; k++) if (doubles[start + k] !== values[k]) return false;
  for (let k = at; k < n; k++) if (doubles[start - n + k] !== values[k]) return false;
  return true;
}
