/** A tape as blocks: one read a block into memory that is used again. */
import { closeSync, openSync } from 'node:fs';
import { completionTimes } from '../../frame/index.ts';
import type { BarField, Block, Timeframe } from '../../model/index.ts';
import { align, blockBytes, readExactly, type Tape, type TapeField } from './tape-format.ts';

/** All blocks, or those in [from, to) of the index. A block is valid until the next is asked for. */
export function* tapeBlocks(
  path: string,
  tape: Tape,
  timeframe: Timeframe,
  from = 0,
  to = tape.index.blocks.length,
): Iterable<Block> {
  const { index, starts } = tape;
  const width = index.symbols.length + 1;
  const capacity = index.blocks.reduce((most, b) => Math.max(most, b.rows), 0);
  const bytes = new Uint8Array(blockBytes(capacity, index.fields.length));
  const at = new Float64Array(capacity);
  const shape = createShape(capacity);
  const noVolume = index.fields.includes('volume') ? undefined : new Float64Array(capacity).fill(Number.NaN);
  const fd = openSync(path, 'r');
  try {
    for (let b = from; b < to; b++) {
      const { offset, rows, order } = index.blocks[b]!;
      const span = align(rows * 8);
      readExactly(fd, bytes.subarray(0, span * index.fields.length), offset);
      const column = (field: TapeField): Float64Array =>
        new Float64Array(bytes.buffer, span * index.fields.indexOf(field), rows);
      const price = (field: BarField): Float64Array => column(index.fields.includes(field) ? field : 'close');
      const time = column('time');
      completionTimes(timeframe, time, at, 0, rows);
      const runs = starts.subarray(b * width, (b + 1) * width);
      shape.use(runs, rows, order < 0);
      if (order >= 0) readExactly(fd, new Uint8Array(shape.order.buffer, 0, rows * 4), order);
      yield {
        rows,
        time,
        open: price('open'),
        high: price('high'),
        low: price('low'),
        close: column('close'),
        volume: noVolume?.subarray(0, rows) ?? column('volume'),
        at: at.subarray(0, rows),
        instrument: shape.instrument.subarray(0, rows),
        starts: runs,
        order: shape.order.subarray(0, rows),
      };
    }
  } finally {
    closeSync(fd);
  }
}

/** Instrument and order of the rows, which stay as they are from block to block while the runs have the same lengths. */
function createShape(capacity: number) {
  const instrument = new Int32Array(capacity);
  const order = new Int32Array(capacity);
  let known: Int32Array | undefined;
  let ordered = false;
  return {
    instrument,
    order,
    use: (runs: Int32Array, rows: number, aligned: boolean): void => {
      const same = known !== undefined && equal(known, runs);
      if (!same) for (let i = 0; i + 1 < runs.length; i++) instrument.fill(i, runs[i]!, runs[i + 1]!);
      if (aligned && !(same && ordered)) alignedOrder(order, runs, rows);
      known = runs;
      ordered = aligned;
    },
  };
}

/** The order of runs of equal length with equal times: instant by instant. */
export function alignedOrder(order: Int32Array, runs: Int32Array, rows: number): void {
  const instruments = runs.length - 1;
  const length = rows / instruments;
  for (let t = 0, k = 0; t < length; t++) for (let i = 0; i < instruments; i++) order[k++] = runs[i]! + t;
}

function equal(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
