/** Puts values in order and tells where each stood. */

/** Comparisons that an insertion sort of what was put into compartments may take, in numbers of values. */
const CROWDED = 8;

/**
 * Each value goes into one of many compartments between the smallest and the largest, and an insertion sort, which then has
 * next to nothing to do, follows. Where most values crowd in a few compartments they are sorted roughly before it instead.
 */
export class Ranking {
  /** Places of the values from the smallest on. */
  readonly order: Int32Array;
  private readonly keys: Float64Array;
  /** The lower half of each key, then the upper. */
  private readonly halves: Uint32Array;
  /** Where the values of a compartment begin in the order; which of them a value is in. */
  private readonly starts: Int32Array;
  private readonly compartment: Int32Array;

  constructor(capacity: number) {
    this.order = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
    this.halves = new Uint32Array(this.keys.buffer);
    this.starts = new Int32Array(2 * capacity);
    this.compartment = new Int32Array(capacity);
  }

  /** Orders the first n values; none is NaN. */
  sort(values: Float64Array, n: number): void {
    if (!this.distribute(values, n)) this.roughly(values, n);
    const { order } = this;
    for (let k = 1; k < n; k++) {
      const place = order[k]!;
      const value = values[place]!;
      let at = k;
      for (; at > 0 && values[order[at - 1]!]! > value; at--) order[at] = order[at - 1]!;
      order[at] = place;
    }
  }

  /** False where they crowd. */
  private distribute(values: Float64Array, n: number): boolean {
    const { order, starts, compartment } = this;
    const count = 2 * n;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      const value = values[k]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const scale = (count - 1) / (most - least);
    starts.fill(0, 0, count);
    for (let k = 0; k < n; k++) {
      // Without a range, or with one that is infinite, all are in the first.
      const c = ((values[k]! - least) * scale) | 0;
      compartment[k] = c;
      starts[c]!++;
    }
    let next = 0;
    let comparisons = 0;
    for (let c = 0; c < count; c++) {
      const held = starts[c]!;
      comparisons += held * held;
      starts[c] = next;
      next += held;
    }
    if (comparisons > CROWDED * n) return false;
    for (let k = 0; k < n; k++) order[starts[compartment[k]!]!++] = k;
    return true;
  }

  /**
   * The language sorts plain numbers many times faster than anything by a comparison of ours. So each number carries its
   * place in its last bits.
   */
  private roughly(values: Float64Array, n: number): void {
    const { order, keys, halves } = this;
    const mask = 2 ** (32 - Math.clz32(n)) - 1;
    for (let k = 0; k < n; k++) {
      const value = values[k]!;
      // An infinity with more bits set would be no number any more.
      keys[k] =
        value === Number.POSITIVE_INFINITY
          ? Number.MAX_VALUE
          : value === Number.NEGATIVE_INFINITY
            ? -Number.MAX_VALUE
            : value;
      halves[2 * k] = ((halves[2 * k]! & ~mask) | k) >>> 0;
    }
    keys.subarray(0, n).sort();
    for (let k = 0; k < n; k++) order[k] = halves[2 * k]! & mask;
  }
}
