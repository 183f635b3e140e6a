/** Alerts under a daily budget, taken as they come: what a trader would have had, not the best of the day in hindsight. */
import type { Panel } from '../../features/index.ts';
import { type ProportionInterval, wilson } from '../../statistics/index.ts';
import type { AlertTable } from '../alerts/alert-table.ts';
import { type BudgetRule, firstCome } from '../alerts/budget.ts';
import { daysOf } from '../splits/split-days.ts';

/** Score that about `perDay` alerts a day reached over calibration days; -Infinity when there were fewer. */
export function budgetThreshold(scores: ArrayLike<number>, days: number, perDay: number): number {
  const sorted = Float64Array.from(scores).sort().reverse();
  const wanted = Math.floor(perDay * days);
  return wanted >= sorted.length || wanted === 0 ? Number.NEGATIVE_INFINITY : sorted[wanted - 1]!;
}

/** Indices of the alerts that are taken, as by `firstCome`. */
export function takenAlerts(panel: Panel, alerts: AlertTable, rule: BudgetRule): number[] {
  return firstCome(daysOf(panel, alerts), alerts.score, rule);
}

export type BudgetResult = {
  readonly perDay: number;
  /** Score from which an alert is taken, fixed on calibration days. */
  readonly threshold: number;
  readonly taken: number;
  readonly successes: number;
  /** Share of the taken alerts that an event followed; NaN when none was taken. */
  readonly precision: number;
  readonly interval: ProportionInterval;
  /** Alerts taken on the busiest day: never more than `perDay`. */
  readonly busiestDay: number;
  /** Alerts above the threshold that came when the budget of the day was spent. */
  readonly refused: number;
};

/** Precision at `perDay` alerts a day. @param succeeded whether an event followed each alert within the horizon */
export function underBudget(
  panel: Panel,
  alerts: AlertTable,
  succeeded: (index: number) => boolean,
  rule: BudgetRule,
): BudgetResult {
  const { threshold, perDay } = rule;
  const taken = takenAlerts(panel, alerts, rule);
  const successes = taken.filter(succeeded).length;
  const above = alerts.score.reduce((n, s) => n + (s >= threshold ? 1 : 0), 0);
  const days = daysOf(panel, alerts);
  const used = new Map<number, number>();
  for (const i of taken) used.set(days[i]!, (used.get(days[i]!) ?? 0) + 1);
  return {
    perDay,
    threshold,
    taken: taken.length,
    successes,
    precision: successes / taken.length,
    interval: wilson(successes, taken.length),
    busiestDay: Math.max(0, ...used.values()),
    refused: above - taken.length,
  };
}
