/** What detectors recognise in a panel, as columns. */
import { type CandidateStream, type DayRange, eachCandidate, type Panel } from '../../features/index.ts';
import { type Matrix, stacked } from '../../learning/index.ts';
import { unwhitening } from '../precursor/coefficients.ts';
import { type DetectorModel, recogniserOf } from '../score/detector.ts';

/** Equal-length columns sorted by (at, series). */
export type DetectionTable = {
  readonly precursor: Int32Array;
  readonly series: Int32Array;
  readonly row: Int32Array;
  readonly at: Float64Array;
  readonly day: Int32Array;
  readonly membership: Float64Array;
  /** Coefficients of the window, less their means; one row a detection. */
  readonly coefficients: Matrix;
  /** Peaks that were looked at on these days. */
  readonly candidates: number;
};

/** What a `detector` for each series recognises on the days asked for. Nothing before them is known to it. */
export function detect(model: DetectorModel, panel: Panel, days: DayRange): DetectionTable {
  const found: Found[] = [];
  const unwhiten = unwhitening(model.features);
  let candidates = 0;
  panel.series.forEach((own, series) => {
    const recognises = recogniserOf(model);
    const take = (row: number, { vector, whitened }: Peak): void => {
      candidates++;
      if (!recognises.push(vector, row)) return;
      const { cluster: precursor, membership } = recognises;
      const coefficients = new Float64Array(whitened.length);
      unwhiten(whitened, coefficients);
      found.push({ precursor, membership, coefficients, series, row, at: own.at[row]!, day: own.day[row]! });
    };
    eachCandidate(model.features, own, take, days);
  });
  found.sort((a, b) => a.at - b.at || a.series - b.series);
  return { ...columnsOf(found, model.features.whitening.mean.length), candidates };
}

type Peak = Pick<CandidateStream, 'vector' | 'whitened'>;

type Found = {
  readonly precursor: number;
  readonly membership: number;
  readonly coefficients: Float64Array;
  readonly series: number;
  readonly row: number;
  readonly at: number;
  readonly day: number;
};

function columnsOf(found: readonly Found[], size: number): Omit<DetectionTable, 'candidates'> {
  return {
    precursor: Int32Array.from(found, (f) => f.precursor),
    series: Int32Array.from(found, (f) => f.series),
    row: Int32Array.from(found, (f) => f.row),
    at: Float64Array.from(found, (f) => f.at),
    day: Int32Array.from(found, (f) => f.day),
    membership: Float64Array.from(found, (f) => f.membership),
    coefficients: stacked(
      found.map((f) => f.coefficients),
      size,
    ),
  };
}
