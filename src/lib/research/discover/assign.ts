/** Alerts: candidates that fall within a cluster's radius, as they would have been given at the time. */
import { rowOf } from '../../learning/index.ts';
import { type Alert, type AlertTable, alertTable } from '../alerts/alert-table.ts';
import { researchDefaults } from '../defaults.ts';
import type { Candidates } from './candidates.ts';
import type { Clusters } from './clusters.ts';
import { recogniser } from './recogniser.ts';

/** The score is how well an alert fits its cluster: 1 at the centroid, 0 at the radius. */
export type AssignedAlerts = AlertTable & {
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
  const centroids = Array.from(clusters.radius, (_, k) => rowOf(clusters.centroids, k));
  const bySeries = new Map<number, ReturnType<typeof recogniser>>();
  const given: (Alert & { readonly score: number; readonly candidate: number })[] = [];
  for (let candidate = 0; candidate < candidates.row.length; candidate++) {
    const [series, row, at] = [candidates.series[candidate]!, candidates.row[candidate]!, candidates.at[candidate]!];
    const own = bySeries.get(series) ?? recogniser({ centroids, radius: clusters.radius }, apartRows);
    bySeries.set(series, own);
    if (!own.push(rowOf(candidates.vectors, candidate), row)) continue;
    given.push({ cluster: own.cluster, series, row, at, score: own.membership, candidate });
  }
  return {
    ...alertTable(given, ({ score }) => score),
    candidate: Int32Array.from(given, ({ candidate }) => candidate),
  };
}
