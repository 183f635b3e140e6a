/** How a strategy is declared, checked and given its parameters. */
export {
  type ArtifactAbout,
  type ArtifactNeed,
  type ArtifactNeeds,
  type ArtifactNews,
  type ArtifactSet,
  type ArtifactValues,
  artifactReferences,
  type BoundStrategy,
  bindArtifacts,
  type LoadedArtifact,
} from './artifacts.ts';
export { checkDefinition } from './check-definition.ts';
export type { BarView, Context, FillEvent, OpenOrder, OrderEvent, PositionView } from './context.ts';
export { defineStrategy } from './define.ts';
export { handlerOf } from './handlers.ts';
export { paramsJsonSchema } from './json-schema.ts';
export {
  type BooleanSpec,
  boolean,
  type ChoiceSpec,
  choice,
  type IntegerSpec,
  integer,
  type NumberSpec,
  number,
  type ParamSpec,
  type ParamSpecs,
  type ParamValue,
  type ParamValues,
  type TextSpec,
  text,
} from './params.ts';
export {
  checkReplays,
  type Replay,
  type ReplayCheck,
  type ReplayCheckOptions,
  type ReplayColumns,
  type ReplayFinding,
  requireNoLookAhead,
  type StartDependence,
} from './replay-check.ts';
export { checkParam, resolveParams } from './resolve.ts';
export type { Allocation, Rebalance, Row, Signals, Strategy, StrategyDefinition } from './strategy.ts';
