/** Detections with what came after them: what gates and probabilities are learnt from. */
import type { DayRange, FeatureModel, Panel } from '../../features/index.ts';
import { type Matrix, rowOf, stacked } from '../../learning/index.ts';
import type { EventTable } from '../events/event-table.ts';
import { levelOf } from '../precursor/levels.ts';
import { alertOutcomes } from '../validate/outcomes.ts';
import type { DetectionTable } from './detections.ts';

/** Equal-length columns, a row a detection, in the order they came. */
export type Lessons = {
  readonly precursor: Int32Array;
  readonly membership: Float64Array;
  readonly day: Int32Array;
  /** 1 when an event followed within the horizon, else 0. */
  readonly success: Float64Array;
  /** Probability of that for an alert that says nothing, by the events of the other instruments. */
  readonly chance: Float64Array;
  readonly coefficients: Matrix;
  /** Level of each channel over the window. */
  readonly levels: readonly Float64Array[];
};

export type LessonInput = {
  readonly model: FeatureModel;
  readonly panel: Panel;
  readonly events: EventTable;
  readonly range: DayRange;
  readonly horizonRows: number;
};

export function lessonsOf(table: DetectionTable, { model, panel, events, range, horizonRows }: LessonInput): Lessons {
  const alerts = {
    cluster: table.precursor,
    series: table.series,
    row: table.row,
    at: table.at,
    score: table.membership,
  };
  const { lead, othersChance: chance } = alertOutcomes(panel, events, alerts, { range, horizonRows });
  const { precursor, membership, day, coefficients } = table;
  return {
    precursor,
    membership,
    day,
    success: lead.map((rows) => (rows <= horizonRows ? 1 : 0)),
    chance,
    coefficients,
    levels: model.channels.map((_, c) => lead.map((_, i) => levelOf(model, rowOf(coefficients, i), c))),
  };
}

/** The lessons for which `keep` is true. */
export function lessonsWhere(lessons: Lessons, keep: (index: number) => boolean): Lessons {
  const kept = Array.from(lessons.day, (_, i) => i).filter(keep);
  const reals = (column: Float64Array): Float64Array => Float64Array.from(kept, (i) => column[i]!);
  const { coefficients } = lessons;
  return {
    precursor: Int32Array.from(kept, (i) => lessons.precursor[i]!),
    membership: reals(lessons.membership),
    day: Int32Array.from(kept, (i) => lessons.day[i]!),
    success: reals(lessons.success),
    chance: reals(lessons.chance),
    coefficients: stacked(
      kept.map((i) => rowOf(coefficients, i)),
      coefficients.columns,
    ),
    levels: lessons.levels.map(reals),
  };
}

export function inputOf(lessons: Lessons, i: number) {
  return {
    precursor: lessons.precursor[i]!,
    membership: lessons.membership[i]!,
    coefficients: rowOf(lessons.coefficients, i),
  };
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
