/** Which gates earn their place, by nested validation: limits are set on some days and judged on the days left out. */
import { quantileSorted } from '../../statistics/index.ts';
import { type Gate, type GateRule, passes } from '../precursor/gates.ts';
import type { LevelSample } from '../precursor/levels.ts';
import { FOLDS, foldOf } from './folds.ts';
import { type Lessons, mean } from './lessons.ts';

export type GateEvidence = {
  readonly channels: readonly string[];
  /** Windows that limits are quantiles of. */
  readonly sample: LevelSample;
  readonly lessons: Pick<Lessons, 'day' | 'success' | 'levels'>;
  /** Probability of success from which an alert is worth having. */
  readonly worthwhile: number;
};

export type GateChoice = {
  readonly gates: readonly Gate[];
  /** Sets of gates that were judged. */
  readonly trials: number;
};

/** A gate with the share of windows that it shuts out, its limit still open. */
type Setting = GateRule & { readonly shut: number };

/** Shares of windows that a gate may shut out. */
const shares = [0.01, 0.05, 0.1, 0.2] as const;
const MOST_GATES = 3;

/**
 * Adds gates one at a time, each time the one that gains most on days left out. What a set of gates is worth is the sum over the alerts
 * that pass of (success - worthwhile): a gate pays when those that it shuts out succeed less often than is worthwhile. It must gain more
 * than two standard deviations of what shutting out as many alerts at random would scatter.
 */
export function chooseGates(rules: readonly GateRule[], evidence: GateEvidence): GateChoice {
  const chosen: Setting[] = [];
  let trials = 0;
  while (chosen.length < MOST_GATES) {
    const left = rules.filter((rule) => chosen.every((c) => c.channel !== rule.channel));
    const settings = left.flatMap((rule) => shares.map((shut): Setting => ({ ...rule, shut })));
    trials += settings.length;
    const judged = settings.map((setting) => ({ setting, ...gainOf(setting, chosen, evidence) }));
    const best = judged.reduce<(typeof judged)[number] | undefined>(
      (top, next) => (next.gain > 2 * next.scatter && next.gain > (top?.gain ?? 0) ? next : top),
      undefined,
    );
    if (best === undefined) break;
    chosen.push(best.setting);
  }
  return { gates: chosen.map((setting) => settled(setting, evidence, () => true)), trials };
}

/** What a further gate gains over those chosen, on days left out, and how that would scatter for a gate that means nothing. */
function gainOf(
  setting: Setting,
  chosen: readonly Setting[],
  evidence: GateEvidence,
): { gain: number; scatter: number } {
  const { day, success } = evidence.lessons;
  const fold = foldOf(evidence.sample.day);
  let gain = 0;
  let shutOut = 0;
  // Where hardly any succeed, as few as it takes to be worthwhile would: a few failures in a row are no evidence.
  const usual = Math.max(mean(success), evidence.worthwhile);
  for (let k = 0; k < FOLDS; k++) {
    const before = chosen.map((c) => settled(c, evidence, (day) => fold(day) !== k));
    const gate = settled(setting, evidence, (day) => fold(day) !== k);
    for (let i = 0; i < day.length; i++) {
      const isShut = fold(day[i]!) === k && before.every((g) => open(g, evidence, i)) && !open(gate, evidence, i);
      if (!isShut) continue;
      gain += evidence.worthwhile - success[i]!;
      shutOut++;
    }
  }
  return { gain, scatter: Math.sqrt(shutOut * usual * (1 - usual)) };
}

function open(gate: Gate, { channels, lessons }: GateEvidence, i: number): boolean {
  return passes(gate, lessons.levels[channels.indexOf(gate.channel)]![i]!);
}

/** The gate with its limit set on the days for which `uses` is true. */
function settled(
  { channel, side, shut }: Setting,
  { channels, sample }: GateEvidence,
  uses: (day: number) => boolean,
): Gate {
  const column = sample.levels[channels.indexOf(channel)]!;
  const sorted = column.filter((_, i) => uses(sample.day[i]!)).sort();
  const quantile = side === 'at-least' ? shut : 1 - shut;
  return { channel, side, limit: quantileSorted(sorted, quantile), quantile };
}

/** Gates that make sense by the name of a channel: cost from above, activity from below. */
export function usualGates(channels: readonly string[]): GateRule[] {
  return channels.flatMap((channel): GateRule[] => {
    if (/spread|impact/.test(channel)) return [{ channel, side: 'at-most' }];
    if (/activity|volume/.test(channel)) return [{ channel, side: 'at-least' }];
    return [];
  });
}
