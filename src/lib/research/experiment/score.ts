/** Survivors against the truth: which precursors were found, what else was believed, how good the alerts are. */
import { invariant } from '../../core/index.ts';
import type { PlantedMarket } from '../planted/market.ts';
import type { Occurrence } from '../planted/occurrences.ts';
import { type PatternKind, precursorKinds } from '../planted/patterns.ts';
import { daysOf, within } from '../splits/split-days.ts';
import type { BudgetResult } from '../validate/budget.ts';
import type { Validation } from '../validate/validate.ts';
import type { Mined } from './mine.ts';
import { eventChances, metOccurrences } from './truth.ts';

export type ClusterScore = {
  readonly cluster: number;
  /** The pattern that most of its alerts meet, at least half of them; undefined otherwise. */
  readonly kind: PatternKind | undefined;
  /** The generator's own lift of its alerts on the validation days; undefined without alerts. */
  readonly lift: number | undefined;
  readonly survives: boolean;
};

export type SeedScore = {
  readonly clusters: readonly ClusterScore[];
  /** Precursors that a surviving cluster stands for. */
  readonly found: readonly PatternKind[];
  readonly survivors: number;
  /** Survivors whose own lift is at most 1.5. */
  readonly falseSurvivors: number;
  /** Survivors that stand for D1, D2, D3, R or E. */
  readonly decoySurvivors: number;
  /** Alerts of survivors on the validation days, those that meet the precursor that their cluster stands for, and those that an event followed. */
  readonly alerts: number;
  readonly right: number;
  readonly successes: number;
  /** Precursors planted on the validation days, and those that such an alert met. */
  readonly planted: number;
  readonly met: number;
  /** Under the daily budget. */
  readonly budget: Pick<BudgetResult, 'perDay' | 'taken' | 'successes' | 'busiestDay' | 'refused'>;
};

const TRUE_LIFT = 1.5;

const isPrecursor = (kind: PatternKind | undefined): boolean => precursorKinds.some((k) => k === kind);

export function scoreSeed(market: PlantedMarket, { panel, split, alerts }: Mined, validation: Validation): SeedScore {
  const met = metOccurrences(market, alerts);
  const days = daysOf(panel, alerts);
  const validating = (i: number): boolean => within(split.validation, days[i]!);
  const clusters = validation.clusters.map(({ cluster, survives }): ClusterScore => {
    const own = [...alerts.cluster.keys()].filter((i) => alerts.cluster[i] === cluster);
    const chances = own.filter(validating).map((i) => eventChances(market, alerts.row[i]!, met[i]));
    const likely = chances.reduce((sum, c) => sum + c.given, 0);
    const base = chances.reduce((sum, c) => sum + c.base, 0);
    return { cluster, kind: majority(own.map((i) => met[i])), lift: base > 0 ? likely / base : undefined, survives };
  });
  const survivors = clusters.filter((c) => c.survives);
  const given = [...alerts.cluster.keys()].filter((i) => clusters[alerts.cluster[i]!]!.survives && validating(i));
  const right = given.filter((i) => isPrecursor(met[i]?.kind) && met[i]!.kind === clusters[alerts.cluster[i]!]!.kind);
  const planted = market.truth.filter(
    (o) => isPrecursor(o.kind) && within(split.validation, panel.series[o.series]!.day[o.last]!),
  );
  invariant(validation.budget !== undefined, 'validated under a budget');
  const { perDay, taken, successes, busiestDay, refused } = validation.budget;
  return {
    clusters,
    found: precursorKinds.filter((kind) => survivors.some((c) => c.kind === kind)),
    survivors: survivors.length,
    falseSurvivors: survivors.filter((c) => !((c.lift ?? 0) > TRUE_LIFT)).length,
    decoySurvivors: survivors.filter((c) => c.kind !== undefined && !isPrecursor(c.kind)).length,
    alerts: given.length,
    right: right.length,
    successes: validation.clusters.reduce((sum, c) => sum + (c.survives ? c.successes : 0), 0),
    planted: planted.length,
    met: new Set(right.map((i) => met[i])).size,
    budget: { perDay, taken, successes, busiestDay, refused },
  };
}

function majority(met: readonly (Occurrence | undefined)[]): PatternKind | undefined {
  const counts = new Map<PatternKind, number>();
  for (const o of met) if (o !== undefined) counts.set(o.kind, (counts.get(o.kind) ?? 0) + 1);
  for (const [kind, count] of counts) if (2 * count >= met.length) return kind;
  return undefined;
}
