/** Growing columns that parsed rows are written to. */
import { createColumn } from '../column-memory.ts';

export type RowSink = {
  rows: number;
  capacity: number;
  time: Float64Array;
  /** Price and volume columns, or the closes of each instrument of a wide file. */
  numbers: Float64Array[];
  /** Symbol codes, empty without a symbol column. */
  codes: Int32Array;
  /** Line of each row in the file, from 1. */
  lines: Int32Array;
};

export function createRowSink(capacity: number, numbers: number, coded: boolean): RowSink {
  return {
    rows: 0,
    capacity,
    time: createColumn(capacity),
    numbers: Array.from({ length: numbers }, () => createColumn(capacity)),
    codes: new Int32Array(coded ? capacity : 0),
    lines: new Int32Array(capacity),
  };
}

/** Makes room for half as many rows again. */
export function grow(sink: RowSink): void {
  const capacity = Math.ceil(sink.capacity * 1.5) + 1024;
  sink.capacity = capacity;
  const larger = (column: Float64Array): Float64Array => {
    const copy = createColumn(capacity);
    copy.set(column);
    return copy;
  };
  sink.time = larger(sink.time);
  sink.numbers = sink.numbers.map(larger);
  sink.lines = moreIntegers(sink.lines, capacity);
  if (sink.codes.length > 0) sink.codes = moreIntegers(sink.codes, capacity);
}

function moreIntegers(values: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length);
  copy.set(values);
  return copy;
}
