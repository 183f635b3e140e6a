/** Times of instants as runs of equal steps: a day of one-minute bars is three numbers, not 1,440. */
export class Timeline {
  length = 0;
  /** First row, first time and step of each run before the present one. */
  private readonly rows: number[] = [];
  private readonly starts: number[] = [];
  private readonly steps: number[] = [];
  /** The present run. */
  private row = 0;
  private start = Number.NaN;
  private step = 0;

  /** Appends at[from..to). */
  append(at: Float64Array, from: number, to: number): void {
    for (let k = from; k < to; k++) {
      k = this.follow(at, k, to);
      if (k < to) this.begin(at[k]!);
    }
  }

  /** Every time so far, to the bit. */
  column(): Float64Array {
    const column = new Float64Array(this.length);
    const rows = [...this.rows, this.row, this.length];
    const starts = [...this.starts, this.start];
    const steps = [...this.steps, this.step];
    starts.forEach((start, k) => {
      for (let row = rows[k]!, place = 0; row < rows[k + 1]!; row++, place++) column[row] = start + steps[k]! * place;
    });
    return column;
  }

  /** Takes in what goes on in equal steps; returns where it ends. */
  private follow(at: Float64Array, from: number, to: number): number {
    const start = this.start;
    let place = this.length - this.row;
    // The second time of a run sets its step, if the sum then gives that time back.
    const step = place === 1 && start + (at[from]! - start) === at[from] ? at[from]! - start : this.step;
    let k = from;
    for (; k < to && at[k] === start + step * place; k++) place++;
    if (k > from) this.step = step;
    this.length += k - from;
    return k;
  }

  private begin(time: number): void {
    if (this.length > 0) {
      this.rows.push(this.row);
      this.starts.push(this.start);
      this.steps.push(this.step);
    }
    this.row = this.length++;
    this.start = time;
    this.step = 0;
  }
}
