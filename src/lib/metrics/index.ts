/** Returns, trades and fills to numbers. */
export { type CostKind, type CostShare, costShares } from './attribution/cost-shares.ts';
export {
  type Importance,
  type ParameterEffect,
  type ParameterLevel,
  parameterImportance,
  type TrialColumns,
} from './attribution/parameter-importance.ts';
export { type RegimeInput, type RegimeResult, regimeBreakdown } from './attribution/regime-breakdown.ts';
export { informationRatio, trackingError } from './benchmark/regression.ts';
export { type BlockLengths, optimalBlockLength } from './bootstrap/block-length.ts';
export {
  type Interval,
  type IntervalOptions,
  type MetricIntervals,
  metricIntervals,
} from './bootstrap/metric-intervals.ts';
export { drawStationary } from './bootstrap/stationary-bootstrap.ts';
export type { MetricEntry, MetricGroup, MetricUnit } from './catalog/entry.ts';
export { type Metric, type MetricKey, metricCatalog } from './catalog.ts';
export { computeMetrics, computeSome, type Metrics } from './compute.ts';
export { renderMetricDocs } from './docs.ts';
export {
  type DepthSummary,
  depthSummary,
  drawdownOfReturns,
  drawdownSeries,
  maxDrawdown,
} from './drawdown/drawdown-series.ts';
export { type Drawdown, drawdownTable, worstDrawdowns } from './drawdown/drawdown-table.ts';
export type { CostTotals, PerformanceInput } from './input.ts';
export { assessSearch, type SearchEvidence } from './overfitting/assess-search.ts';
export type { Assessment } from './overfitting/assessment.ts';
export { backtestOverfitting, type Overfitting, type OverfittingOptions } from './overfitting/backtest-overfitting.ts';
export { benchmarkResiduals } from './overfitting/benchmark-residuals.ts';
export { breakEvenBps, type CostStress, type CostStressInput, costStress } from './overfitting/cost-stress.ts';
export { averageCorrelation, effectiveTrials } from './overfitting/effective-trials.ts';
export { type JitterOptions, jitterBars } from './overfitting/jitter-bars.ts';
export { type Neighbourhood, type NeighbourhoodInput, neighbourhood } from './overfitting/neighbourhood.ts';
export { type NoiseRetention, noiseRetention } from './overfitting/noise-retention.ts';
export { type Decay, persistence } from './overfitting/persistence.ts';
export type { ReturnMatrix } from './overfitting/return-matrix.ts';
export { type ShuffledTrades, type ShuffleOptions, shuffledTrades } from './overfitting/shuffled-trades.ts';
export { type SuperiorAbility, type SuperiorAbilityOptions, superiorAbility } from './overfitting/superior-ability.ts';
export { type Reason, type Verdict, type VerdictEvidence, verdict, verdictLimits } from './overfitting/verdict.ts';
export { gainToPain, kappa3, omega, sortino } from './ratios/downside.ts';
export { adjustedSharpe, perPeriodRate, sharpe } from './ratios/sharpe.ts';
export { kRatio, logGrowthLine, stability } from './ratios/steadiness.ts';
export { annualReturn, cagr } from './returns/cagr.ts';
export { type GainsAndLosses, gainsAndLosses } from './returns/gains-and-losses.ts';
export { simpleReturns } from './returns/simple-returns.ts';
export { totalReturn } from './returns/total-return.ts';
export { expectedShortfall, gaussianShortfall } from './risk/expected-shortfall.ts';
export { hurst } from './risk/hurst.ts';
export { rachevRatio, tailRatio } from './risk/tails.ts';
export { cornishFisherVar, gaussianVar, historicalVar } from './risk/value-at-risk.ts';
export { downsideDeviation, upsideDeviation, volatility } from './risk/volatility.ts';
export { type Histogram, returnHistogram } from './series/histogram.ts';
export {
  dailyReturns,
  type MonthlyTable,
  monthlyReturns,
  type PeriodReturns,
  periodReturns,
  yearlyReturns,
} from './series/period-returns.ts';
export { rollingBeta, rollingReturn, rollingSharpe, rollingVolatility } from './series/rolling.ts';
export { inferPeriodsPerYear, isIntraday, sampleDayEnds, type ValueSeries, yearsSpanned } from './series/sampling.ts';
export {
  type DeflatedFigures,
  deflatedFigures,
  type SharpeFigures,
  sharpeEstimateOf,
  type TrialCount,
} from './significance/deflate.ts';
export {
  deflatedSharpe,
  expectedMaxSharpe,
  minBacktestLength,
  minTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeStandardError,
} from './significance/sharpe-significance.ts';
export { hacTStatistic, tStatistic } from './significance/t-statistic.ts';
