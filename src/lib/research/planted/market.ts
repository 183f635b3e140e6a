/** A market with known precursors of events and with decoys, for measuring what research finds and what it only believes to find. Synthetic throughout. */
import { createRng, invariant, type Rng } from '../../core/index.ts';
import type { ChannelSeries, Panel } from '../../features/index.ts';
import { DAY, MINUTE } from '../../model/index.ts';
import { type EventTable, eventTable } from '../events/event-table.ts';
import { drawHistory, type Occurrence, type SeriesHistory } from './occurrences.ts';
import { plantedChannels, templateAt } from './patterns.ts';
import { longestLead, type PlantedOptions, type PlantedSetting, plantedSetting } from './setting.ts';

export type PlantedMarket = {
  readonly setting: PlantedSetting;
  /** Channels return, activity, spread and impact, in session-dependent units. */
  readonly panel: Panel;
  readonly events: EventTable;
  /** Every planted pattern in the order of its last row's time; only scores may read it. */
  readonly truth: readonly Occurrence[];
  /** Whether the n-th day of the market is under stress; only scores may read it. */
  readonly stressed: readonly boolean[];
};

/** AR(1) coefficients of the channels. */
const persistence = [0, 0.6, 0.7, 0.3] as const;
/** Each innovation is .85 of its own (Student t with 4 degrees of freedom, unit variance) and .5 of one that all instruments share (normal). */
const ownShare = 0.85;
const factorShare = 0.5;
/** Standard deviations that a day of stress adds to activity and spread. */
const stressShift = [0, 0.8, 0.8, 0] as const;
/** Root mean square of a pattern for each unit of amplitude. */
const energy = 0.75;
/** What the edges of a session add to a channel's level, and to its scale, over its middle. */
const edgeLevel = [0, 1.5, 1, 0] as const;
const edgeScale = [0.8, 0.2, 0.3, 0] as const;

/** Monday 2024-04-01; sessions run on weekdays from 13:30 UTC. */
const firstDay = 19_814;
const sessionOpen = 13.5 * 60 * MINUTE;

/** Deterministic in its setting. @throws a broken invariant when a session is too short for a pattern and its event. */
export function plantedMarket(options: PlantedOptions): PlantedMarket {
  const setting = plantedSetting(options);
  invariant(setting.slots > 2 * longestLead, `a session of ${setting.slots} rows`);
  const root = createRng(setting.seed);
  const stressed = drawStress(setting, root.fork('stress'));
  const factors = persistence.map((_, c) => normals(setting.days * setting.slots, root.fork(`factor ${c}`)));
  const calendar = sessionRows(setting);
  const histories = Array.from({ length: setting.instruments }, (_, i) =>
    drawHistory(setting, i, stressed, root.fork(`history ${i}`)),
  );
  const series = histories.map((history, i): ChannelSeries => {
    const rng = root.fork(`noise ${i}`);
    const values = persistence.map((_, c) =>
      channel(setting, c, factors[c]!, stressed, history, rng.fork(plantedChannels[c]!)),
    );
    return { symbol: `PLANT${String(i + 1).padStart(2, '0')}`, ...calendar, values };
  });
  const panel: Panel = { channels: plantedChannels, stepMs: MINUTE, slots: setting.slots, series };
  const places = histories.flatMap((h, i) => h.events.map((row) => ({ series: i, row })));
  const truth = histories.flatMap((h) => h.occurrences);
  truth.sort((a, b) => a.last - b.last || a.series - b.series);
  return { setting, panel, events: eventTable(panel, places), truth, stressed };
}

/** Exactly the setting's share of days, anywhere. */
function drawStress(setting: PlantedSetting, rng: Rng): boolean[] {
  const stressed = new Array<boolean>(setting.days).fill(false);
  for (let left = Math.round(setting.stress * setting.days); left > 0; ) {
    const day = rng.integer(setting.days);
    if (stressed[day]) continue;
    stressed[day] = true;
    left--;
  }
  return stressed;
}

function normals(count: number, rng: Rng): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = rng.normal();
  return out;
}

/** When each row becomes known (at the end of its minute), its day and its slot; the same for all instruments. */
function sessionRows({ days, slots }: PlantedSetting): Pick<ChannelSeries, 'at' | 'day' | 'slot'> {
  const rows = days * slots;
  const at = new Float64Array(rows);
  const day = new Int32Array(rows);
  const slot = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const index = Math.floor(row / slots);
    day[row] = firstDay + index + 2 * Math.floor(index / 5);
    slot[row] = row % slots;
    at[row] = day[row]! * DAY + sessionOpen + (slot[row]! + 1) * MINUTE;
  }
  return { at, day, slot };
}

/** One channel of one instrument: AR(1) noise of (almost) unit variance, stress, patterns, the moves of events, and the course of the session over all. */
function channel(
  setting: PlantedSetting,
  c: number,
  factor: Float64Array,
  stressed: readonly boolean[],
  { occurrences, events }: SeriesHistory,
  rng: Rng,
): Float64Array {
  const { slots } = setting;
  const phi = persistence[c]!;
  const spread = Math.sqrt(1 - phi * phi);
  const values = new Float64Array(factor.length);
  let state = rng.normal();
  for (let row = 0; row < values.length; row++) {
    state = phi * state + spread * (ownShare * studentFour(rng) + factorShare * factor[row]!);
    values[row] = state + (stressed[Math.floor(row / slots)]! ? stressShift[c]! : 0);
  }
  for (const { kind, first, last, strength } of occurrences) {
    const size = energy * setting.amplitude * strength;
    for (let row = first; row <= last; row++)
      values[row]! += size * templateAt(kind, c, (row - first) / (last - first));
  }
  if (c === 0) for (const row of events) values[row]! += setting.eventMove;
  for (let row = 0; row < values.length; row++) {
    const edge = ((2 * (row % slots)) / (slots - 1) - 1) ** 2;
    values[row] = edgeLevel[c]! * edge + (1 + edgeScale[c]! * edge) * values[row]!;
  }
  return values;
}

/** Student t with 4 degrees of freedom over its standard deviation: chi-square with 4 is -2 log of two uniforms. */
function studentFour(rng: Rng): number {
  const halfChiSquare = -Math.log((1 - rng.next()) * (1 - rng.next()));
  return rng.normal() / Math.sqrt(halfChiSquare);
}
