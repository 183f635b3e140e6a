/** The moments T0 that research is about, as places in a panel. */
import type { Panel } from '../../features/index.ts';

/** Equal-length columns sorted by (at, series), no place twice. */
export type EventTable = {
  /** Index into `Panel.series`. */
  readonly series: Int32Array;
  /** Row of that series in which the event became known. */
  readonly row: Int32Array;
  /** `at` of that row, UTC epoch milliseconds. */
  readonly at: Float64Array;
};

export type EventPlace = { readonly series: number; readonly row: number };

/** Sorts places by (at, series) and drops those that are named twice. */
export function eventTable(panel: Panel, places: readonly EventPlace[]): EventTable {
  const at = (place: EventPlace): number => panel.series[place.series]!.at[place.row]!;
  const sorted = places
    .map((place) => ({ ...place, at: at(place) }))
    .sort((a, b) => a.at - b.at || a.series - b.series || a.row - b.row)
    .filter((p, i, all) => i === 0 || p.series !== all[i - 1]!.series || p.row !== all[i - 1]!.row);
  return {
    series: Int32Array.from(sorted, (p) => p.series),
    row: Int32Array.from(sorted, (p) => p.row),
    at: Float64Array.from(sorted, (p) => p.at),
  };
}
