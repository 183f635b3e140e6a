/** The memory that routines in WebAssembly work in: a few columns, short enough to stay in the cache, with room before the first row for the rows that came before. */
import { compile, type Routines, type WorkMemory, workMemory } from '../../core/index.ts';
import type { Routine } from './assembler.ts';

/** Rows worked on at once. */
export const ROWS = 4096;
/** Rows of room before the first, for what is left of windows that began earlier. */
const BEFORE = 8192;
/** Rows after the last that the last turn of a loop may touch; whole blocks run on into the room before the next column. */
const BEYOND = 16;
const COLUMN = BEFORE + ROWS + BEYOND;

/** Columns of the workspace: up to three inputs, the output, and one for what a routine keeps to itself. */
export type Column = 0 | 1 | 2 | 3 | 4;
export const OUTPUT: Column = 3;
export const SCRATCH: Column = 4;
const COLUMNS = 5;
/** Doubles of scratch beyond those of a column. */
const AFTER = 16384;

/** Longest block that fits: one before, one begun, and sums of two lanes over it. */
export const LONGEST_BLOCK = BEFORE / 2;

/** Address in bytes of a row of a column; rows before the first are negative. */
export const addressOf = (column: Column, row = 0): number => 8 * (column * COLUMN + BEFORE + row);

export type Workspace = {
  /** The columns from their first row on. */
  readonly columns: readonly Float64Array[];
  /** All rows of the output column. */
  readonly whole: Float64Array;
  /** Everything, in doubles: row r of a column is at `addressOf(column, r) / 8`. */
  readonly doubles: Float64Array;
};

type Made = { readonly memory: WorkMemory; readonly workspace: Workspace };
let made: Made | undefined;

function make(): Made {
  const memory = workMemory(8 * (COLUMNS * COLUMN + AFTER));
  const columns = Array.from({ length: COLUMNS }, (_, k) => {
    return new Float64Array(memory.buffer, 8 * (k * COLUMN + BEFORE), ROWS + BEYOND);
  });
  const whole = columns[OUTPUT]!.subarray(0, ROWS);
  return { memory, workspace: { columns, whole, doubles: new Float64Array(memory.buffer) } };
}

/** One for all kernels: between two calls nothing in it is needed. */
export function workspace(): Workspace {
  made ??= make();
  return made.workspace;
}

/** Compiles routines when they are first asked for. */
export function compiled<Name extends string>(routines: () => Readonly<Record<Name, Routine>>): () => Routines<Name> {
  let linked: Routines<Name> | undefined;
  return () => {
    if (linked === undefined) {
      made ??= make();
      linked = compile(routines())(made.memory);
    }
    return linked;
  };
}
