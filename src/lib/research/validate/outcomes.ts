/** What came after each alert: an event within the horizon or not, under the events as they were and under exchanges of them between instruments. */
import type { DayRange, Panel } from '../../features/index.ts';
import type { AlertTable } from '../alerts/alert-table.ts';
import { type EventDay, firstAfter, indexEvents } from '../events/event-index.ts';
import { eventRates } from '../events/event-rates.ts';
import type { EventTable } from '../events/event-table.ts';
import { chancesAt, type DayLists } from '../events/exchange.ts';
import { daysOf, within } from '../splits/split-days.ts';

/** Alerts of one day, by what the events of each instrument present would have meant to them. */
export type DayOutcomes = DayLists & {
  readonly day: number;
  /** Index into the alerts. */
  readonly alerts: readonly number[];
  /** Place of each alert's instrument among those present. */
  readonly places: readonly number[];
  /** Instruments present. */
  readonly width: number;
  /** `alerts.length x width`, row-major: 1 where an event of that instrument follows the alert within the horizon. */
  readonly hits: Uint8Array;
};

export type Outcomes = {
  readonly days: readonly DayOutcomes[];
  /** Steps from each alert to the next event of its instrument on its day, Infinity without; NaN outside the days asked for. */
  readonly lead: Float64Array;
  /** Steps over which the alert could be followed: the horizon, or what was left of the session. */
  readonly followed: Float64Array;
  /**
   * Probability of an event within the horizon by the events that the day's instruments had and by how many the alert's instrument has by
   * itself: what the alert is worth that says nothing.
   */
  readonly chance: Float64Array;
  /** The same by the events of the others alone, in which the alert's own outcome has no part; `chance` where there are none beside it. */
  readonly othersChance: Float64Array;
};

/** Looks at alerts on the days of `range`. */
export function alertOutcomes(
  panel: Panel,
  events: EventTable,
  alerts: AlertTable,
  { range, horizonRows }: { readonly range: DayRange; readonly horizonRows: number },
): Outcomes {
  const index = indexEvents(panel, events);
  const rateOf = eventRates(index, panel.series.length, range);
  const even = rateOf.every((rate) => rate === rateOf[0]);
  const count = alerts.row.length;
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const columns = { lead: unknown(), followed: unknown(), chance: unknown(), othersChance: unknown() };
  const outcomes = { days: [] as DayOutcomes[], ...columns };
  for (const [day, indices] of alertsByDay(panel, alerts, range)) {
    const eventDay = index.get(day)!;
    const width = eventDay.present.length;
    const places = indices.map((i) => eventDay.present.indexOf(alerts.series[i]!));
    const hits = new Uint8Array(indices.length * width);
    const rates = Float64Array.from(eventDay.present, (series) => rateOf[series]!);
    indices.forEach((i, n) => {
      const at = alerts.at[i]!;
      const row = hits.subarray(n * width, (n + 1) * width);
      eventDay.events.forEach((times, k) => {
        row[k] = firstAfter(times, at) <= at + horizonRows * panel.stepMs ? 1 : 0;
      });
      const hit = row.reduce((sum, one) => sum + one, 0);
      const place = places[n]!;
      const chance = chancesAt({ rates, even }, hit)(place);
      outcomes.chance[i] = chance;
      outcomes.othersChance[i] = width < 2 ? chance : chancesAt({ rates, even }, hit - row[place]!, place)(place);
      outcomes.lead[i] = (firstAfter(eventDay.events[place]!, at) - at) / panel.stepMs;
      outcomes.followed[i] = Math.min(horizonRows, stepsLeft(panel, eventDay, alerts.series[i]!, at));
    });
    const sizes = Int32Array.from(eventDay.events, (times) => times.length);
    outcomes.days.push({ day, alerts: indices, places, width, hits, sizes, rates, even });
  }
  return outcomes;
}

function alertsByDay(panel: Panel, alerts: AlertTable, range: DayRange): Map<number, number[]> {
  const days = new Map<number, number[]>();
  const dayOf = daysOf(panel, alerts);
  for (let i = 0; i < alerts.row.length; i++) {
    const day = dayOf[i]!;
    if (!within(range, day)) continue;
    const list = days.get(day);
    if (list === undefined) days.set(day, [i]);
    else list.push(i);
  }
  return days;
}

function stepsLeft(panel: Panel, { present, rows }: EventDay, series: number, at: number): number {
  const { to } = rows[present.indexOf(series)]!;
  return (panel.series[series]!.at[to - 1]! - at) / panel.stepMs;
}
