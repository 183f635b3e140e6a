/** At which rows of successive windows periods end. */

export class PeriodEnds {
  private readonly ends: Float64Array;
  private next = 0;

  /** @param ends times in ascending order, each that of some row */
  constructor(ends: Float64Array) {
    this.ends = ends;
  }

  /** Writes the rows of [0, rows) at which a period ends into `out`. Returns how many there are. */
  find(at: Float64Array, rows: number, out: Int32Array): number {
    const { ends } = this;
    let found = 0;
    let row = 0;
    while (row < rows && this.next < ends.length) {
      row = rowAt(at, row, rows, ends[this.next]!);
      if (row === rows) break;
      out[found++] = row++;
      this.next++;
    }
    return found;
  }
}

/** First row of [from, to) that is no earlier than a time, by steps that double and then halve. */
function rowAt(at: Float64Array, from: number, to: number, time: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < to && at[high]! < time) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > to) high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
