/** Rows of plain cells in one go, from bytes to the columns of a sink, as long as they last. */
import { compile, workMemory } from '../../core/index.ts';
import { fillTables, plainRowRoutine, type RowMemory } from './plain-row-code.ts';
import type { RowPlan } from './row-plan.ts';
import { grow, type RowSink } from './row-sink.ts';

const NEWLINE = 10;
/** Bytes and rows worked on at once: few enough to stay in the cache. */
const WINDOW = 1 << 16;
const ROWS = 1024;
/** Bytes that are read beyond the text. */
const BEYOND = 64;

export interface PlainRows {
  /** Takes in whole lines of [from, to). @returns where those that fit end: `from` when not even one does */
  take(bytes: Uint8Array, from: number, to: number): number;
  /**
   * Reads what was taken in from `at` into the sink, up to the first row that is not plain.
   * @param line the number of the line there
   * @returns where it stopped, and the number of the line there
   */
  read(at: number, line: number): { readonly at: number; readonly line: number };
}

/** Rows with times in [from, to) are kept. Nothing for a plan with cells that are never plain. */
export function createPlainRows(
  plan: RowPlan,
  sink: RowSink,
  range: { readonly from: number; readonly to: number },
): PlainRows | undefined {
  const { memory: layout, textAt } = layoutOf(1 + plan.fields.length);
  const routine = plainRowRoutine(plan, layout);
  if (routine === undefined) return undefined;
  const memory = workMemory(textAt + WINDOW + BEYOND);
  const { buffer } = memory;
  fillTables(layout, buffer);
  const { rows } = compile({ rows: routine })(memory);
  const text = new Uint8Array(buffer, textAt, WINDOW);
  const counts = new Int32Array(buffer, layout.counts, 2);
  const lines = new Int32Array(buffer, layout.lines, ROWS);
  const columns = Array.from(
    { length: 1 + plan.fields.length },
    (_, k) => new Float64Array(buffer, layout.columns + 8 * ROWS * k, ROWS),
  );
  const keep = (count: number): void => {
    while (sink.rows + count > sink.capacity) grow(sink);
    sink.lines.set(lines.subarray(0, count), sink.rows);
    sink.time.set(columns[0]!.subarray(0, count), sink.rows);
    for (const [k, column] of sink.numbers.entries()) column.set(columns[k + 1]!.subarray(0, count), sink.rows);
    sink.rows += count;
  };
  let start = 0;
  let end = 0;
  return {
    take: (bytes, from, to) => {
      start = from;
      end = from + WINDOW >= to ? to : Math.max(from, bytes.lastIndexOf(NEWLINE, from + WINDOW - 1) + 1);
      text.set(bytes.subarray(start, end));
      return end;
    },
    read: (at, line) => {
      const stop = textAt + end - start;
      let p = textAt + at - start;
      for (let count = ROWS; p < stop && count === ROWS; ) {
        p = rows(p, stop, line, range.from, range.to);
        [count, line] = [counts[0]!, counts[1]!];
        if (count > 0) keep(count);
      }
      return { at: start + p - textAt, line };
    },
  };
}

function layoutOf(columns: number): { readonly memory: RowMemory; readonly textAt: number } {
  const arrangements = 0;
  const powers = arrangements + 16 * 17 * 17;
  const counts = powers + 8 * 17 + 8;
  const lines = counts + 16;
  const start = lines + 4 * ROWS;
  return {
    memory: { rows: ROWS, arrangements, powers, counts, lines, columns: start },
    textAt: start + 8 * ROWS * columns,
  };
}
