/** Where signals have no value yet, or not any more. */

export type MissingSignals = {
  /** The first row, counted from the start of the window, from which every signal has had a value. */
  readonly before: number;
  /** No signal is missing after it. */
  readonly complete: boolean;
};

/** No value of rows [from, to) is missing. */
export function isComplete(column: Float64Array, from: number, to: number): boolean {
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
