/** Alerts: the moments at which something looked like a cluster, known causally. */

/** Equal-length columns sorted by (at, series, cluster). */
export type AlertTable = {
  readonly cluster: Int32Array;
  /** Index into `Panel.series`. */
  readonly series: Int32Array;
  /** Row in which the alert became known. */
  readonly row: Int32Array;
  /** `at` of that row, UTC epoch milliseconds. */
  readonly at: Float64Array;
  /** How well it fits its cluster, higher is better: what a budget goes by. */
  readonly score: Float64Array;
};

export type Alert = { readonly cluster: number; readonly series: number; readonly row: number; readonly at: number };

/** The table of alerts in their order. @param score what a budget goes by */
export function alertTable<A extends Alert>(alerts: readonly A[], score: (alert: A) => number): AlertTable {
  return {
    cluster: Int32Array.from(alerts, ({ cluster }) => cluster),
    series: Int32Array.from(alerts, ({ series }) => series),
    row: Int32Array.from(alerts, ({ row }) => row),
    at: Float64Array.from(alerts, ({ at }) => at),
    score: Float64Array.from(alerts, score),
  };
}

/** The alerts for which `keep` is true. */
export function selectAlerts(alerts: AlertTable, keep: (index: number) => boolean): AlertTable {
  const kept: number[] = [];
  for (let i = 0; i < alerts.row.length; i++) if (keep(i)) kept.push(i);
  return {
    cluster: Int32Array.from(kept, (i) => alerts.cluster[i]!),
    series: Int32Array.from(kept, (i) => alerts.series[i]!),
    row: Int32Array.from(kept, (i) => alerts.row[i]!),
    at: Float64Array.from(kept, (i) => alerts.at[i]!),
    score: Float64Array.from(kept, (i) => alerts.score[i]!),
  };
}
