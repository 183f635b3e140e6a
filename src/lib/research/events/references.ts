/** Reference moments: ordinary rows of the same days, that what precedes events is told apart from. */
import { createRng } from '../../core/index.ts';
import type { Panel } from '../../features/index.ts';
import { daysOf } from '../splits/split-days.ts';
import { firstAfter, indexEvents } from './event-index.ts';
import { type EventPlace, type EventTable, eventTable } from './event-table.ts';

export type ReferenceOptions = {
  readonly seed: number;
  /** References an event. */
  readonly perEvent: number;
  /** No event of the series may lie within so many steps before or after a reference. */
  readonly awayRows: number;
};

/** Tries for one reference before its event goes without: days full of events have none. */
const TRIES = 64;

/** Draws an instrument and a row of the day of each event, uniformly; no place is drawn twice. */
export function drawReferences(panel: Panel, events: EventTable, options: ReferenceOptions): EventTable {
  const rng = createRng(options.seed).fork('references');
  const days = indexEvents(panel, events);
  const away = options.awayRows * panel.stepMs;
  const drawn = new Map<string, EventPlace>();
  for (const day of daysOf(panel, events)) {
    const { present, rows, events: times } = days.get(day)!;
    for (let n = 0, tries = 0; n < options.perEvent && tries < TRIES; tries++) {
      const k = rng.integer(present.length);
      const { from, to } = rows[k]!;
      const place = { series: present[k]!, row: from + rng.integer(to - from) };
      const at = panel.series[place.series]!.at[place.row]!;
      const key = `${place.series} ${place.row}`;
      if (drawn.has(key) || firstAfter(times[k]!, at - away - 1) <= at + away) continue;
      drawn.set(key, place);
      n++;
    }
  }
  return eventTable(panel, [...drawn.values()]);
}
