/** The memory that routines in WebAssembly work in: a few columns, short enough to stay in the cache, with room before the first row for the rows that came before. */
import { assemble, type Routine } from './assembler.ts';

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

/** What we use of the language's own WebAssembly, which the type library only has among those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly work: { readonly memory: object } },
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
};

const PAGE = 65536;
type Made = { readonly memory: object; readonly workspace: Workspace };
let made: Made | undefined;

function make(): Made {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * (COLUMNS * COLUMN + AFTER)) / PAGE) });
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
export function compiled<Name extends string>(
  routines: () => Readonly<Record<Name, Routine>>,
): () => Readonly<Record<Name, (...args: number[]) => number>> {
  let instance: Readonly<Record<string, (...args: number[]) => number>> | undefined;
  return () => {
    if (instance === undefined) {
      made ??= make();
      const module = new WebAssembly.Module(assemble(Object.values<Routine>(routines())));
      instance = new WebAssembly.Instance(module, { work: { memory: made.memory } }).exports;
    }
    return instance as Readonly<Record<Name, (...args: number[]) => number>>;
  };
}
