/** From the survivors of a discovery to one small document that scores rows as they come. */
import { SigmaError } from '../../core/index.ts';
import type { DayRange, FeatureModel, FeatureSpec, Panel } from '../../features/index.ts';
import { type Matrix, rowOf } from '../../learning/index.ts';
import { dailyBudget } from '../alerts/budget.ts';
import { researchDefaults } from '../defaults.ts';
import type { EventTable } from '../events/event-table.ts';
import { agreement } from '../precursor/agreement.ts';
import type { Precursor, PrecursorArtifact } from '../precursor/artifact.ts';
import { type GateRule, passes } from '../precursor/gates.ts';
import { sampleLevels } from '../precursor/levels.ts';
import { looksOf } from '../precursor/looks.ts';
import { estimateOf, type ProbabilityModel, probabilityOf } from '../precursor/probability.ts';
import { alertRule } from '../score/alert-rule.ts';
import { tradingDays, within } from '../splits/split-days.ts';
import { budgetThreshold } from '../validate/budget.ts';
import { calibrate } from './calibrate.ts';
import { chooseGates, usualGates } from './choose-gates.ts';
import { costOf } from './cost.ts';
import { type DetectionTable, detect } from './detections.ts';
import { chooseEstimate, type EstimateKind, fitEstimate } from './fit-probability.ts';
import { inputOf, type Lessons, lessonsOf, lessonsWhere, mean } from './lessons.ts';
import { excessLimits, frozenInputs } from './monitoring.ts';
import { roundedModel, roundTo } from './rounded.ts';

export type DistillInput = {
  readonly name: string;
  readonly specification: FeatureSpec;
  readonly model: FeatureModel;
  /** All clusters of the discovery: a row of centroids and a radius each. */
  readonly clusters: { readonly centroids: Matrix; readonly radius: ArrayLike<number> };
  /** Those that survived. */
  readonly survivors: readonly number[];
  readonly panel: Panel;
  readonly events: EventTable;
  /**
   * Everything is fitted on the days of discovery; the last of them, for calibration, fit no gate and no estimate. Those of
   * validation, where given, count towards what is promised.
   */
  readonly days: { readonly discovery: DayRange; readonly calibration: DayRange; readonly validation?: DayRange };
};

export type DistillOptions = {
  readonly seed: number;
  readonly horizonRows?: number;
  readonly quietRows?: number;
  /** Most alerts a day over all instruments. */
  readonly perDay?: number;
  /** Gates that may be chosen: those that make sense by the names of channels when absent, none when empty. */
  readonly gates?: readonly GateRule[];
  /** How success is estimated at first; chosen on days left out when absent. */
  readonly estimate?: EstimateKind;
  /** Significant digits of the document. */
  readonly digits?: number;
};

/** Successes over those of alerts that say nothing, on the days that gates are fitted on, from which an alert is worth having: the least lift of a survivor. */
const WORTHWHILE_LIFT = researchDefaults.test.minLift;

/**
 * Pure: the same input gives the same document.
 * @throws SigmaError research/no-survivor without a survivor
 */
