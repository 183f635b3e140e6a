/** Windows that stand out, found causally: a peak of surprise is known a few rows after it, never before. */
import { eachSurprise } from './columns.ts';
import type { DayRange, FeatureModel } from './feature-model.ts';
import type { ChannelSeries } from './panel.ts';
import { type PeakFinder, peakFinder } from './peak-finder.ts';
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
  const finder = peakFinder(model);
  const resets = model.window === 'session';
  let pushed = 0;
  let today = Number.NaN;
  return {
    push: (values, slot, day) => {
      pushed++;
      if (day !== today) {
        today = day;
        if (resets) finder.reset();
      }
      return stream.push(values, slot, day) && finder.push(pushed, stream.surprise, stream.whitened);
    },
    vector: finder.vector,
    whitened: finder.whitened,
    get surprise() {
      return stream.surprise;
    },
    get peakSurprise() {
      return finder.peakSurprise;
    },
    get peakAge() {
      return pushed - finder.peakRow;
    },
  };
}

/** Visits the rows of a series that reveal a peak, of some days or all: to the bit those that a `candidateStream` says true for. */
export function eachCandidate(
  model: FeatureModel,
  series: ChannelSeries,
  visit: (row: number, peak: PeakFinder) => void,
  days?: DayRange,
): void {
  const finder = peakFinder(model);
  const resets = model.window === 'session';
  let today = Number.NaN;
  const take = (row: number, surprise: number, whitened: Float64Array): void => {
    if (resets && series.day[row] !== today) finder.reset();
    today = series.day[row]!;
    if (finder.push(row, surprise, whitened)) visit(row, finder);
  };
  eachSurprise(model, series, take, days);
}
