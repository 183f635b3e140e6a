/** What the generator knows of an alert: which pattern it met, and how likely an event was. Only scores may ask. */

import type { AlertTable } from '../alerts/alert-table.ts';
import type { PlantedMarket } from '../planted/market.ts';
import type { Occurrence } from '../planted/occurrences.ts';
import { patternKinds } from '../planted/patterns.ts';
import {
  eventProbability,
  longestLead,
  type PlantedSetting,
  shortestLead,
  stressEventFactor,
} from '../planted/setting.ts';
import { horizonRows } from './setting.ts';

/** An alert meets a pattern from so many rows after its first to so many after its last. */
const SEEN_ROWS = 8;
const AFTER_ROWS = 8;
/** Where the alert of a pattern is expected: two rows after its last. */
const EXPECTED_AFTER = 2;

/** The occurrence that each alert meets, the one that it fits best in time; undefined for none. */
export function metOccurrences({ truth, panel }: PlantedMarket, alerts: AlertTable): (Occurrence | undefined)[] {
  const bySeries = panel.series.map((): Occurrence[] => []);
  for (const occurrence of truth) bySeries[occurrence.series]!.push(occurrence);
  return Array.from(alerts.row, (row, i) => {
    let met: Occurrence | undefined;
    for (const o of bySeries[alerts.series[i]!]!) {
      if (row < o.first + SEEN_ROWS || row > o.last + AFTER_ROWS) continue;
      if (met === undefined || misfit(row, o) < misfit(row, met)) met = o;
    }
    return met;
  });
}

const misfit = (row: number, { last }: Occurrence): number => Math.abs(row - last - EXPECTED_AFTER);

export type Chances = {
  /** Probability of an event within the horizon for this alert, given the pattern that it met. */
  readonly given: number;
  /** The same at a moment of that day that nothing is known of. */
  readonly base: number;
};

/** By the rates that the market was drawn with. */
export function eventChances({ setting, stressed }: PlantedMarket, row: number, met: Occurrence | undefined): Chances {
  const { slots } = setting;
  const day = Math.floor(row / slots);
  const left = Math.min(horizonRows, slots - 1 - (row % slots));
  const quiet = Math.exp((-left * dailyEvents(setting, day, stressed[day]!)) / slots);
  if (met === undefined) return { given: 1 - quiet, base: 1 - quiet };
  let inTime = 0;
  for (let lead = shortestLead; lead <= longestLead; lead++) {
    const event = met.last + lead;
    if (event > row && event <= row + left) inTime++;
  }
  const own = (eventProbability(setting, met.kind, met.day) * inTime) / (longestLead - shortestLead + 1);
  return { given: 1 - (1 - own) * quiet, base: 1 - quiet };
}

/** Events that an instrument has on average on a day. */
function dailyEvents(setting: PlantedSetting, day: number, stressed: boolean): number {
  const background = setting.eventRate * (stressed ? stressEventFactor : 1);
  if (setting.amplitude === 0) return background;
  const caused = patternKinds.reduce((sum, kind) => sum + eventProbability(setting, kind, day), 0);
  return background + setting.patternRate * caused;
}
