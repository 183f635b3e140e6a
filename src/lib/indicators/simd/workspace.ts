/** The memory that routines in WebAssembly work in: a few columns, short enough to stay in the cache, with room before the first row for the rows that came before; behind them, where it is asked for, room for whole columns. */
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
const WORKSPACE = COLUMNS * COLUMN + AFTER;

/** Longest block that fits: one before, one begun, and sums of two lanes over it. */
export const LONGEST_BLOCK = BEFORE / 2;

/** Address in bytes of a row of a column; rows before the first are negative. */
export const addressOf = (column: Column, row = 0): number => 8 * (column * COLUMN + BEFORE + row);

export type Workspace = {
  readonly memory: ColumnMemory;
  /** The columns from their first row on. */
  readonly columns: readonly Float64Array[];
  /** All rows of the output column. */
  readonly whole: Float64Array;
  /** Everything, in doubles: row r of a column is at `addressOf(column, r) / 8`. */
  readonly doubles: Float64Array;
};

/** The most that WebAssembly can address, in doubles. */
const MOST = 2 ** 29;

/** A memory with the workspace at its start, and columns behind it. */
export class ColumnMemory {
  readonly memory: WorkMemory;
  readonly doubles: Float64Array;
  /** Doubles in use: put back to an earlier number, what was given since is given again. */
  used = WORKSPACE;

  /** @param room doubles behind the workspace, as far as they can be had; the system gives pages when they are first written */
  constructor(room: number) {
    this.memory = workMemory(8 * Math.min(MOST, WORKSPACE + room));
    this.doubles = new Float64Array(this.memory.buffer);
    owners.set(this.memory.buffer, this);
  }

  /** The next column, with whatever was last in its place; one outside the memory when there is no more room. */
  column(rows: number): Float64Array {
    const start = this.used;
    if (start + rows > this.doubles.length) return new Float64Array(rows);
    this.used += rows + BEYOND;
    return this.doubles.subarray(start, start + rows);
  }
}

const owners = new WeakMap<ArrayBufferLike, ColumnMemory>();

/** The memory that the output and the first inputs all lie in; undefined when there is none. */
export function memoryOf(
  output: Float64Array,
  inputs: readonly Float64Array[],
  arity: number,
): ColumnMemory | undefined {
  for (let k = 0; k < arity; k++) if (inputs[k]!.buffer !== output.buffer) return undefined;
  return owners.get(output.buffer);
}

let made: Workspace | undefined;

function make(): Workspace {
  const memory = new ColumnMemory(0);
  const { doubles } = memory;
  const columns = Array.from({ length: COLUMNS }, (_, k) => {
    const start = k * COLUMN + BEFORE;
    return doubles.subarray(start, start + ROWS + BEYOND);
  });
  return { memory, columns, whole: columns[OUTPUT]!.subarray(0, ROWS), doubles };
}

/** One for all kernels: between two calls nothing in it is needed. */
export function workspace(): Workspace {
  made ??= make();
  return made;
}

/** Compiles routines when they are first asked for, and links them to a memory: without one to that of the workspace. */
export function compiled<Name extends string>(
  routines: () => Readonly<Record<Name, Routine>>,
): (memory?: ColumnMemory) => Routines<Name> {
  const linked = new WeakMap<ColumnMemory, Routines<Name>>();
  let link: ((memory: WorkMemory) => Routines<Name>) | undefined;
  let last: ColumnMemory | undefined;
  let instance: Routines<Name>;
  return (memory = workspace().memory) => {
    if (memory !== last) {
      link ??= compile(routines());
      instance = linked.get(memory) ?? link(memory.memory);
      linked.set(memory, instance);
      last = memory;
    }
    return instance;
  };
}
