/** Research: events, what precedes them, and what of it survives out of sample; the planted market by which the research itself is measured. */

export { type AlertTable, alertTable, selectAlerts } from './alerts/alert-table.ts';
export type { ExperimentPlan } from './defaults.ts';
export { assignAlerts } from './discover/assign.ts';
export { type Candidates, findCandidates } from './discover/candidates.ts';
export { type Clusters, describeClusters } from './discover/clusters.ts';
export { type DiscoverOptions, type Discovery, discover } from './discover/discover.ts';
export { type DistillInput, type DistillOptions, distill } from './distill/distill.ts';
export { type DecayAlarm, type DecayWatch, decayWatch, type ResolvedAlert } from './drift/decay-watch.ts';
export {
  type DatedAlert,
  type DriftAlarm,
  type DriftInput,
  type DriftReport,
  driftReport,
  type PrecursorDrift,
  type SuccessRecord,
} from './drift/drift-report.ts';
export type { InputDrift } from './drift/input-drift.ts';
export { type EventPlace, type EventTable, eventTable } from './events/event-table.ts';
export { type LabelledEvent, labelledEvents } from './events/labelled.ts';
export { permuteEvents } from './events/permute-events.ts';
export { pricesOf } from './events/prices.ts';
export { drawReferences } from './events/references.ts';
export { eventsWhere, moveEvents } from './events/rules.ts';
export { type Barriers, tripleBarrier } from './events/triple-barrier.ts';
export { averageUniqueness, concurrency, uniquenessWeights } from './events/uniqueness.ts';
export { type ExperimentGate, experimentGates } from './experiment/gates.ts';
export { type ExperimentJob, type ExperimentResult, experimentJobs, runExperimentJob } from './experiment/jobs.ts';
export type { LeakScore } from './experiment/leaks.ts';
export { experimentSpec } from './experiment/setting.ts';
export { plantedBars, plantedExpressions } from './planted/bars.ts';
export { type PlantedMarket, plantedMarket } from './planted/market.ts';
export { patternKinds, patternRows, precursorKinds, templateAt } from './planted/patterns.ts';
export type { PlantedOptions } from './planted/setting.ts';
export type { Precursor, PrecursorArtifact } from './precursor/artifact.ts';
export { parseArtifact } from './precursor/artifact-schema.ts';
export { describedCourse } from './precursor/coefficients.ts';
export type { Gate, GateRule } from './precursor/gates.ts';
export { looksOf } from './precursor/looks.ts';
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
export { type DaySplit, daysOf, purgedLabels, splitDays, tradingDays, within } from './splits/split-days.ts';
export { type BudgetResult, budgetThreshold, takenAlerts, underBudget } from './validate/budget.ts';
export { leadTimes } from './validate/lead-times.ts';
export { alertOutcomes } from './validate/outcomes.ts';
export { type Regimes, regimeNames, stressRegimes } from './validate/regimes.ts';
export type { Rejection } from './validate/rejections.ts';
export { type TradeSide, tailLoss } from './validate/tail-loss.ts';
export { type ClusterResult, type Validation, validate } from './validate/validate.ts';
