/**
 * Rows on their way from the order of the file (instrument by instrument) to the order of the tape (block by block).
 * They collect in memory as they come; when it is full they are gathered block by block, and neighbours go to the file in one write.
 */
import { writeSync } from 'node:fs';
import type { Places } from './places.ts';

export interface RowLog {
  /** Takes rows [from, to) of the columns, which are of one instrument and stand together in one block. */
  put(columns: readonly Float64Array[], from: number, to: number, place: RowPlace): void;
  /** Writes what is still in memory. */
  flush(): void;
}

/** Where rows go: their block, the first of its rows that they take, whose they are. */
export type RowPlace = { readonly block: number; readonly row: number; readonly instrument: number };

export type RowLogOptions = {
  readonly fd: number;
  readonly places: Places;
  readonly fields: number;
  /** Rows in memory at most. */
  readonly capacity: number;
};

/** A piece of one run: its block, its first row there, its first row in memory, its length. */
type Piece = { readonly block: number; readonly row: number; readonly at: number; count: number };

export function createRowLog({ fd, places, fields, capacity }: RowLogOptions): RowLog {
  const size = Math.max(
    1,
    Math.min(
      capacity,
      places.rows.reduce((sum, n) => sum + n, 0),
    ),
  );
  const memory = Array.from({ length: fields }, () => new Float64Array(size));
  const staging = new Float64Array(places.rows.reduce((most, n) => Math.max(most, n), 0));
  let pieces: Piece[] = [];
  let used = 0;

  const flush = (): void => {
    pieces.sort((a, b) => a.block - b.block || a.row - b.row);
    for (let first = 0; first < pieces.length; ) {
      const { block, row } = pieces[first]!;
      let end = first;
      let next = row;
      for (; end < pieces.length && pieces[end]!.block === block && pieces[end]!.row === next; end++)
        next += pieces[end]!.count;
      for (let f = 0; f < fields; f++) {
        const column = memory[f]!;
        for (let p = first; p < end; p++) {
          const { row: to, at, count } = pieces[p]!;
          copyRows(column, at, staging, to - row, count);
        }
        writeAll(fd, staging.subarray(0, next - row), places.position(block, f, row));
      }
      first = end;
    }
    pieces = [];
    used = 0;
  };
  return {
    put: (columns, from, to, { block, row }) => {
      for (let start = from; start < to; ) {
        if (used === size) flush();
        const count = Math.min(to - start, size - used);
        for (let f = 0; f < fields; f++) copyRows(columns[f]!, start, memory[f]!, used, count);
        const before = pieces.at(-1);
        const first = row + start - from;
        if (before !== undefined && before.block === block && before.row + before.count === first)
          before.count += count;
        else pieces.push({ block, row: first, at: used, count });
        used += count;
        start += count;
      }
    },
    flush,
  };
}

/** Runs are short: a loop is faster than views on both arrays. */
export function copyRows(source: Float64Array, at: number, target: Float64Array, to: number, count: number): void {
  if (count > 512) target.set(source.subarray(at, at + count), to);
  else for (let k = 0; k < count; k++) target[to + k] = source[at + k]!;
}

export function writeAll(fd: number, values: Float64Array | Int32Array | Uint8Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, Math.min(bytes.length - done, 1 << 30), position + done);
}
