/** Where the exemplars of a cluster have one shape, and those of other clusters have not: the matrix profile of its exemplars. */
import { distanceProfile, matrixProfile } from '../../learning/index.ts';
import type { AtlasView, ClusterView } from './atlas-view.ts';

/** The stretch of a channel that sets a cluster apart the most. */
export type RecurringShape = {
  readonly channel: string;
  /** Its first and last row, counted from the peak at 0. */
  readonly from: number;
  readonly to: number;
  /** Correlation with the nearest stretch of another exemplar, on average over exemplars. */
  readonly own: number;
  /** The same with the nearest stretch of another cluster's exemplars; NaN without any. */
  readonly others: number;
};

type Windows = readonly (readonly number[])[];

/**
 * One of each channel, those that set the cluster apart the most first: stretches of half a window are compared by shape, at any
 * place of the other windows (Yeh et al. 2016). Empty for fewer than two exemplars and for windows below 3 rows.
 */
export function recurringShapes(
  { channels, windowRows, clusters }: Pick<AtlasView, 'channels' | 'windowRows' | 'clusters'>,
  cluster: ClusterView,
): readonly RecurringShape[] {
  if (cluster.exemplars.length < 2 || windowRows < 3) return [];
  const rows = Math.max(3, Math.ceil(windowRows / 2));
  const strangers = clusters.filter((other) => other !== cluster).flatMap(({ exemplars }) => exemplars);
  return channels
    .map((channel, c) => {
      const own = cluster.exemplars.map(({ window }) => window[c]!);
      const others = strangers.map(({ window }) => window[c]!);
      const [within, beyond] = [likenessWithin(own, rows), likenessTo(others, own, rows)];
      const apart = within.map((value, start) => value - (beyond[start]! || 0));
      const start = apart.reduce((best, value, k) => (value > apart[best]! ? k : best), 0);
      const from = start + 1 - windowRows;
      return { channel, from, to: from + rows - 1, own: within[start]!, others: beyond[start]! };
    })
    .filter(({ own }) => Number.isFinite(own))
    .sort((a, b) => b.own - (b.others || 0) - (a.own - (a.others || 0)));
}

/** By the row a stretch starts at. */
function likenessWithin(windows: Windows, rows: number): readonly number[] {
  const starts = windows[0]!.length - rows;
  // What lies between two windows is longer than how far stretches of one window are apart: those are no neighbours.
  const { distance } = matrixProfile(joined(windows, rows), rows, { exclusion: starts });
  const stride = windows[0]!.length + rows;
  return meanByStart(starts, windows.length, (start, e) => correlationOf(distance[e * stride + start]!, rows));
}

function likenessTo(others: Windows, windows: Windows, rows: number): readonly number[] {
  const starts = windows[0]!.length - rows;
  if (others.length === 0) return new Array<number>(starts + 1).fill(Number.NaN);
  const series = joined(others, rows);
  return meanByStart(starts, windows.length, (start, e) => {
    const query = Float64Array.from(windows[e]!.slice(start, start + rows));
    const distances = distanceProfile(query, series);
    return correlationOf(
      distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY),
      rows,
    );
  });
}

/** One window after another, and gaps between them. */
function joined(windows: Windows, gap: number): Float64Array {
  return Float64Array.from(windows.flatMap((window) => [...window, ...new Array<number>(gap).fill(Number.NaN)]));
}

/** A stretch with a missing value has no neighbour, and does not count. */
function meanByStart(
  starts: number,
  windows: number,
  of: (start: number, window: number) => number,
): readonly number[] {
  return Array.from({ length: starts + 1 }, (_, start) => {
    const known = Array.from({ length: windows }, (_w, e) => of(start, e)).filter(Number.isFinite);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** Of two stretches at this distance by shape. */
function correlationOf(distance: number, rows: number): number {
  return 1 - (distance * distance) / (2 * rows);
}
