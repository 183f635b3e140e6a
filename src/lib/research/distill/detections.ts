/** What detectors recognise in a panel, as columns. */
import type { DayRange, Panel } from '../../features/index.ts';
import { type Matrix, matrix } from '../../learning/index.ts';
import { type DetectorModel, detector } from '../score/detector.ts';

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

/** Rows that lie in one stretch of memory. */
const SPARE_ROWS = 4096;

/** Runs one detector a series over the days asked for. Nothing before them is known to it. */
export function detect(model: DetectorModel, panel: Panel, days: DayRange): DetectionTable {
  const found: Found[] = [];
  let candidates = 0;
  panel.series.forEach(({ symbol, at, day, slot, values }, series) => {
    const own = detector(model, { symbol, spareRows: SPARE_ROWS });
    const row = new Float64Array(values.length);
    for (let r = 0; r < at.length; r++) {
      if (day[r]! < days.from || day[r]! >= days.to) continue;
      for (let c = 0; c < row.length; c++) row[c] = values[c]![r]!;
      if (!own.push(row, slot[r]!, day[r]!)) continue;
      const { precursor, membership } = own;
      const coefficients = own.coefficients.slice();
      found.push({ precursor, membership, coefficients, series, row: r, at: at[r]!, day: day[r]! });
    }
    candidates += own.candidates;
  });
  found.sort((a, b) => a.at - b.at || a.series - b.series);
  return { ...columnsOf(found), candidates };
}

type Found = {
  readonly precursor: number;
  readonly membership: number;
  readonly coefficients: Float64Array;
  readonly series: number;
  readonly row: number;
  readonly at: number;
  readonly day: number;
};

function columnsOf(found: readonly Found[]): Omit<DetectionTable, 'candidates'> {
  const size = found[0]?.coefficients.length ?? 0;
  const coefficients = matrix(found.length, size);
  found.forEach((f, i) => {
    coefficients.values.set(f.coefficients, i * size);
  });
  return {
    precursor: Int32Array.from(found, (f) => f.precursor),
    series: Int32Array.from(found, (f) => f.series),
    row: Int32Array.from(found, (f) => f.row),
    at: Float64Array.from(found, (f) => f.at),
    day: Int32Array.from(found, (f) => f.day),
    membership: Float64Array.from(found, (f) => f.membership),
    coefficients,
  };
}
