/** Features of whole series at once, to the bit what streams give row by row. */
import { type Matrix, matrix } from '../learning/index.ts';
import type { DayRange, FeatureModel } from './feature-model.ts';
import type { ChannelSeries } from './panel.ts';
import { projection } from './projection.ts';
import { surpriseOf } from './surprise.ts';
import { eachWindow } from './window-block.ts';

export type FeatureColumns = {
  /** One value a row, NaN where the window is not full or a value is missing. */
  readonly surprise: Float64Array;
  /** One row of principal components a row, NaN likewise. */
  readonly embedding: Matrix;
};

/**
 * Surprise and embedding at each row, equal to the bit to what `featureStream` gives row by row.
 * @throws SigmaError usage/unknown-instrument as `featureStream`
 */
export function featureColumns(model: FeatureModel, series: ChannelSeries): FeatureColumns {
  const kept = model.pca.components.length;
  const rows = series.at.length;
  const surprise = new Float64Array(rows).fill(Number.NaN);
  const embedding = matrix(rows, kept, new Float64Array(rows * kept).fill(Number.NaN));
  const embed = projection(model);
  eachSurprise(model, series, (row, of, whitened) => {
    surprise[row] = of;
    embed(whitened, embedding.values.subarray(row * kept, (row + 1) * kept));
  });
  return { surprise, embedding };
}

/** As `featureColumns` without the embedding, several times as fast; NaN also outside the days, where they are given. */
export function surpriseColumn(model: FeatureModel, series: ChannelSeries, days?: DayRange): Float64Array {
  const surprise = new Float64Array(series.at.length).fill(Number.NaN);
  const keep = (row: number, of: number): void => {
    surprise[row] = of;
  };
  // The length of a window is known before the window is copied.
  if (model.surprise.kind === 'trimmed-distance')
    eachWindow(model, series, (row, window, { squares }) => keep(row, Math.sqrt(squares[window]!)), days);
  else eachSurprise(model, series, keep, days);
  return surprise;
}

/** Visits the rows with a full window: their surprise, and the window after whitening, overwritten by the next. */
export function eachSurprise(
  model: FeatureModel,
  series: ChannelSeries,
  visit: (row: number, surprise: number, whitened: Float64Array) => void,
  days?: DayRange,
): void {
  const whitened = new Float64Array(model.whitening.mean.length);
  const measure = surpriseOf(model.surprise, whitened.length);
  eachWindow(
    model,
    series,
    (row, window, block) => {
      block.whitened(window, whitened);
      visit(row, measure(whitened, block.squares[window]!), whitened);
    },
    days,
  );
}
