/** Alerts: candidates that fall within a cluster's radius, as they would have been given at the time. */
import { rowOf } from '../../learning/index.ts';
import { researchDefaults } from '../defaults.ts';
import type { Candidates } from './candidates.ts';
import { type Clusters, distanceBetween } from './clusters.ts';

/** Equal-length columns sorted by (at, series). */
export type AssignedAlerts = {
  readonly cluster: Int32Array;
  /** Index into `Panel.series`. */
  readonly series: Int32Array;
  /** Row in which the alert is given: the window's peak is known. */
  readonly row: Int32Array;
  readonly at: Float64Array;
  /** How well it fits its cluster: 1 at the centroid, 0 at the radius. */
  readonly score: Float64Array;
  /** From the cluster's centroid, at most its radius. */
  readonly distance: Float64Array;
  /** Index of the candidate behind it. */
  readonly candidate: Int32Array;
};

export type AssignOptions = {
  /** Rows within which one instrument is alerted of one cluster but once. */
  readonly apartRows?: number;
};

/**
 * A candidate belongs to the nearest centroid when it lies within that cluster's radius; an alert of the same cluster and
 * instrument less than `apartRows` (30) rows before silences it.
 */
export function assignAlerts(
  clusters: Clusters,
  candidates: Candidates,
  { apartRows = researchDefaults.horizonRows }: AssignOptions = {},
): AssignedAlerts {
  const count = clusters.radius.length;
  const given: { readonly candidate: number; readonly cluster: number; readonly distance: number }[] = [];
  const last = new Map<number, number>();
  for (let candidate = 0; candidate < candidates.row.length; candidate++) {
    const nearest = nearestCluster(clusters, rowOf(candidates.vectors, candidate));
    if (nearest === undefined) continue;
    const place = candidates.series[candidate]! * count + nearest.cluster;
    const row = candidates.row[candidate]!;
    if (row - (last.get(place) ?? Number.NEGATIVE_INFINITY) < apartRows) continue;
    last.set(place, row);
    given.push({ candidate, ...nearest });
  }
  return {
    cluster: Int32Array.from(given, (a) => a.cluster),
    series: Int32Array.from(given, (a) => candidates.series[a.candidate]!),
    row: Int32Array.from(given, (a) => candidates.row[a.candidate]!),
    at: Float64Array.from(given, (a) => candidates.at[a.candidate]!),
    score: Float64Array.from(given, (a) => 1 - a.distance / clusters.radius[a.cluster]!),
    distance: Float64Array.from(given, (a) => a.distance),
    candidate: Int32Array.from(given, (a) => a.candidate),
  };
}

/** The cluster whose centroid is nearest, if the place lies within its radius; the first among equals. */
export function nearestCluster(
  { centroids, radius }: Pick<Clusters, 'centroids' | 'radius'>,
  place: Float64Array,
): { readonly cluster: number; readonly distance: number } | undefined {
  let cluster = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let k = 0; k < radius.length; k++) {
    const d = distanceBetween(place, rowOf(centroids, k));
    if (d < distance) {
      distance = d;
      cluster = k;
    }
  }
  return cluster >= 0 && distance <= radius[cluster]! ? { cluster, distance } : undefined;
}
