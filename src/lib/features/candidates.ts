/** Windows that stand out, found causally: a peak of surprise is known a few rows after it, never before. */
import type { FeatureModel } from './feature-model.ts';
import { featureStream, type StreamOptions } from './stream.ts';

export interface CandidateStream {
  /** Takes the next row; true when it reveals that an earlier window was a peak of surprise. */
  push(values: ArrayLike<number>, slot: number, day: number): boolean;
  /** Embedding of that peak, overwritten by the next one. */
  readonly vector: Float64Array;
  /** That peak's window after whitening, overwritten likewise. */
  readonly whitened: Float64Array;
  /** Surprise of the window that ends with the latest row; NaN where it has none. */
  readonly surprise: number;
  /** Surprise of that peak. */
  readonly peakSurprise: number;
  /** Rows pushed since the row that ended its window. */
  readonly peakAge: number;
}

/** @throws SigmaError usage/unknown-instrument as `featureStream` */
export function candidateStream(model: FeatureModel, options: StreamOptions = {}): CandidateStream {
  const stream = featureStream(model, options);
  const { threshold, before, after } = model.peaks;
  const size = stream.whitened.length;
  const length = before + 1 + after;
  // Rings by number of the row among those with a surprise since the last reset.
  const surprises = new Float64Array(length);
  const pushedAt = new Int32Array(length);
  const recent = Array.from({ length: after + 1 }, () => new Float64Array(size));
  const vector = new Float64Array(model.pca.components.length);
  const whitened = new Float64Array(size);
  const peak = Float64Array.of(Number.NaN);
  const resets = model.window === 'session';
  let seen = 0;
  let pushed = 0;
  let peakAt = 0;
  let today = Number.NaN;

  const isPeak = (row: number): boolean => {
    const height = surprises[row % length]!;
    if (!(height >= threshold)) return false;
    for (let r = Math.max(0, row - before); r < row; r++) if (!(height > surprises[r % length]!)) return false;
    for (let r = row + 1; r <= row + after; r++) if (!(height >= surprises[r % length]!)) return false;
    return true;
  };

  return {
    push: (values, slot, day) => {
      pushed++;
      if (day !== today) {
        today = day;
        if (resets) seen = 0;
      }
      if (!stream.push(values, slot, day)) return false;
      surprises[seen % length] = stream.surprise;
      pushedAt[seen % length] = pushed;
      recent[seen % recent.length]!.set(stream.whitened);
      const row = seen - after;
      seen++;
      if (row < 0 || !isPeak(row)) return false;
      whitened.set(recent[row % recent.length]!);
      stream.embed(whitened, vector);
      peak[0] = surprises[row % length]!;
      peakAt = pushedAt[row % length]!;
      return true;
    },
    vector,
    whitened,
    get surprise() {
      return stream.surprise;
    },
    get peakSurprise() {
      return peak[0]!;
    },
    get peakAge() {
      return pushed - peakAt;
    },
  };
}
