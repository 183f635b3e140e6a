/** Columns of figures, one value a set. */
import { computeSome, type PerformanceInput } from '../metrics/index.ts';
import { type FigureKey, figureKeys } from './sweep.ts';

export type FigureColumns = Readonly<Record<FigureKey, Float64Array>>;

/** NaN throughout. */
export function figureColumns(sets: number): FigureColumns {
  const columns = figureKeys.map((key) => [key, new Float64Array(sets).fill(Number.NaN)]);
  // Every key of the union is there.
  return Object.fromEntries(columns) as FigureColumns;
}

/** Writes the figures of a finished run from the metrics of the same names. */
export function writeFigures(
  columns: FigureColumns,
  set: number,
  input: PerformanceInput,
  wanted: readonly FigureKey[],
): void {
  const metrics = computeSome(input, wanted);
  for (const key of wanted) columns[key][set] = metrics[key];
}
