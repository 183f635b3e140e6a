/** The rows of a window as its transform sees them: what pictures of a window show. */
import type { FeatureModel } from './feature-model.ts';
import type { ChannelSeries } from './panel.ts';
import { scalingOf } from './scaling.ts';

/**
 * One column a channel of `windowRows` values that end at row `last`, in robust deviations from what is usual at their time of day;
 * rows with a missing value are passed over, and what the window had no row for is NaN, at its start.
 * @throws SigmaError usage/unknown-instrument
 */
export function scaledWindow(model: FeatureModel, series: ChannelSeries, last: number): Float64Array[] {
  const { location, inverseScale, buckets, bucketSlots } = scalingOf(model, series.symbol);
  const { windowRows, channels } = model;
  const window = channels.map(() => new Float64Array(windowRows).fill(Number.NaN));
  for (let row = last, place = windowRows - 1; row >= 0 && place >= 0; row--) {
    if (model.window === 'session' && series.day[row] !== series.day[last]) break;
    if (!series.values.every((column) => Number.isFinite(column[row]!))) continue;
    const bucket = Math.floor(series.slot[row]! / bucketSlots);
    window.forEach((column, c) => {
      const at = c * buckets + bucket;
      column[place] = (series.values[c]![row]! - location[at]!) * inverseScale[at]!;
    });
    place--;
  }
  return window;
}
