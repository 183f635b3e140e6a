/** Where each run of rows stands in the file of a tape. */
import { align, blockBytes } from './tape-format.ts';

export interface Places {
  /** Rows of each block. */
  readonly rows: Int32Array;
  /** Where each block begins, bytes. */
  readonly offsets: Float64Array;
  /** First row of each instrument in its block, and one more for the end: instruments + 1 integers a block. */
  readonly starts: Int32Array;
  /** End of the last block, bytes. */
  readonly end: number;
  start(block: number, instrument: number): number;
  count(block: number, instrument: number): number;
  /** Byte of a row of a block in a column. */
  position(block: number, field: number, row: number): number;
}

/** @param counts rows of instrument i in block b at [b * instruments + i] */
export function layOut(counts: Int32Array, instruments: number, fields: number): Places {
  const blocks = counts.length / instruments;
  const width = instruments + 1;
  const offsets = new Float64Array(blocks);
  const rows = new Int32Array(blocks);
  const starts = new Int32Array(blocks * width);
  let end = 0;
  for (let b = 0; b < blocks; b++) {
    let sum = 0;
    for (let i = 0; i < instruments; i++) {
      sum += counts[b * instruments + i]!;
      starts[b * width + i + 1] = sum;
    }
    offsets[b] = end;
    rows[b] = sum;
    end += blockBytes(sum, fields);
  }
  return {
    rows,
    offsets,
    starts,
    end,
    start: (b, i) => starts[b * width + i]!,
    count: (b, i) => counts[b * instruments + i]!,
    position: (b, field, row) => offsets[b]! + field * align(rows[b]! * 8) + row * 8,
  };
}
