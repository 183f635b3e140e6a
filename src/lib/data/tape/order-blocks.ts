/** The last part of a tape: the orders of the blocks whose instruments differ in their times, and the index. */
import { completionTimes, orderRows } from '../../frame/index.ts';
import type { Timeframe } from '../../model/index.ts';
import type { Places } from './places.ts';
import { alignedOrder } from './read-tape.ts';
import { writeAll } from './row-log.ts';
import { align, encodeIndex, readExactly, TAPE_VERSION, type TapeIndex } from './tape-format.ts';

type Blocks = TapeIndex['blocks'];

/** Blocks of instruments with the same times: their order follows from the counts. */
export function gridBlocks(grid: Float64Array, places: Places, instruments: number): Blocks {
  let instant = 0;
  return Array.from(places.rows, (rows, b) => {
    const first = grid[instant]!;
    instant += rows / instruments;
    return { offset: places.offsets[b]!, rows, order: -1, first, last: grid[instant - 1]! };
  });
}

/** Reads the times of each block back, and writes its order behind the blocks unless it follows from the counts. @returns the blocks and where the orders end */
export function orderBlocks(fd: number, places: Places, timeframe: Timeframe): { blocks: Blocks; end: number } {
  const width = places.starts.length / places.rows.length;
  const capacity = places.rows.reduce((most, n) => Math.max(most, n), 0);
  const time = new Float64Array(capacity);
  const at = new Float64Array(capacity);
  const keys = new Float64Array(capacity);
  const order = new Int32Array(capacity);
  const expected = new Int32Array(capacity);
  const instrument = new Int32Array(capacity);
  const blocks: Blocks = [];
  let end = places.end;
  for (let b = 0; b < places.rows.length; b++) {
    const rows = places.rows[b]!;
    const starts = places.starts.subarray(b * width, (b + 1) * width);
    readExactly(fd, new Uint8Array(time.buffer, 0, rows * 8), places.offsets[b]!);
    for (let i = 0; i + 1 < width; i++) instrument.fill(i, starts[i]!, starts[i + 1]!);
    completionTimes(timeframe, time, at, 0, rows);
    orderRows(order, at, instrument, starts, rows, keys);
    const aligned = isAligned(order, expected, starts, rows);
    const first = time[order[0]!]!;
    blocks.push({ offset: places.offsets[b]!, rows, order: aligned ? -1 : end, first, last: time[order[rows - 1]!]! });
    if (aligned) continue;
    writeAll(fd, order.subarray(0, rows), end);
    end += align(rows * 4);
  }
  return { blocks, end };
}

/** Writes starts and index; the tape is whole after this. */
export function writeIndex(
  fd: number,
  index: Omit<TapeIndex, 'version' | 'starts'>,
  starts: Int32Array,
  end: number,
): void {
  writeAll(fd, starts, end);
  const after = end + align(starts.byteLength);
  writeAll(fd, encodeIndex({ ...index, version: TAPE_VERSION, starts: end }, after), after);
}

function isAligned(order: Int32Array, expected: Int32Array, starts: Int32Array, rows: number): boolean {
  for (let i = 1; i + 1 < starts.length; i++) if (starts[i + 1]! - starts[i]! !== starts[1]!) return false;
  alignedOrder(expected, starts, rows);
  for (let k = 0; k < rows; k++) if (order[k] !== expected[k]) return false;
  return true;
}
