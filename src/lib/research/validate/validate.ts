/** Which clusters precede events out of sample, and what following them would have been like. */
import { SigmaError } from '../../core/index.ts';
import type { DayRange, Panel } from '../../features/index.ts';
import { type ProportionInterval, wilson } from '../../statistics/index.ts';
import { type AlertTable, selectAlerts } from '../alerts/alert-table.ts';
import { researchDefaults } from '../defaults.ts';
import type { EventTable } from '../events/event-table.ts';
import { daysOf, tradingDays, within } from '../splits/split-days.ts';
import { type BudgetResult, budgetThreshold, underBudget } from './budget.ts';
import { type LeadTimes, leadTimes } from './lead-times.ts';
import { maxT } from './max-t.ts';
import { alertOutcomes, type Outcomes } from './outcomes.ts';
import { type Regimes, regimeNames } from './regimes.ts';
import { type Rejection, rejections } from './rejections.ts';
import { type TailLoss, type TradeSide, tailLoss } from './tail-loss.ts';

export type ValidateOptions = {
  /** Clusters are numbered from 0; alerts of the discovery days are looked at once more, those of the validation days decide. */
  readonly clusters: number;
  readonly discovery: DayRange;
  readonly validation: DayRange;
  readonly seed: number;
  /** Steps after an alert within which an event, of its day, makes it a success. */
  readonly horizonRows?: number;
  readonly permutations?: number;
  readonly minSupport?: number;
  readonly minLift?: number;
  readonly level?: number;
  /** Alerts of survivors that may be taken a day, and the days that the threshold is fixed on. */
  readonly budget?: { readonly perDay: number; readonly calibration: DayRange };
  /** Closes beside the rows of the panel, for the losses of failures. */
  readonly closes?: readonly Float64Array[];
  /** Which way alerts are traded; `either` by default. */
  readonly side?: TradeSide;
  readonly regimes?: Regimes;
};

export type Proportion = {
  readonly alerts: number;
  readonly successes: number;
  /** Successes over alerts, NaN without alerts. */
  readonly rate: number;
  /** Wilson, 95 %. */
  readonly interval: ProportionInterval;
  /** Rate of alerts of the same instruments at the same times that say nothing: by the events of their day and how many their instruments have by themselves. */
  readonly base: number;
  /** Rate over base. */
  readonly lift: number;
};

export type ClusterResult = Proportion & {
  readonly cluster: number;
  /** The same on the days of discovery. */
  readonly discovery: Proportion;
  readonly alertsPerDay: number;
  /** Standardised successes and p value adjusted for all clusters tested; NaN where the support is missing. */
  readonly statistic: number;
  readonly p: number;
  readonly leadTimes: LeadTimes;
  readonly failures: TailLoss | undefined;
  readonly regimes: readonly (Proportion & { readonly regime: string })[];
  readonly survives: boolean;
  /** Empty for survivors. */
  readonly rejections: readonly Rejection[];
};

export type Validation = {
  readonly clusters: readonly ClusterResult[];
  /** Clusters that had the support to be tested: what the p values are adjusted for. */
  readonly tested: number;
  readonly survivors: readonly number[];
  /** All survivors' alerts under the budget; undefined without a budget. */
  readonly budget: BudgetResult | undefined;
};

/**
 * Tests every cluster on the validation days. Pure: the same input gives the same result.
 * @throws SigmaError research/too-few-instruments when fewer than two have rows on the validation days: there is nobody to exchange events with
 */
export function validate(alerts: AlertTable, events: EventTable, panel: Panel, options: ValidateOptions): Validation {
  requireInstruments(panel, options.validation);
  const { horizonRows = researchDefaults.horizonRows, seed } = options;
  const { permutations, minSupport, minLift, level } = { ...researchDefaults.test, ...options };
  const before = alertOutcomes(panel, events, alerts, { range: options.discovery, horizonRows });
  const after = alertOutcomes(panel, events, alerts, { range: options.validation, horizonRows });
  const numbers = Array.from({ length: options.clusters }, (_, k) => k);
  const proportions = numbers.map((k) => proportion(alerts, after, k, horizonRows));
  const family = numbers.filter((k) => proportions[k]!.alerts >= minSupport);
  const test = maxT(alerts, after, horizonRows, { permutations, seed, family });
  const days = tradingDays(panel, options.validation).length;
  const clusters = numbers.map((k): ClusterResult => {
    const place = family.indexOf(k);
    const tested = { statistic: test.statistic[place] ?? Number.NaN, p: test.p[place] ?? Number.NaN };
    const discovery = proportion(alerts, before, k, horizonRows);
    const limits = { minSupport, minLift, level };
    const reasons = rejections({ ...proportions[k]!, ...tested, discoveryLift: discovery.lift }, limits);
    return {
      cluster: k,
      ...proportions[k]!,
      discovery,
      alertsPerDay: proportions[k]!.alerts / days,
      ...tested,
      ...aftermath(alerts, after, k, panel, options),
      survives: reasons.length === 0,
      rejections: reasons,
    };
  });
  const survivors = clusters.filter((c) => c.survives).map((c) => c.cluster);
  const budget = options.budget && budgetOf(alerts, after, panel, survivors, { ...options, ...options.budget });
  return { clusters, tested: family.length, survivors, budget };
}

