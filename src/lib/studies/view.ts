/** A study as reports see it. */
import { deflatedFigures } from '../metrics/index.ts';
import { type Objective, objectiveText, paramsAt, paretoFront, scoreOf, type TrialTable } from '../optimize/index.ts';
import type { StudyTrial, StudyView, TrialEvidence } from '../report/index.ts';
import { type StrategySource, settingsText } from '../runs/index.ts';
import { figureKeys, type Sweep } from '../sweep/index.ts';
import type { Arena } from './arena.ts';
import { dimensionText, fixedOf, type StudyPlan } from './plan.ts';

export type StudyParts = {
  readonly id: string;
  readonly source: StrategySource;
  readonly plan: StudyPlan;
  readonly arena: Arena;
  /** Of the range that was searched. */
  readonly sweep: Pick<Sweep, 'periodEnds' | 'periodsPerYear' | 'engine' | 'reason'>;
  readonly trials: TrialTable;
  readonly scores: Float64Array;
  /** Places of the scored trials, best first. */
  readonly order: Int32Array;
  readonly evidence: TrialEvidence;
  readonly partial: boolean;
};

/** Trials that the stored result shows in full; all of them stand in the table of trials. */
const MOST_TOP = 100;
const MOST_FAILURES = 20;

export function studyView(parts: StudyParts): StudyView {
  const { source, plan, arena, sweep, trials, order, evidence } = parts;
  const { info } = arena.prepared.market;
  const { config, feed } = arena.prepared;
  const trialOf = (place: number, objective: Objective = plan.objective): StudyTrial =>
    describeTrial(parts, place, scoreOf(objective, trials.figures, place));
  const failures = [...trials.failures].slice(0, MOST_FAILURES);
  return {
    id: parts.id,
    strategy: source.strategy.name,
    description: source.strategy.description ?? '',
    status: parts.partial ? 'partial' : 'complete',
    dataset: {
      name: info.name,
      title: info.title,
      synthetic: info.synthetic,
      hindsight: info.hindsight,
      closeOnly: info.closeOnly,
      timeframe: info.timeframe,
      symbols: feed.instruments.map(({ symbol }) => symbol),
      licence: info.licence,
    },
    from: sweep.periodEnds[0] ?? Number.NaN,
    to: sweep.periodEnds.at(-1) ?? Number.NaN,
    periods: sweep.periodEnds.length,
    periodsPerYear: sweep.periodsPerYear,
    settings: settingsText(config, false),
    space: plan.space.dimensions.map((dimension) => ({ name: dimension.name, values: dimensionText(dimension) })),
    fixed: fixedOf(plan.space),
    method: plan.search.method,
    budget: plan.search.budget,
    objective: objectiveText(plan.objective),
    where: [...plan.constraints.parameters, ...plan.constraints.figures.map(({ text }) => text)],
    seed: config.seed,
    engine: sweep.engine,
    engineReason: sweep.reason,
    currency: config.account.currency,
    counts: {
      trials: trials.count,
      failed: trials.failures.size,
      unscored: trials.count - trials.failures.size - order.length,
    },
    evidence,
    top: Array.from(order.subarray(0, MOST_TOP), (place) => trialOf(place)),
    ...(plan.pareto === undefined
      ? {}
      : {
          pareto: {
            objective: objectiveText(plan.pareto),
            front: paretoFront(plan.pareto, trials.figures, [...order]).map((place) => trialOf(place)),
          },
        }),
    failures: failures.map(([place, failure]) => ({ params: paramsAt(plan.space, trials.pointAt(place)), ...failure })),
  };
}

function describeTrial({ plan, sweep, trials, evidence }: StudyParts, place: number, score: number): StudyTrial {
  const figures = Object.fromEntries(figureKeys.map((key) => [key, trials.figures[key][place]!])) as Record<
    (typeof figureKeys)[number],
    number
  >; // every key is there
  return {
    trial: place,
    params: paramsAt(plan.space, trials.pointAt(place)),
    score,
    figures,
    dsr: deflatedFigures(figures, sweep.periodsPerYear, evidence).dsr,
  };
}
