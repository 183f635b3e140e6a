/** The level of each channel over a window: its mean there, in robust deviations from what is usual at that time of day. */
import { type DayRange, type FeatureModel, featureStream, type Panel } from '../../features/index.ts';
import { unwhitening } from './coefficients.ts';

/** Level of channel `c` in a window given by its coefficients less their means: the zeroth of an orthonormal transform is the mean times the root of the rows. */
export function levelOf({ dct, whitening, windowRows }: FeatureModel, coefficients: Float64Array, c: number): number {
  return (coefficients[c * dct]! + whitening.mean[c * dct]!) / Math.sqrt(windowRows);
}

/** Levels by day, for folds that leave days out. */
export type LevelSample = {
  readonly day: Int32Array;
  /** One column a channel. */
  readonly levels: readonly Float64Array[];
};

/** Levels of windows that do not overlap, of all series over the days asked for. */
export function sampleLevels(model: FeatureModel, panel: Panel, days: DayRange): LevelSample {
  const dayOf: number[] = [];
  const levels = model.channels.map((): number[] => []);
  const unwhiten = unwhitening(model);
  for (const { symbol, at, day, slot, values } of panel.series) {
    const stream = featureStream(model, { symbol });
    const coefficients = new Float64Array(stream.whitened.length);
    const row = new Float64Array(values.length);
    for (let r = 0; r < at.length; r++) {
      if (day[r]! < days.from || day[r]! >= days.to) continue;
      for (let c = 0; c < row.length; c++) row[c] = values[c]![r]!;
      const full = stream.push(row, slot[r]!, day[r]!);
      if (!full || (slot[r]! + 1) % model.windowRows !== 0) continue;
      unwhiten(stream.whitened, coefficients);
      dayOf.push(day[r]!);
      levels.forEach((column, c) => {
        column.push(levelOf(model, coefficients, c));
      });
    }
  }
  return { day: Int32Array.from(dayOf), levels: levels.map((column) => Float64Array.from(column)) };
}
