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
  let complete = true;
  for (let k = first; k < to && complete; k++) if (column[k] !== column[k]) complete = false;
  return { before: first - from, complete };
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
