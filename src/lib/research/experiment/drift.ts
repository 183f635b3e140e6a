/** A precursor that stops working: how many alerts it takes to be noticed, and how often the alarm is raised for nothing. */
import type { DayRange } from '../../features/index.ts';
import { alertTable } from '../alerts/alert-table.ts';
import { distill } from '../distill/distill.ts';
import { decayWatch } from '../drift/decay-watch.ts';
import { plantedMarket } from '../planted/market.ts';
import type { MarketSize } from '../planted/setting.ts';
import { scorePanel } from '../score/score-panel.ts';
import { splitDays, tradingDays } from '../splits/split-days.ts';
import { alertOutcomes } from '../validate/outcomes.ts';
import { judge, mine } from './mine.ts';
import { scoreSeed } from './score.ts';
import { horizonRows } from './setting.ts';

export type DriftScore = {
  /** Trading days that were watched (none where nothing survived), and alarms about clusters that had not decayed. */
  readonly days: number;
  readonly falseAlarms: number;
  /** Whether a cluster survived that stands for the precursor that decays. */
  readonly decayed: boolean;
  /** Resolved alerts of such a cluster from the decay to the first alarm about one; undefined without an alarm. */
  readonly alertsToAlarm: number | undefined;
};

/** C stops in the middle of the second half, or nothing of what survives changes for 250 days. */
export type DriftKind = 'decay' | 'steady';

/** Days that the market goes on beyond the ordinary: long enough for every cluster to have more than thirty alerts resolved. */
const furtherDays: Readonly<Record<DriftKind, number>> = { decay: 60, steady: 250 };

/** Discovers and validates, distils what survives, and watches its alerts from the decay, or from the end of the ordinary market, on. */
export function driftScore(kind: DriftKind, seed: number, size: MarketSize = {}): DriftScore {
  const { days: ordinary = 60 } = size;
  const steady = kind === 'steady';
  const validated = steady ? ordinary : Math.floor(0.75 * ordinary);
  const market = plantedMarket({
    ...size,
    seed,
    days: ordinary + furtherDays[kind],
    decay: steady ? undefined : { kind: 'C', fromDay: validated },
  });
  const { panel, events, setting } = market;
  const days = tradingDays(panel);
  const split = splitDays(days.slice(0, ordinary));
  const watched: DayRange = { from: days[validated]!, to: days.at(-1)! + 1 };
  const mined = mine(panel, { ...split, validation: { from: split.validation.from, to: watched.from } });
  const count = days.length - validated;
  const validation = judge(mined, events, setting.seed);
  if (validation.survivors.length === 0) return { days: 0, falseAlarms: 0, decayed: false, alertsToAlarm: undefined };
  const { clusters } = scoreSeed(market, mined, validation);
  const artifact = distill(
    { ...mined, name: 'planted', survivors: validation.survivors, events, days: mined.split },
    { seed: setting.seed },
  );
  const { alerts } = scorePanel(artifact, panel, watched);
  const table = alertTable(alerts, ({ score }) => score);
  const { lead, othersChance } = alertOutcomes(panel, events, table, { range: watched, horizonRows });
  const decays = (cluster: number): boolean => !steady && clusters[cluster]!.kind === 'C';
  const watch = decayWatch(artifact);
  const resolved = new Map<number, number>();
  let falseAlarms = 0;
  let alertsToAlarm: number | undefined;
  alerts.forEach(({ cluster }, i) => {
    resolved.set(cluster, (resolved.get(cluster) ?? 0) + 1);
    const alarm = watch.push({ cluster, success: lead[i]! <= horizonRows, chance: othersChance[i]! });
    if (alarm === undefined) return;
    if (decays(cluster)) alertsToAlarm ??= resolved.get(cluster)!;
    // R stops by itself in the middle of any market.
    else if (clusters[cluster]!.kind !== 'R') falseAlarms++;
  });
  return { days: count, falseAlarms, decayed: validation.survivors.some(decays), alertsToAlarm };
}
