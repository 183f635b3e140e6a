/** Moments that stand out, over all time and not only before events: what is clustered on discovery days and matched on later ones. */
import { type DayRange, eachCandidate, type FeatureModel, type Panel } from '../../features/index.ts';
import { type Matrix, stacked } from '../../learning/index.ts';

/** Equal-length columns sorted by (at, series). */
export type Candidates = {
  /** Index into `Panel.series`. */
  readonly series: Int32Array;
  /** Row in which the candidate became known. */
  readonly row: Int32Array;
  /** Row of the peak of surprise, the last of its window. */
  readonly peak: Int32Array;
  /** `at` of `row`, UTC epoch milliseconds. */
  readonly at: Float64Array;
  /** Surprise at the peak. */
  readonly surprise: Float64Array;
  /** Embedding of the peak's window, a row a candidate. */
  readonly vectors: Matrix;
};

/**
 * All peaks of surprise on the days given, to the bit those that a stream finds live.
 * @throws SigmaError usage/unknown-instrument where the model scales instruments by themselves and never saw one of the panel's
 */
export function findCandidates(model: FeatureModel, panel: Panel, days: DayRange): Candidates {
  const found = panel.series.flatMap((_, i) => candidatesOf(model, panel, i, days));
  found.sort((a, b) => a.at - b.at || a.series - b.series);
  return {
    series: Int32Array.from(found, (c) => c.series),
    row: Int32Array.from(found, (c) => c.row),
    peak: Int32Array.from(found, (c) => c.peak),
    at: Float64Array.from(found, (c) => c.at),
    surprise: Float64Array.from(found, (c) => c.surprise),
    vectors: stacked(
      found.map((c) => c.vector),
      model.pca.components.length,
    ),
  };
}

type Candidate = {
  readonly series: number;
  readonly row: number;
  readonly peak: number;
  readonly at: number;
  readonly surprise: number;
  readonly vector: Float64Array;
};

function candidatesOf(model: FeatureModel, panel: Panel, index: number, days: DayRange): readonly Candidate[] {
  const series = panel.series[index]!;
  const found: Candidate[] = [];
  eachCandidate(
    model,
    series,
    (row, { peakRow, peakSurprise, vector }) => {
      found.push({
        series: index,
        row,
        peak: peakRow,
        at: series.at[row]!,
        surprise: peakSurprise,
        vector: vector.slice(),
      });
    },
    days,
  );
  return found;
}
