/** Events dealt to other instruments of the same day: what the world would look like if they had nothing to do with what each instrument did. */
import { createRng, shuffle } from '../../core/index.ts';
import type { Panel } from '../../features/index.ts';
import { indexEvents } from './event-index.ts';
import { type EventPlace, type EventTable, eventTable } from './event-table.ts';

/**
 * Each day, every instrument gets the whole list of events of an instrument drawn without replacement. An event falls on the row
 * that is known at its time, and is dropped where its new instrument has none.
 */
export function permuteEvents(panel: Panel, events: EventTable, seed: number): EventTable {
  const rng = createRng(seed).fork('permuted events');
  const places: EventPlace[] = [];
  for (const { present, rows, events: times } of indexEvents(panel, events).values()) {
    const order = Int32Array.from(present, (_, k) => k);
    shuffle(order, rng);
    present.forEach((series, k) => {
      const { at } = panel.series[series]!;
      const { from, to } = rows[k]!;
      for (const time of times[order[k]!]!) {
        const row = at.subarray(from, to).indexOf(time);
        if (row >= 0) places.push({ series, row: from + row });
      }
    });
  }
  return eventTable(panel, places);
}
