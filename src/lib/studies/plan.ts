/** What a study is going to do, before anything is evaluated: space, method, objective, conditions, and the name it has by them. */
import { type Json, SigmaError } from '../core/index.ts';
import {
  type Constraints,
  type Dimension,
  type Objective,
  objectiveText,
  parseConstraints,
  parseObjective,
  parseSpace,
  planSearch,
  type SearchPlan,
  type SearchSpace,
} from '../optimize/index.ts';
import type { StudyDecision } from '../registry/index.ts';
import { decisionOf, type StrategySource } from '../runs/index.ts';
import type { Arena } from './arena.ts';
import type { StudyOptions } from './options.ts';

export type StudyPlan = {
  readonly space: SearchSpace;
  readonly search: SearchPlan;
  readonly objective: Objective;
  readonly constraints: Constraints;
  readonly pareto: Objective | undefined;
};

/** @throws SigmaError usage/… for a space, an objective or a condition that cannot be */
export function planStudy({ strategy }: StrategySource, options: StudyOptions): StudyPlan {
  if (options.path === 'bounds')
    throw new SigmaError('usage/bad-option', 'a search ranks by one result a set, not by an interval', {
      where: '--path bounds',
      hint: 'search on the pessimistic path and measure the result with sigma backtest --path bounds',
    });
  const space = parseSpace(strategy, {
    ...(options.space === undefined ? {} : { space: options.space }),
    ...(options.params === undefined ? {} : { params: options.params }),
  });
  return {
    space,
    search: planSearch(space, {
      ...(options.method === undefined ? {} : { method: options.method }),
      ...(options.trials === undefined ? {} : { budget: options.trials }),
    }),
    objective: parseObjective(options.objective ?? 'sharpe'),
    constraints: parseConstraints(options.where ?? [], space),
    pareto: options.pareto === undefined ? undefined : parseObjective(options.pareto, '--pareto'),
  };
}

export function studyDecision(
  source: StrategySource,
  plan: StudyPlan,
  options: StudyOptions,
  { prepared, artifacts }: Pick<Arena, 'artifacts' | 'prepared'>,
): StudyDecision {
  const run = decisionOf({ ...prepared.parts, source, params: plan.space.fixed, artifacts, status: 'complete' });
  return {
    schema: 'sigma.study/1',
    strategy: run.strategy,
    data: run.data,
    ...(run.artifacts === undefined ? {} : { artifacts: run.artifacts }),
    search: {
      config: run.config,
      ...(run.detail === undefined ? {} : { detail: { ...run.detail } }),
      ...(run.actions === undefined ? {} : { actions: { ...run.actions } }),
      ...(run.benchmark === undefined ? {} : { benchmark: run.benchmark }),
      fixed: fixedOf(plan.space),
      space: plan.space.dimensions.map((dimension): Json => ({ ...dimension })),
      method: plan.search.method,
      budget: plan.search.budget,
      objective: objectiveText(plan.objective),
      where: [...plan.constraints.parameters, ...plan.constraints.figures.map(({ text }) => text)],
      ...(plan.pareto === undefined ? {} : { pareto: objectiveText(plan.pareto) }),
      ...(options.halving === true ? { halving: true } : {}),
      ...(options.holdout === undefined ? {} : { holdout: options.holdout }),
      ...(options.walkForward === undefined ? {} : { walkForward: { ...options.walkForward } }),
      ...(options.cpcv === undefined ? {} : { cpcv: { ...options.cpcv } }),
      engine: options.engine ?? 'auto',
    },
    seed: run.seed,
    versions: run.versions,
  };
}

/** Parameters that do not vary. */
export function fixedOf(space: SearchSpace): SearchSpace['fixed'] {
  const searched = new Set(space.dimensions.map(({ name }) => name));
  return Object.fromEntries(Object.entries(space.fixed).filter(([name]) => !searched.has(name)));
}

/** A dimension in the words of `--space`. */
export function dimensionText(dimension: Dimension): string {
  if (dimension.kind === 'list') return dimension.values.join(', ');
  const { min, max, step, log } = dimension;
  return `${min} to ${max}${step === undefined ? '' : `, step ${step}`}${log === true ? ', logarithmic' : ''}`;
}
