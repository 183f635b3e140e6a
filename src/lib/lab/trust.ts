/** How far the survivors of a validation can be believed: their probabilities and their budgets on the validation days. */
import { brier, reliability } from '../learning/index.ts';
import type { TrustView } from '../report/index.ts';
import {
  type AlertTable,
  alertOutcomes,
  alertTable,
  type BudgetResult,
  budgetThreshold,
  daysOf,
  type PrecursorArtifact,
  scorePanel,
  selectAlerts,
  tradingDays,
  underBudget,
  within,
} from '../research/index.ts';
import type { OpenDataset } from './dataset.ts';
import type { OpenValidation } from './validation.ts';

/** Alerts a day that are asked for, until all are taken. */
const BUDGETS = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200];
const BINS = 8;

/** Alerts with the probability that each was given with. */
type Likely = { readonly alerts: AlertTable; readonly probability: readonly number[] };

/** By how often events followed each cluster on the days of discovery. @param alerts of all days and clusters */
export function trustInClusters(
  { discovery, validation }: Pick<OpenValidation, 'discovery' | 'validation'>,
  alerts: AlertTable,
): TrustView {
  const own = selectAlerts(alerts, (i) => validation.survivors.includes(alerts.cluster[i]!));
  const probability = Array.from(own.cluster, (cluster) => validation.clusters[cluster]!.discovery.rate);
  return trustIn(discovery.dataset, 'discovery', { alerts: own, probability });
}

/** By the calibrated probabilities of a precursor, none of whose alerts is refused. */
export function trustInPrecursor(dataset: OpenDataset, precursor: PrecursorArtifact): TrustView {
  const { panel } = dataset.market;
  const { calibration, validation } = dataset.summary.days;
  const open = { ...precursor, budget: { perDay: Number.POSITIVE_INFINITY, threshold: Number.NEGATIVE_INFINITY } };
  const { alerts } = scorePanel(open, panel, { from: calibration.from, to: validation.to });
  const probability = alerts.map((alert) => alert.probability);
  return trustIn(dataset, 'model', {
    probability,
    alerts: alertTable(alerts, (alert) => alert.probability),
  });
}

function trustIn(
  { market, events, terms, summary }: OpenDataset,
  source: TrustView['source'],
  given: Likely,
): TrustView {
  const { panel } = market;
  const { horizonRows } = terms;
  const { calibration, validation } = summary.days;
  const dayOf = daysOf(panel, given.alerts);
  const on = (range: typeof calibration) => (i: number) => within(range, dayOf[i]!);
  const scores = selectAlerts(given.alerts, on(calibration)).score;
  const later = selectAlerts(given.alerts, on(validation));
  const probability = given.probability.filter((_, i) => on(validation)(i));
  const { lead, chance } = alertOutcomes(panel, events, later, { range: validation, horizonRows });
  const success = Array.from(lead, (rows) => Number(rows <= horizonRows));
  const days = tradingDays(panel, calibration).length;
  return {
    source,
    reliability: reliability(probability, success, BINS),
    brier: brier(probability, success),
    budgets: budgetsOf((perDay) =>
      underBudget(panel, later, (i) => success[i] === 1, { threshold: budgetThreshold(scores, days, perDay), perDay }),
    ),
    base: chance.reduce((sum, p) => sum + p, 0) / chance.length,
  };
}

/** One after the other until a budget refuses nothing and takes all. */
function budgetsOf(result: (perDay: number) => BudgetResult): readonly BudgetResult[] {
  const results: BudgetResult[] = [];
  for (const perDay of BUDGETS) {
    const own = result(perDay);
    results.push(own);
    if (own.refused === 0 && own.threshold === Number.NEGATIVE_INFINITY) break;
  }
  return results;
}
