/** Research: events, what precedes them, and what of it survives out of sample; the planted market by which the research itself is measured. */
export { type AssignedAlerts, type AssignOptions, assignAlerts } from './discover/assign.ts';
export { type Candidates, findCandidates } from './discover/candidates.ts';
export { type Clusters, describeClusters } from './discover/clusters.ts';
export { type DiscoverOptions, type Discovery, discover } from './discover/discover.ts';
export type { PrecursorArtifact } from './distill/artifact.ts';
export { parseArtifact } from './distill/artifact-schema.ts';
export { describedCourse } from './distill/coefficients.ts';
export { type DistillInput, type DistillOptions, distill } from './distill/distill.ts';
export type { Gate, GateRule } from './distill/gates.ts';
export { looksOf } from './distill/looks.ts';
export { type DecayAlarm, type DecayWatch, decayWatch, type ResolvedAlert } from './drift/decay-watch.ts';
export {
  type DatedAlert,
  type DriftAlarm,
  type DriftInput,
  type DriftReport,
  driftReport,
  type PrecursorDrift,
  type PromisedAlert,
  type SuccessRecord,
} from './drift/drift-report.ts';
export type { InputDrift } from './drift/input-drift.ts';
export { type EventPlace, type EventTable, eventTable } from './events/event-table.ts';
export { type LabelledEvent, labelledEvents } from './events/labelled.ts';
export { permuteEvents } from './events/permute-events.ts';
export { type PricePath, pricesOf } from './events/prices.ts';
export { drawReferences, type ReferenceOptions } from './events/references.ts';
export { eventsWhere, type MoveRule, moveEvents, type Spacing } from './events/rules.ts';
export { type BarrierLabels, type Barriers, tripleBarrier } from './events/triple-barrier.ts';
export { averageUniqueness, concurrency, type LabelSpans, uniquenessWeights } from './events/uniqueness.ts';
export type { DriftKind, DriftScore } from './experiment/drift.ts';
export { type ExperimentGate, experimentGates } from './experiment/gates.ts';
export {
  type ExperimentJob,
  type ExperimentPlan,
  type ExperimentResult,
  experimentJobs,
  fullPlan,
  runExperimentJob,
} from './experiment/jobs.ts';
export type { LeakScore } from './experiment/leaks.ts';
export type { ContrastedNull, NullScore } from './experiment/nulls.ts';
export type { ClusterScore, SeedScore } from './experiment/score.ts';
export { experimentSpec } from './experiment/setting.ts';
export { plantedBars, plantedExpressions } from './planted/bars.ts';
export { type PlantedMarket, plantedMarket } from './planted/market.ts';
export type { Occurrence } from './planted/occurrences.ts';
export { type PatternKind, patternKinds, patternRows, precursorKinds, templateAt } from './planted/patterns.ts';
export { eventProbability, type PlantedOptions, type PlantedSetting } from './planted/setting.ts';
export { alertText } from './score/alert-text.ts';
export { type BarScorer, barScorer, type CompletedBar } from './score/bar-scorer.ts';
export type { Contribution } from './score/contributions.ts';
export {
  type GateReading,
  type PrecursorAlert,
  type PrecursorScorer,
  type PrecursorStream,
  precursorScorer,
} from './score/precursor-scorer.ts';
export { type PanelScores, type PlacedAlert, scorePanel } from './score/score-panel.ts';
export { type DaySplit, purgedLabels, type SplitOptions, splitDays, tradingDays } from './splits/split-days.ts';
export { type AlertTable, alertTable, selectAlerts } from './validate/alert-table.ts';
export { type BudgetResult, budgetThreshold, takenAlerts, underBudget } from './validate/budget.ts';
export { type LeadTimes, leadTimes } from './validate/lead-times.ts';
export { alertOutcomes } from './validate/outcomes.ts';
export { type RegimeRule, type Regimes, regimeNames, stressRegimes } from './validate/regimes.ts';
export type { Rejection } from './validate/rejections.ts';
export { type TailLoss, type TradeSide, tailLoss } from './validate/tail-loss.ts';
export {
  type ClusterResult,
  type Proportion,
  type ValidateOptions,
  type Validation,
  validate,
} from './validate/validate.ts';
