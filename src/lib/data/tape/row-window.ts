/**
 * The log of rows for files whose instruments come in the order of the tape: a window of neighbouring instruments is in memory as it will stand in the file,
 * so that rows are copied once and each block is one write a column.
 */
import type { Places } from './places.ts';
import { copyRows, type RowLog, type RowLogOptions, writeAll } from './row-log.ts';

/** For instruments that never fall from one `put` to the next, each with `capacity` rows at most. */
export function createRowWindow({ fd, places, fields, capacity }: RowLogOptions): RowLog {
  const blocks = places.rows.length;
  const size = Math.min(
    capacity,
    places.rows.reduce((sum, n) => sum + n, 0),
  );
  const memory = Array.from({ length: fields }, () => new Float64Array(size));
  /** Of each block: its first row in the window, and where that is in memory. */
  const firstRow = new Int32Array(blocks);
  const base = new Int32Array(blocks + 1);
  let end = 0;

  const flush = (): void => {
    for (let b = 0; b < blocks; b++)
      if (base[b + 1]! > base[b]!)
        for (let f = 0; f < fields; f++)
          writeAll(fd, memory[f]!.subarray(base[b]!, base[b + 1]!), places.position(b, f, firstRow[b]!));
    base.fill(0);
  };
  const open = (instrument: number): void => {
    flush();
    end = windowEnd(places, instrument, size);
    for (let b = 0; b < blocks; b++) {
      firstRow[b] = places.start(b, instrument);
      base[b + 1] = base[b]! + places.start(b, end) - firstRow[b]!;
    }
  };
  return {
    put: (columns, from, to, { block, row, instrument }) => {
      if (instrument >= end) open(instrument);
      const at = base[block]! + row - firstRow[block]!;
      for (let f = 0; f < fields; f++) copyRows(columns[f]!, from, memory[f]!, at, to - from);
    },
    flush,
  };
}

/** One past the last instrument whose rows fit into memory together with those from `first` on. */
function windowEnd(places: Places, first: number, size: number): number {
  const instruments = places.starts.length / places.rows.length - 1;
  let end = first;
  for (let rows = rowsOf(places, first); end < instruments && rows <= size; rows += rowsOf(places, end)) end++;
  return end;
}

/** Rows of an instrument in all blocks; none past the last instrument. */
function rowsOf(places: Places, instrument: number): number {
  let rows = 0;
  for (let b = 0; b < places.rows.length; b++) rows += places.count(b, instrument);
  return rows;
}
