/** Events of a panel by day and series: what labels, references and permutations ask for. */
import type { Panel } from '../../features/index.ts';
import { daysOf } from '../splits/split-days.ts';
import type { EventTable } from './event-table.ts';

/** Rows [from, to) of one series on one day. */
type Rows = { readonly from: number; readonly to: number };

export type EventDay = {
  /** Series that have rows on the day, ascending. */
  readonly present: readonly number[];
  /** The rows of each of them. */
  readonly rows: readonly Rows[];
  /** `at` of the events of each of them, ascending. */
  readonly events: readonly (readonly number[])[];
};

export type EventIndex = ReadonlyMap<number, EventDay>;

/** One entry a trading day. */
export function indexEvents(panel: Panel, events: EventTable): EventIndex {
  type Growing = { present: number[]; rows: Rows[]; events: number[][]; place: Map<number, number> };
  const days = new Map<number, Growing>();
  panel.series.forEach(({ day }, series) => {
    for (let from = 0; from < day.length; ) {
      let to = from + 1;
      while (to < day.length && day[to] === day[from]) to++;
      const entry: Growing = days.get(day[from]!) ?? { present: [], rows: [], events: [], place: new Map() };
      days.set(day[from]!, entry);
      entry.place.set(series, entry.present.length);
      entry.present.push(series);
      entry.rows.push({ from, to });
      entry.events.push([]);
      from = to;
    }
  });
  daysOf(panel, events).forEach((day, i) => {
    const entry = days.get(day)!;
    entry.events[entry.place.get(events.series[i]!)!]!.push(events.at[i]!);
  });
  return days;
}

/** First of ascending times that is after `time`, Infinity without. */
export function firstAfter(times: readonly number[], time: number): number {
  for (const t of times) if (t > time) return t;
  return Number.POSITIVE_INFINITY;
}
