/** Where the exemplars of a cluster go one way, and those of other clusters do not: the matrix profile of its exemplars. */
import { matrixProfile } from '../../learning/index.ts';
import type { AtlasView, ClusterView } from './atlas-view.ts';

/** The stretch of a channel that sets a cluster apart the most. */
export type RecurringShape = {
  readonly channel: string;
  /** Its first and last row, counted from the peak at 0. */
  readonly from: number;
  readonly to: number;
  /**
   * Root mean square distance, in robust deviations, to the nearest stretch of another exemplar, on average over exemplars.
   */
  readonly own: number;
  /** The same to the nearest stretch of a cluster's exemplars, on average over the other clusters; NaN without any. */
  readonly others: number;
};

type Windows = readonly (readonly number[])[];

/**
 * One of each channel, those that set the cluster apart the most first. Stretches of half a window are compared as they are, at
 * any place of the other windows (Yeh et al. 2016, without normalisation: a level tells as much as a shape). Empty for fewer than
 * two exemplars and for windows below 3 rows.
 */
export function recurringShapes(
  { channels, windowRows, clusters }: Pick<AtlasView, 'channels' | 'windowRows' | 'clusters'>,
  cluster: ClusterView,
): readonly RecurringShape[] {
  if (cluster.exemplars.length < 2 || windowRows < 3) return [];
  const rows = Math.max(3, Math.ceil(windowRows / 2));
  const strangers = clusters.filter(({ exemplars }, k) => clusters[k] !== cluster && exemplars.length > 0);
  return channels
    .map((channel, c) => {
      const own = distanceWithin(windowsOf(cluster, c), rows);
      const others = strangers.map((other) => distanceTo(windowsOf(other, c), windowsOf(cluster, c), rows));
      const stretches = own.map((distance, start) => ({
        channel,
        from: start + 1 - windowRows,
        to: start + rows - windowRows,
        own: distance,
        others: meanOf(others.map((distances) => distances[start]!)),
      }));
      return stretches.reduce((best, one) => (apart(one) > apart(best) ? one : best));
    })
    .filter(({ own }) => Number.isFinite(own))
    .sort((a, b) => apart(b) - apart(a));
}

/** How much nearer than to other clusters; without any, how near. */
function apart({ own, others }: RecurringShape): number {
  return (Number.isNaN(others) ? 0 : others) - own;
}

function windowsOf({ exemplars }: ClusterView, channel: number): Windows {
  return exemplars.map(({ window }) => window[channel]!);
}

/** By the row a stretch starts at. */
function distanceWithin(windows: Windows, rows: number): readonly number[] {
  const length = windows[0]!.length;
  // The gaps between windows are wider than stretches of one window are apart: those are no neighbours.
  const gap = new Array<number>(rows).fill(Number.NaN);
  const series = Float64Array.from(windows.flatMap((window) => [...window, ...gap]));
  const { distance } = matrixProfile(series, rows, { normalise: false, exclusion: length - rows });
  return meanByStart(windows, rows, (start, e) => distance[e * (length + rows) + start]!);
}

function distanceTo(others: Windows, windows: Windows, rows: number): readonly number[] {
  return meanByStart(windows, rows, (start, e) => {
    let least = Number.POSITIVE_INFINITY;
    for (const other of others)
      for (let from = 0; from + rows <= other.length; from++) {
        let sum = 0;
        for (let k = 0; k < rows; k++) sum += (other[from + k]! - windows[e]![start + k]!) ** 2;
        if (sum < least) least = sum;
      }
    return Math.sqrt(least);
  });
}

function meanByStart(windows: Windows, rows: number, of: (start: number, window: number) => number): readonly number[] {
  return Array.from(
    { length: windows[0]!.length - rows + 1 },
    (_, start) => meanOf(windows.map((_window, e) => of(start, e))) / Math.sqrt(rows),
  );
}

/** A stretch with a missing value has no neighbour, and does not count. */
function meanOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
