/** Tests for a look into the future: what comes later must change nothing, what comes late must help nothing, and a method that peeks must be caught. */
import { createRng, hashJson } from '../../core/index.ts';
import { type ChannelSeries, type Panel, surpriseColumn } from '../../features/index.ts';
import { assignAlerts } from '../discover/assign.ts';
import { findCandidates } from '../discover/candidates.ts';
import type { PlantedMarket } from '../planted/market.ts';
import { judge, type Mined, mine } from './mine.ts';

export type LeakScore = {
  /** Alerts of survivors and their share followed by an event, with rows that become known so many minutes late; 0 without alerts. */
  readonly delays: readonly { readonly minutes: number; readonly alerts: number; readonly precision: number }[];
  /** Whether everything known at t is the same to the byte after all later rows were changed. */
  readonly causal: boolean;
  /** Whether the same test fails for a method that sees each row a bar early. */
  readonly peekCaught: boolean;
};

const DELAYS = [0, 10, 20, 30];

export function leakScore(market: PlantedMarket, mined: Mined): LeakScore {
  const { panel, events, setting } = market;
  const { survivors } = judge(mined, events, setting.seed);
  // In the middle of a session of the validation days.
  const open = Math.floor(0.8 * setting.days) * setting.slots;
  const now = open + Math.floor(setting.slots / 2);
  const later = disturbed(panel, now, setting.seed);
  const known = (p: Panel, by: Mined = mined): string => knownAt(by, sliced(p, open, open + setting.slots), now - open);
  return {
    delays: DELAYS.map((minutes) => ({ minutes, ...delayed(market, mined, survivors, minutes) })),
    causal: known(later, mine(later, mined.split)) === known(panel),
    peekCaught: known(peeking(later)) !== known(peeking(panel)),
  };
}

/** What is known in row `now` of one day: the model, each instrument's surprise so far and the alerts. */
function knownAt({ model, clusters }: Mined, day: Panel, now: number): string {
  const date = day.series[0]!.day[0]!;
  const candidates = findCandidates(model, day, { from: date, to: date + 1 });
  const alerts = assignAlerts(clusters, candidates);
  const given = [...alerts.row.keys()].filter((i) => alerts.row[i]! <= now);
  const surprises = day.series.map((s) => [...surpriseColumn(model, s).subarray(0, now + 1)].map(String));
  return hashJson({
    model,
    centroids: [...clusters.centroids.values],
    radius: [...clusters.radius],
    surprises,
    alerts: given.map((i) => [alerts.cluster[i]!, alerts.series[i]!, alerts.row[i]!, alerts.score[i]!]),
  });
}

function sliced(panel: Panel, from: number, to: number): Panel {
  const series = panel.series.map(({ symbol, at, day, slot, values }) => ({
    symbol,
    at: at.subarray(from, to),
    day: day.subarray(from, to),
    slot: slot.subarray(from, to),
    values: values.map((column) => column.subarray(from, to)),
  }));
  return { ...panel, series };
}

function withValues(panel: Panel, change: (series: ChannelSeries) => Float64Array[]): Panel {
  return { ...panel, series: panel.series.map((s) => ({ ...s, values: change(s) })) };
}

/** Every row after `now` is another. */
function disturbed(panel: Panel, now: number, seed: number): Panel {
  const rng = createRng(seed).fork('disturbed');
  return withValues(panel, ({ values }) =>
    values.map((column) => column.map((x, row) => (row > now ? x + 3 * rng.normal() : x))),
  );
}

/** The mutant: each row shows what the next one will be. */
function peeking(panel: Panel): Panel {
  return withValues(panel, ({ values }) => values.map((column) => column.map((x, row) => column[row + 1] ?? x)));
}

function delayed(
  { panel, events, setting }: PlantedMarket,
  mined: Mined,
  survivors: readonly number[],
  minutes: number,
): { readonly alerts: number; readonly precision: number } {
  const late = (times: Float64Array): Float64Array => times.map((at) => at + minutes * panel.stepMs);
  const latePanel = { ...panel, series: panel.series.map((s) => ({ ...s, at: late(s.at) })) };
  const alerts = { ...mined.alerts, at: late(mined.alerts.at) };
  const { clusters } = judge({ ...mined, panel: latePanel, alerts }, events, setting.seed);
  const chosen = clusters.filter((c) => survivors.includes(c.cluster));
  const count = chosen.reduce((sum, c) => sum + c.alerts, 0);
  const successes = chosen.reduce((sum, c) => sum + c.successes, 0);
  return { alerts: count, precision: count === 0 ? 0 : successes / count };
}
