/** Use cases over the rest of the library: market, engine, metrics and store joined into runs. */

export { packageRoot, packageVersion } from '../plugins/index.ts';
export { type Advice, parameterAdvice, runAdvice } from './advice.ts';
export { type AllocationStudy, type PortfolioFigures, studyAllocation } from './allocation-study.ts';
export {
  type ArtifactSource,
  artifactSource,
  artifactsFor,
  artifactUpdates,
  loadedArtifacts,
  type UpdateOptions,
  type UsedArtifacts,
  usedArtifacts,
} from './artifacts.ts';
export { type RunContext, runStrategy } from './backtest.ts';
export { type Benchmark, buyAndHold } from './benchmark.ts';
export { catalogMarkets } from './catalog-markets.ts';
export {
  type CheckSubject,
  checkStrategy,
  type LookAhead,
  type StrategyCheck,
  type WarmupDependence,
} from './check-strategy.ts';
export { type Comparison, compareRuns } from './compare.ts';
export { type AgainstFirst, type Changes, compareStoredRuns, type RunComparison } from './compare-stored.ts';
export { comparisonView } from './compare-view.ts';
export { importedActions } from './corporate-actions.ts';
export { decisionOf } from './decision.ts';
export { deflatedRuns } from './deflated.ts';
export type { Divergence } from './divergence.ts';
export type { DriveOptions, Progress } from './drive.ts';
export { type ExportFormat, type ExportOptions, exportRun, runDocumentText } from './export.ts';
export { type ExportBarsOptions, exportBars } from './export-bars.ts';
export { type Replay, replayFile } from './journal.ts';
export { ledgerSubject, ruleOf } from './ledger.ts';
export {
  backtest,
  type LibraryOptions,
  type LibraryRun,
  loadRun,
  openLedger,
  openRegistry,
  openRuns,
} from './library.ts';
export { lineDiff } from './line-diff.ts';
export type { Market, MarketInfo, Markets, Window } from './market.ts';
export { DEFAULT_DATA } from './open-markets.ts';
export { type ApplyActions, configOf, type Range, type RunOptions, rangeOf, type When } from './options.ts';
export { type PreparedRun, prepareRun } from './prepare.ts';
export { publishable } from './publishable.ts';
export {
  type Difference,
  type ReproduceContext,
  type Reproduction,
  reproduceRun,
  tableDifference,
} from './reproduce.ts';
export { resampledMarket } from './resampled-market.ts';
export { type ReturnSeries, returnsOfMarket, returnsOfRuns } from './return-series.ts';
export type { Run } from './run.ts';
export { settingsText } from './settings-text.ts';
export { optionsOf } from './stored-options.ts';
export { storedView } from './stored-view.ts';
export { type StrategySource, strategySource } from './strategy-source.ts';
export { recordsOf, tableColumns, tablesOf } from './tables.ts';
export { warmupSpan } from './warmup.ts';
