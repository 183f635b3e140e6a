/** The last rows of one instrument, scaled, and their transform: the arithmetic of streams, which `window-code.ts` does for four windows at once. */
import { foldedCosines } from './cosine-table.ts';
import type { WindowShape } from './window-code.ts';

export type Scaling = {
  /** Taken off and divided by, channel after channel, `buckets` numbers each. */
  readonly location: Float64Array;
  readonly inverseScale: Float64Array;
  readonly buckets: number;
  readonly bucketSlots: number;
};

export interface RowWindow {
  /**
   * Takes a row in. False when the window is not full, or when a value is missing or infinite: such a row is passed over and
   * the window stays as it was.
   */
  push(values: ArrayLike<number>, slot: number): boolean;
  /** Writes channels x dct coefficients of the rows in the window. */
  transform(out: Float64Array): void;
  /** Forgets all rows. */
  clear(): void;
}

/** Bucket of each slot. */
export function bucketTable({ buckets, bucketSlots }: Scaling): Int32Array {
  return Int32Array.from({ length: buckets * bucketSlots }, (_, slot) => Math.floor(slot / bucketSlots));
}

/**
 * @param spare rows of room beside the window: its rows lie in one stretch of memory and move to its start when the end is
 * reached, once in `spare + 1` rows
 */
export function createRowWindow({ channels, rows, dct }: WindowShape, scaling: Scaling, spare = rows): RowWindow {
  const capacity = rows + spare;
  const scaled = new Float64Array(channels * capacity);
  const weights = foldedCosines(rows, dct);
  const half = Math.ceil(rows / 2);
  const { location, inverseScale, buckets } = scaling;
  const bucketOf = bucketTable(scaling);
  let end = 0;
  let filled = 0;

  const makeRoom = (): void => {
    for (let c = 0; c < channels; c++) {
      const base = c * capacity;
      scaled.copyWithin(base, base + end - rows + 1, base + end);
    }
    end = rows - 1;
  };

  return {
    push: (values, slot) => {
      if (end === capacity) makeRoom();
      let at = bucketOf[slot]!;
      let place = end;
      for (let c = 0; c < channels; c++) {
        const x = values[c]!;
        // A value that is missing or infinite: the row is passed over; what was written is overwritten by the next.
        if (x - x !== 0) return false;
        scaled[place] = (x - location[at]!) * inverseScale[at]!;
        place += capacity;
        at += buckets;
      }
      end++;
      if (filled < rows) filled++;
      return filled === rows;
    },
    transform: (out) => {
      for (let c = 0; c < channels; c++) {
        const first = c * capacity + end - rows;
        const last = first + rows - 1;
        // An even and an odd coefficient side by side: two chains of additions that do not wait for each other.
        for (let k = 0, w = 0; k < dct; k += 2) {
          let even = 0;
          let odd = 0;
          for (let n = 0; n < half; n++, w += 2) {
            const left = scaled[first + n]!;
            const right = scaled[last - n]!;
            even += weights[w]! * (left + right);
            odd += weights[w + 1]! * (left - right);
          }
          out[c * dct + k] = even;
          if (k + 1 < dct) out[c * dct + k + 1] = odd;
        }
      }
    },
    clear: () => {
      filled = 0;
    },
  };
}
