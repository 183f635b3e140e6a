/** Features of whole series at once: the stream run over columns, with room for many rows. */
import { type Matrix, matrix } from '../learning/index.ts';
import type { DayRange, FeatureModel } from './feature-model.ts';
import type { ChannelSeries } from './panel.ts';
import { type FeatureStream, featureStream } from './stream.ts';

/** Rows that lie in one stretch of memory. */
export const SPARE_ROWS = 4096;

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
  const stream = featureStream(model, { symbol: series.symbol, spareRows: SPARE_ROWS });
  const kept = model.pca.components.length;
  const rows = series.at.length;
  const surprise = new Float64Array(rows).fill(Number.NaN);
  const embedding = matrix(rows, kept, new Float64Array(rows * kept).fill(Number.NaN));
  eachRow(series, stream, (row) => {
    surprise[row] = stream.surprise;
    stream.embed(stream.whitened, embedding.values.subarray(row * kept, (row + 1) * kept));
  });
  return { surprise, embedding };
}

/** As `featureColumns` without the embedding, several times as fast. */
export function surpriseColumn(model: FeatureModel, series: ChannelSeries): Float64Array {
  const stream = featureStream(model, { symbol: series.symbol, spareRows: SPARE_ROWS });
  const surprise = new Float64Array(series.at.length).fill(Number.NaN);
  eachRow(series, stream, (row) => {
    surprise[row] = stream.surprise;
  });
  return surprise;
}

/** Pushes the rows of a series, of some days or all, and visits those for which `push` says true. */
export function eachRow(
  { values, slot, day }: ChannelSeries,
  stream: Pick<FeatureStream, 'push'>,
  visit: (row: number) => void,
  days: DayRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
): void {
  const channels = values.length;
  const row = new Float64Array(channels);
  const [from, to] = rowsOf(day, days);
  for (let r = from; r < to; r++) {
    for (let c = 0; c < channels; c++) row[c] = values[c]![r]!;
    if (stream.push(row, slot[r]!, day[r]!)) visit(r);
  }
}

/** First and last-but-one row of the days. */
export function rowsOf(day: Int32Array, { from, to }: DayRange): readonly [number, number] {
  return [lowerBound(day, from), lowerBound(day, to)];
}

function lowerBound(day: Int32Array, value: number): number {
  let low = 0;
  let high = day.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (day[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
