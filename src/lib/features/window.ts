/** The last rows of one instrument, scaled, and their transform: the one piece of arithmetic behind streams and whole columns. */
import { foldedCosines } from './cosine-table.ts';

export type Scaling = {
  /** Taken off and divided by, channel after channel, `buckets` numbers each. */
  readonly location: Float64Array;
  readonly inverseScale: Float64Array;
  readonly buckets: number;
  readonly bucketSlots: number;
};

export type WindowShape = { readonly channels: number; readonly rows: number; readonly dct: number };

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

/**
 * @param spare rows of room beside the window: its rows lie in one stretch of memory and move to its start when the end is
 * reached, once in `spare + 1` rows
 */
export function createRowWindow({ channels, rows, dct }: WindowShape, scaling: Scaling, spare = rows): RowWindow {
  const capacity = rows + spare;
  const scaled = new Float64Array(channels * capacity);
  const weights = foldedCosines(rows, dct);
  const half = Math.ceil(rows / 2);
  const sums = new Float64Array(half);
  const differences = new Float64Array(half);
  const { location, inverseScale, buckets, bucketSlots } = scaling;
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
      for (let c = 0; c < channels; c++) {
        const x = values[c]!;
        if (x - x !== 0) return false;
      }
      if (end === capacity) makeRoom();
      const bucket = Math.floor(slot / bucketSlots);
      for (let c = 0; c < channels; c++) {
        const at = c * buckets + bucket;
        scaled[c * capacity + end] = (values[c]! - location[at]!) * inverseScale[at]!;
      }
      end++;
      if (filled < rows) filled++;
      return filled === rows;
    },
    transform: (out) => {
      for (let c = 0; c < channels; c++) {
        const first = c * capacity + end - rows;
        const last = first + rows - 1;
        for (let n = 0; n < half; n++) {
          const left = scaled[first + n]!;
          const right = scaled[last - n]!;
          sums[n] = left + right;
          differences[n] = left - right;
        }
        for (let k = 0; k < dct; k++) {
          const folded = (k & 1) === 0 ? sums : differences;
          let sum = 0;
          for (let n = 0, w = k * half; n < half; n++, w++) sum += weights[w]! * folded[n]!;
          out[c * dct + k] = sum;
        }
      }
    },
    clear: () => {
      filled = 0;
    },
  };
}