function requireInstruments({ series }: Panel, validation: DayRange): void {
  const present = series.filter(({ day }) => day.some((d) => within(validation, d))).length;
  if (present >= 2) return;
  throw new SigmaError(
    'research/too-few-instruments',
    `${present === 1 ? 'one instrument has' : 'no instrument has'} rows on the days of validation, and a test by exchanging events needs two`,
    {
      where: series.map(({ symbol }) => symbol).join(', '),
      hint: 'take more instruments; ten or more make the test sharp',
    },
  );
}

type Chosen = (index: number) => boolean;

function proportion(
  alerts: AlertTable,
  outcomes: Outcomes,
  cluster: number,
  horizonRows: number,
  chosen: Chosen = () => true,
): Proportion {
  let count = 0;
  let successes = 0;
  let chance = 0;
  for (let i = 0; i < alerts.row.length; i++) {
    if (alerts.cluster[i] !== cluster || Number.isNaN(outcomes.lead[i]!) || !chosen(i)) continue;
    count++;
    chance += outcomes.chance[i]!;
    if (outcomes.lead[i]! <= horizonRows) successes++;
  }
  const rate = successes / count;
  const base = chance / count;
  return { alerts: count, successes, rate, interval: wilson(successes, count), base, lift: rate / base };
}

/** When the events came, what failures lost, and how each regime fared. */
function aftermath(
  alerts: AlertTable,
  outcomes: Outcomes,
  cluster: number,
  panel: Panel,
  { horizonRows = researchDefaults.horizonRows, closes, side = 'either', regimes }: ValidateOptions,
): Pick<ClusterResult, 'leadTimes' | 'failures' | 'regimes'> {
  const own: number[] = [];
  for (let i = 0; i < alerts.row.length; i++)
    if (alerts.cluster[i] === cluster && !Number.isNaN(outcomes.lead[i]!)) own.push(i);
  const column = (values: Float64Array): Float64Array => Float64Array.from(own, (i) => values[i]!);
  const failed = own.filter((i) => !(outcomes.lead[i]! <= horizonRows));
  const forward = (i: number): number => {
    const { day } = panel.series[alerts.series[i]!]!;
    const own = closes![alerts.series[i]!]!;
    let end = alerts.row[i]!;
    while (end < alerts.row[i]! + horizonRows && day[end + 1] === day[end]) end++;
    return Math.log(own[end]! / own[alerts.row[i]!]!);
  };
  return {
    leadTimes: leadTimes(column(outcomes.lead), column(outcomes.followed), horizonRows),
    failures: closes === undefined ? undefined : tailLoss(failed.map(forward), side),
    regimes: (regimes === undefined ? [] : regimeNames).map((regime, r) => ({
      regime,
      ...proportion(alerts, outcomes, cluster, horizonRows, (i) => regimes![alerts.series[i]!]![alerts.row[i]!] === r),
    })),
  };
}

function budgetOf(
  alerts: AlertTable,
  after: Outcomes,
  panel: Panel,
  survivors: readonly number[],
  options: ValidateOptions & { readonly perDay: number; readonly calibration: DayRange },
): BudgetResult {
  const { perDay, calibration, validation, horizonRows = researchDefaults.horizonRows } = options;
  const days = daysOf(panel, alerts);
  const isOf =
    (range: DayRange) =>
    (i: number): boolean =>
      survivors.includes(alerts.cluster[i]!) && within(range, days[i]!);
  const { score } = selectAlerts(alerts, isOf(calibration));
  const threshold = budgetThreshold(score, tradingDays(panel, calibration).length, perDay);
  const later = selectAlerts(alerts, isOf(validation));
  const lead = after.lead.filter((_, i) => isOf(validation)(i));
  return underBudget(panel, later, (i) => lead[i]! <= horizonRows, { threshold, perDay });
}
