/** Searching parameters, and what the search may be believed. */
export type { TrialExecutor } from './executor.ts';
export { type Constraints, type FigureConstraint, holds, parseConstraints } from './objective/constraints.ts';
export {
  type FigureColumns,
  type Objective,
  type ObjectiveTerm,
  objectiveText,
  parseObjective,
  scoreOf,
} from './objective/objective.ts';
export { paretoFront } from './objective/pareto.ts';
export { ranked, scoresOf } from './ranking.ts';
export { listSampler } from './samplers/list.ts';
export {
  DEFAULT_BUDGET,
  planSearch,
  type SearchMethod,
  type SearchPlan,
  samplerOf,
  searchMethods,
} from './samplers/methods.ts';
export type { Sampler } from './samplers/sampler.ts';
export { type SearchEnd, type SearchOptions, scoreAt, search } from './search.ts';
export {
  type Dimension,
  evenCodes,
  type ListDimension,
  levelsOf,
  type RangeDimension,
  valueAt,
} from './space/dimension.ts';
export { parseSpace, type SpaceRequest } from './space/parse-space.ts';
export { type Allows, keyOf, type Point, paramsAt, type SearchSpace, sizeOf } from './space/space.ts';
export {
  type CpcvSpec,
  type CpcvSplit,
  cpcvGroups,
  cpcvPaths,
  cpcvSplits,
  defaultCpcv,
  trainMask,
} from './split/cpcv.ts';
export { labelEndsOf } from './split/labels.ts';
export { figureOfReturns } from './split/masked-figures.ts';
export {
  defaultWalkForward,
  type Stretch,
  type WalkForwardSpec,
  type WalkForwardWindow,
  walkForwardWindows,
} from './split/walk-forward.ts';
export { threadExecutor } from './thread-executor.ts';
export { type TrialFailure, TrialTable } from './trials.ts';
