/** Scans a column stretch by stretch in the workspace, so that a kernel's fast form only ever sees complete rows. */
import type { StateScan } from '../kernel.ts';
import { advance, f64, f64x2, get, i32, loop, routine, set } from './assembler.ts';
import { addressOf, type Column, type ColumnMemory, compiled, memoryOf, OUTPUT, ROWS, workspace } from './workspace.ts';

/** Below this many rows the copies cost more than they save. */
export const SHORT = 64;

/** Sum of rows of a column, in pairs: NaN or infinite when one of them is. */
const sums = compiled(() => ({
  sum: routine(
    'sum',
    ({ parameter, local }) => {
      const at = parameter('i32');
      const end = parameter('i32');
      const parts = [0, 1, 2, 3].map(() => local('f64x2'));
      const [a, b, c, d] = parts.map(get) as [number[], number[], number[], number[]];
      const all = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
      return [
        ...loop(
          i32.less(get(at), get(end)),
          ...parts.map((part, k) => set(part, f64x2.add(get(part), f64x2.load(get(at), 16 * k)))),
          advance(at, 64),
        ),
        ...f64.add(f64x2.lane(all, 0), f64x2.lane(all, 1)),
      ];
    },
    'f64',
  ),
}));

/** Whether all of the first rows of a column are finite, and so is their sum. */
export function isComplete(column: Column, rows: number): boolean {
  workspace().columns[column]!.fill(0, rows, rows + 8);
  const sum = sums().sum(addressOf(column), addressOf(column, rows));
  return sum - sum === 0;
}

const places = new Int32Array(ROWS);

/** Complete rows move together; returns how many, with `places` telling where each stood. */
function pack(columns: readonly Float64Array[], rows: number): number {
  let count = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (const column of columns) sum += column[i]! - column[i]!;
    if (sum !== 0) continue;
    for (const column of columns) column[count] = column[i]!;
    places[count++] = i;
  }
  return count;
}

/** Rows where a kernel's fast form works: whole columns that lie in a memory, or those of the workspace. */
export type Site = {
  readonly memory: ColumnMemory;
  /** Addresses of the first row of each input and of the output. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly rows: number;
  /** Rows of the same columns before the first; Infinity in the workspace, where anything before and behind may be overwritten. */
  readonly before: number;
};

/**
 * The kernel's fast form: reads the inputs and writes the output. Returns how many rows it did, in the workspace all of them; 0,
 * with state and inputs as before, where an input is missing or a sum overflows.
 */
export type Run<S> = (state: S, site: Site) => number;

const inWorkspace = (arity: number, rows: number): Site => ({
  memory: workspace().memory,
  inputs: [addressOf(0), addressOf(1), addressOf(2)].slice(0, arity),
  output: addressOf(OUTPUT),
  rows,
  before: Number.POSITIVE_INFINITY,
});

/**
 * A scan that works in place where all columns lie in one memory, and else brings stretches of rows into the workspace and
 * results out of it; a few rows are left to `stepped`.
 */
export function stretchScan<S>(arity: 1 | 2 | 3, stepped: StateScan<S>, run: Run<S>): StateScan<S> {
  const copied: StateScan<S> = (state, inputs, output, from, to) => {
    const { columns, whole } = workspace();
    const result = columns[OUTPUT]!;
    for (let start = from; start < to; ) {
      const end = Math.min(to, start + ROWS);
      const rows = end - start;
      for (let k = 0; k < arity; k++) {
        const input = inputs[k]!;
        columns[k]!.set(rows === input.length ? input : input.subarray(start, end));
      }
      if (run(state, inWorkspace(arity, rows)) > 0) output.set(rows === ROWS ? whole : result.subarray(0, rows), start);
      else {
        const inputRows = columns.slice(0, arity);
        const count = pack(inputRows, rows);
        if (count === 0 || run(state, inWorkspace(arity, count)) === 0) stepped(state, inputRows, result, 0, count);
        output.fill(Number.NaN, start, end);
        for (let i = 0; i < count; i++) output[start + places[i]!] = result[i]!;
      }
      start = end;
    }
  };
  return (state, inputs, output, from, to) => {
    let start = from;
    const memory = to - from < SHORT ? undefined : memoryOf(output, inputs, arity);
    if (memory !== undefined) {
      const at = (column: Float64Array): number => column.byteOffset + 8 * from;
      start += run(state, { memory, inputs: inputs.map(at), output: at(output), rows: to - from, before: from });
    }
    if (to - start < SHORT) stepped(state, inputs, output, start, to);
    else copied(state, inputs, output, start, to);
  };
}
