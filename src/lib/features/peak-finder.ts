/** Peaks of surprise, found causally: a peak is known a few rows after it, never before. */
import type { FeatureModel } from './feature-model.ts';
import { projection } from './projection.ts';

export interface PeakFinder {
  /** Takes the next row that has a surprise, by its number; true when it reveals that an earlier window was a peak of surprise. */
  push(row: number, surprise: number, whitened: Float64Array): boolean;
  /** Forgets all rows. */
  reset(): void;
  /** Embedding of that peak, overwritten by the next one. */
  readonly vector: Float64Array;
  /** That peak's window after whitening, overwritten likewise. */
  readonly whitened: Float64Array;
  /** Surprise of that peak. */
  readonly peakSurprise: number;
  /** Number of the row that ended its window. */
  readonly peakRow: number;
}

export function peakFinder(model: FeatureModel): PeakFinder {
  const { threshold, before, after } = model.peaks;
  const size = model.whitening.mean.length;
  const length = before + 1 + after;
  const embed = projection(model);
  // Rings by number of the row among those since the last reset.
  const surprises = new Float64Array(length);
  const rows = new Int32Array(length);
  const recent = Array.from({ length: after + 1 }, () => new Float64Array(size));
  const vector = new Float64Array(model.pca.components.length);
  const whitened = new Float64Array(size);
  const peak = Float64Array.of(Number.NaN);
  let seen = 0;
  let peakRow = 0;

  const isPeak = (row: number): boolean => {
    const height = surprises[row % length]!;
    if (!(height >= threshold)) return false;
    for (let r = Math.max(0, row - before); r < row; r++) if (!(height > surprises[r % length]!)) return false;
    for (let r = row + 1; r <= row + after; r++) if (!(height >= surprises[r % length]!)) return false;
    return true;
  };

  return {
    push: (row, surprise, window) => {
      surprises[seen % length] = surprise;
      rows[seen % length] = row;
      recent[seen % recent.length]!.set(window);
      const asked = seen - after;
      seen++;
      if (asked < 0 || !isPeak(asked)) return false;
      whitened.set(recent[asked % recent.length]!);
      embed(whitened, vector);
      peak[0] = surprises[asked % length]!;
      peakRow = rows[asked % length]!;
      return true;
    },
    reset: () => {
      seen = 0;
    },
    vector,
    whitened,
    get peakSurprise() {
      return peak[0]!;
    },
    get peakRow() {
      return peakRow;
    },
  };
}
