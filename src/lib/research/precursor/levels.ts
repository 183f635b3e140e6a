/** The level of each channel over a window: its mean there, in robust deviations from what is usual at that time of day. */
import { type DayRange, eachSurprise, type FeatureModel, type Panel } from '../../features/index.ts';
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
  const coefficients = new Float64Array(model.whitening.mean.length);
  for (const series of panel.series) {
    const sample = (row: number, _surprise: number, whitened: Float64Array): void => {
      if ((series.slot[row]! + 1) % model.windowRows !== 0) return;
      unwhiten(whitened, coefficients);
      dayOf.push(series.day[row]!);
      levels.forEach((column, c) => {
        column.push(levelOf(model, coefficients, c));
      });
    };
    eachSurprise(model, series, sample, days);
  }
  return { day: Int32Array.from(dayOf), levels: levels.map((column) => Float64Array.from(column)) };
}
