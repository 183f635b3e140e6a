/** Puts values in order and tells where each stood. */

/**
 * The language sorts plain numbers many times faster than anything by a comparison of ours. So each number carries its
 * place in its last bits, and an insertion sort by the whole numbers, which then has next to nothing to do, follows.
 */
export class Ranking {
  /** Places of the values from the smallest on. */
  readonly order: Int32Array;
  private readonly keys: Float64Array;
  /** The lower half of each key, then the upper. */
  private readonly halves: Uint32Array;

  constructor(capacity: number) {
    this.order = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
    this.halves = new Uint32Array(this.keys.buffer);
  }

  /** Orders the first n values; none is NaN. */
  sort(values: Float64Array, n: number): void {
    this.roughly(values, n);
    const { order } = this;
    for (let k = 1; k < n; k++) {
      const place = order[k]!;
      const value = values[place]!;
      let at = k;
      for (; at > 0 && values[order[at - 1]!]! > value; at--) order[at] = order[at - 1]!;
      order[at] = place;
    }
  }

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
