/** Where signals have no value yet, or not any more. */

export type MissingSignals = {
  /** The first row, counted from the start of the window, from which every signal has had a value. */
  readonly before: number;
  /** No signal is missing after it. */
  readonly complete: boolean;
};

/** Rows [from, to) of a column. */
export function missingOf(column: Float64Array, from: number, to: number): MissingSignals {
  let first = from;
  while (first < to && Number.isNaN(column[first]!)) first++;
  return { before: first - from, complete: isComplete(column, first, to) };
}

function isComplete(column: Float64Array, from: number, to: number): boolean {
  let k = from;
  for (; k + 4 <= to; k += 4) {
    // The sum of four is no number where one of them is none, and maybe where two are infinite.
    const sum = column[k]! + column[k + 1]! + (column[k + 2]! + column[k + 3]!);
    if (sum !== sum && !areNumbers(column, k, k + 4)) return false;
  }
  return areNumbers(column, k, to);
}

function areNumbers(column: Float64Array, from: number, to: number): boolean {
  for (let k = from; k < to; k++) if (column[k] !== column[k]) return false;
  return true;
}

/** Of several columns together. */
export function together(columns: readonly MissingSignals[]): MissingSignals {
  let before = 0;
  let complete = true;
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k]!;
    if (column.before > before) before = column.before;
    if (!column.complete) complete = false;
  }
  return { before, complete };
}
