/** Where the patterns and the events of a planted market lie. */
import type { Rng } from '../../core/index.ts';
import { type PatternKind, patternKinds, patternRows } from './patterns.ts';
import { eventProbability, longestLead, type PlantedSetting, shortestLead, stressEventFactor } from './setting.ts';

/** One planted pattern: what the truth table holds. Rows are those of its series. */
export type Occurrence = {
  readonly kind: PatternKind;
  readonly series: number;
  /** Day of the market, from 0. */
  readonly day: number;
  readonly first: number;
  /** Its last row. */
  readonly last: number;
  /** Row of the event that it preceded, -1 without. */
  readonly event: number;
  /** Its size in units of the setting's amplitude. */
  readonly strength: number;
};

export type SeriesHistory = {
  readonly occurrences: readonly Occurrence[];
  /** Rows of all events, ascending, none twice. */
  readonly events: readonly number[];
};

/** Draws one instrument's patterns and events, day by day. */
export function drawHistory(
  setting: PlantedSetting,
  series: number,
  stressed: readonly boolean[],
  rng: Rng,
): SeriesHistory {
  const { slots } = setting;
  const hidden = setting.amplitude > 0;
  const occurrences: Occurrence[] = [];
  const events: number[] = [];
  for (let day = 0; day < setting.days; day++) {
    const open = day * slots;
    const today = new Set<number>();
    const rate = setting.eventRate * (stressed[day]! ? stressEventFactor : 1);
    for (let n = poisson(rng, rate); n > 0; n--) today.add(open + rng.integer(slots));
    for (const kind of hidden ? patternKinds : []) {
      if (kind === 'E') continue;
      for (let n = poisson(rng, setting.patternRate); n > 0; n--) {
        const occurrence = drawOccurrence(setting, kind, series, day, rng);
        occurrences.push(occurrence);
        if (occurrence.event >= 0) today.add(occurrence.event);
      }
    }
    const sorted = [...today].sort((a, b) => a - b);
    events.push(...sorted);
    for (const event of hidden ? sorted : []) {
      const echo = { kind: 'E' as const, series, day, first: event + 1, event: -1, strength: drawStrength(rng) };
      const last = event + drawLength(rng);
      // What the close of the session would cut off is no echo of that kind.
      if (last < open + slots) occurrences.push({ ...echo, last });
    }
  }
  return { occurrences, events };
}

/** Anywhere in the session where the pattern and the longest wait for its event have room. */
function drawOccurrence(setting: PlantedSetting, kind: PatternKind, series: number, day: number, rng: Rng): Occurrence {
  const length = drawLength(rng);
  const first = day * setting.slots + rng.integer(setting.slots - length - longestLead);
  const last = first + length - 1;
  const lead = shortestLead + rng.integer(longestLead - shortestLead + 1);
  const event = rng.next() < eventProbability(setting, kind, day) ? last + lead : -1;
  return { kind, series, day, first, last, event, strength: drawStrength(rng) };
}

/** Within 10 % of the ordinary length. */
const drawLength = (rng: Rng): number => Math.round(patternRows * (0.9 + 0.2 * rng.next()));

/** Within 20 % of the setting's amplitude. */
const drawStrength = (rng: Rng): number => 0.8 + 0.4 * rng.next();

/** A Poisson count by multiplying uniforms (Knuth 1969): for small rates. */
function poisson(rng: Rng, rate: number): number {
  const floor = Math.exp(-rate);
  let count = 0;
  for (let product = rng.next(); product > floor; product *= rng.next()) count++;
  return count;
}