export function distill(input: DistillInput, options: DistillOptions): PrecursorArtifact {
  const { seed, horizonRows = researchDefaults.horizonRows, quietRows = horizonRows } = options;
  const { perDay = researchDefaults.alertsPerDay, digits = 7 } = options;
  const { name, panel, events, days } = input;
  if (input.survivors.length === 0)
    throw new SigmaError('research/no-survivor', 'no cluster survived, so there is nothing to distil', {
      where: name,
      hint: 'sigma report on the validation says why each was rejected; try other days, or another specification',
    });
  const features = roundedModel(input.model, digits);
  const shapes = shapesOf(features, input, digits);
  const detectedOn = (range: DayRange): DetectionTable =>
    detect({ features, precursors: shapes, quietRows }, panel, range);
  const learntFrom = (table: DetectionTable, range: DayRange): Lessons =>
    lessonsOf(table, { model: features, panel, events, range, horizonRows });
  const detected = detectedOn(days.discovery);
  const learnt = (range: DayRange): Lessons => learntFrom(detected, range);
  const all = learnt(days.discovery);
  const calibrates = (lessons: Lessons, i: number): boolean => within(days.calibration, lessons.day[i]!);
  const fittingDays = { from: days.discovery.from, to: days.calibration.from };
  const sample = sampleLevels(features, panel, fittingDays);
  const fitting = lessonsWhere(learnt(fittingDays), (i) => !calibrates(all, i));
  const base = mean((fitting.day.length > 0 ? fitting : all).chance);

  const choice = chooseGates(options.gates ?? usualGates(features.channels), {
    channels: features.channels,
    sample,
    lessons: fitting,
    worthwhile: WORTHWHILE_LIFT * base,
  });
  const gates = choice.gates.map((gate) => ({ ...gate, limit: roundTo(digits)(gate.limit) }));
  const passed = (i: number): boolean =>
    gates.every((gate) => passes(gate, all.levels[features.channels.indexOf(gate.channel)]![i]!));
  const lessons = lessonsWhere(all, passed);

  const training = lessonsWhere(lessons, (i) => !calibrates(lessons, i));
  const calibration = lessonsWhere(lessons, (i) => calibrates(lessons, i));
  const fit = { precursors: shapes.length, base, seed };
  const kind = options.estimate ?? chooseEstimate(training, fit);
  const probability = calibrated(fitEstimate(kind, training, fit), calibration, digits);
  const scores = Array.from(calibration.day, (_, i) => probabilityOf(probability, inputOf(calibration, i)));
  const count = (range: DayRange): number => tradingDays(panel, range).length;
  const threshold = Math.max(0, budgetThreshold(scores, count(days.calibration), perDay));
  // What a session would have given: what is kept back promises nothing.
  const given = (of: Lessons): Lessons => {
    const verdictOn = alertRule({ features, gates, probability, budget: { threshold } }, dailyBudget(perDay));
    return lessonsWhere(of, (i) => verdictOn(inputOf(of, i), of.day[i]!) === 'alert');
  };
  const later = days.validation === undefined ? [] : [days.validation];
  const sessions = [all, ...later.map((range) => learntFrom(detectedOn(range), range))].map(given);
  const promised = shapes.map((_, k) => promisedOf(sessions, k, digits));
  const counted = [days.discovery, ...later].reduce((sum, range) => sum + count(range), 0);
  const limits = excessLimits(
    promised,
    promised.map(({ alerts }) => alerts / counted),
  );
  const document = {
    schema: 'sigma.precursor/1' as const,
    name,
    specification: input.specification,
    features,
    horizonRows,
    quietRows,
    precursors: shapes.map((shape, k): Precursor => ({ ...shape, promised: promised[k]!, excessLimit: limits[k]! })),
    gates,
    probability,
    budget: { perDay, threshold },
    drift: { inputs: frozenInputs(features.channels, sample) },
    fitted: {
      discovery: days.discovery,
      calibration: days.calibration,
      seed,
      trials: choice.trials + (options.estimate === undefined ? 2 : 1),
    },
    agreement: agreementWithAll(input, detected, passed, quietRows),
  };
  return { ...document, cost: costOf(document) };
}

type Shape = Omit<Precursor, 'promised' | 'excessLimit'>;

function shapesOf(features: FeatureModel, { clusters, survivors }: DistillInput, digits: number): Shape[] {
  const round = roundTo(digits);
  return survivors.map((cluster) => {
    const centroid = Array.from(rowOf(clusters.centroids, cluster), round);
    return { cluster, looks: looksOf(features, centroid), centroid, radius: round(clusters.radius[cluster]!) };
  });
}

function promisedOf(sessions: readonly Lessons[], precursor: number, digits: number): Precursor['promised'] {
  const round = roundTo(digits);
  const own = sessions.map((lessons) => lessonsWhere(lessons, (i) => lessons.precursor[i] === precursor));
  const alerts = own.reduce((sum, { day }) => sum + day.length, 0);
  if (alerts === 0) return { alerts, rate: 0, base: 0 };
  const overAll = (column: (lessons: Lessons) => Float64Array): number =>
    round(own.reduce((sum, lessons) => sum + column(lessons).reduce((total, x) => total + x, 0), 0) / alerts);
  return { alerts, rate: overAll(({ success }) => success), base: overAll(({ chance }) => chance) };
}

function calibrated(first: ProbabilityModel['first'], lessons: Lessons, digits: number): ProbabilityModel {
  const estimates = Array.from(lessons.day, (_, i) => estimateOf(first, inputOf(lessons, i)));
  const curve = calibrate(estimates, Array.from(lessons.success));
  if (curve === undefined) return { first };
  return { first, calibration: { scores: curve.scores, values: curve.values.map(roundTo(digits)) } };
}

/** Alerts of survivors as the whole discovery would have raised them, against those of the document, on the calibration days. */
function agreementWithAll(
  { model, clusters, survivors, panel, days }: DistillInput,
  detected: DetectionTable,
  passed: (index: number) => boolean,
  quietRows: number,
): PrecursorArtifact['agreement'] {
  const everything = Array.from({ length: clusters.radius.length }, (_, k) => ({
    centroid: Array.from(rowOf(clusters.centroids, k)),
    radius: clusters.radius[k]!,
  }));
  const full = detect({ features: model, precursors: everything, quietRows }, panel, days.calibration);
  const key = (table: DetectionTable, i: number): string => `${table.series[i]} ${table.row[i]}`;
  const ofSurvivors = [...full.row.keys()].filter((i) => survivors.includes(full.precursor[i]!));
  const kept = [...detected.row.keys()].filter((i) => passed(i) && within(days.calibration, detected.day[i]!));
  return agreement(
    new Set(ofSurvivors.map((i) => key(full, i))),
    new Set(kept.map((i) => key(detected, i))),
    full.candidates,
  );
}
