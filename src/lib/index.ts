/** The public surface of sigma-quant: what the command line does, as functions over frames. Every name is listed; `test/architecture/public-surface.txt` shows each change. */

// Weights over strategies or instruments, and their walk-forward use.
// biome-ignore format: names in lines
export {
  type AllocationMethod, type AllocationOptions, allocate, allocateWalkForward, allocationMethods, type Covariance,
  type CovarianceKind, covariance, covarianceKinds, equalRisk, hierarchicalRiskParity, riskShares, type Symmetric,
  type TurnoverCost, type WalkForward, type WalkForwardOptions, type WeightBounds, type Weights,
} from './allocation/index.ts';
// Errors with their codes, canonical JSON and seeded randomness.
// biome-ignore format: names in lines
export {
  canonicalJson, createRng, type ErrorCode, type ErrorDetail, errorCodes, exitCodes, hashJson, type Json, type Rng,
  SigmaError,
} from './core/index.ts';
// Reading and writing bars, the catalog of data sets, quality, calendars, resampling, synthetic markets, Arrow.
// biome-ignore format: names in lines
export {
  type AdjustOptions, adjustBars, type Calendar, type CalendarName, type CatalogOptions, type ColumnNames,
  type ColumnRole, type CompleteSyntheticSpec, type CsvFormat, type CsvOptions, type CsvRead, calendar, calendarNames,
  checkBars, columnsFromArrow, columnsToArrow, contentHash, type Dataset, type DatasetDescription, type DatasetEntry,
  type DatasetMeta, detectCsvFormat, fromArrow, generateMarket, type IssueKind, inferTimeframe, issueKinds,
  listDatasets, localDay, localTime, normaliseSymbol, openDataset, type PostgresOptions, parseSyntheticSpec,
  type QualityIssue, type QualityOptions, type QualityReport, type Query, qualityScore, type ReadOptions,
  type RepairPolicy, type ResampleOptions, readActions, readBars, readCsv, readParquet, readPostgres, removeDataset, repairBars,
  repairPolicies, resampleBars, type SaveOptions, type SymbolOptions, type SyntheticMarket, type SyntheticSpec,
  saveDataset, syntheticCrypto, type TableColumns, type TableFormat, type TimeFormat, tableFormats, toArrow,
  toArrowIpc, type WritePostgresOptions, type WriteTableOptions, writeCsv, writeParquet, writePostgres, writeTable,
  zonedTime,
} from './data/index.ts';
// The engine and its two drivers: a backtest over blocks, a session over events.
// biome-ignore format: names in lines
export {
  type BacktestOptions, type BacktestProgress, type BarEvent, backtestSteps, barsEvent, createEngine,
  defaultRunConfig, type Engine, type EngineEvent, type EngineOptions, type EngineResult, type ExchangeOptions,
  fromJournalLine, type Journal, type JournalEntry, journalLine, type ReplayOptions, type RunConfig, type RunTotals, replayJournal,
  runBacktest, runSession, type SessionOptions, type SimulatedExchange, simulatedExchange, type VenuePort, venueFor, withArtifactUpdates,
} from './engine/index.ts';
// How orders are filled: fees, slippage, the path inside a bar.
// biome-ignore format: names in lines
export {
  defaultExecution, type ExecutionConfig, type FeeModel, type FillMoment, type IntrabarPath, type SlippageModel,
} from './execution/index.ts';
// Features: what is looked at, fitted on training days, in columns and bar by bar.
// biome-ignore format: names in lines
export {
  type CandidateStream, type ChannelSeries, candidateStream, type DayRange, type FeatureColumns, type FeatureLookAhead, type FeatureModel,
  type FeatureSpec, type FeatureSpecInput, type FeatureStream, featureColumns, featureSpecHash, featureStream, findLookAhead, fitFeatures, type InstrumentTicks,
  type Panel, type PanelOptions, type PeakRule, panelFromBars, panelFromTicks,
  parseFeatureSpec, type Scorer, type SessionCalendar, type StreamOptions, standardChannels, surpriseColumn, type Tick, type TickChannel,
  type TickPanelOptions, type TickWindow, type TickWindows, tickChannels, tickWindows, 
} from './features/index.ts';
// Named columns of equal length, the as-of join, bars as a stream of blocks.
// biome-ignore format: names in lines
export {
  asOfJoin, type BlockOptions, blocksFromBars, type Column, type Columns, type Frame, frame,
} from './frame/index.ts';
// Expressions, the operators that combine them, and their evaluation.
// Averages, channels, trend, oscillators and cycles.
// Rolling statistics, volatility and volume.
// biome-ignore format: names in lines
export {
  type Aroon, abs, add, addScaled, adl, adx, adxr, alma, anchoredVwap, and, apo, apply, aroon, atr, awesome,
  type BarExprs, type Bollinger, bars, barsSince, barsSinceHighest, barsSinceLowest, bollinger, bop, type Chandelier,
  type Channel, type CrossOperation, cci, chaikinOscillator, chandelier, choppiness, clip, cmf, cmo, constant,
  coppock, createEvaluator, createWorkbench, crossCount, crossDemean, crosses, crossesAbove, crossesBelow, crossMean, crossRank,
  crossZscore, cumulativeMax, cumulativeMin, cumulativeSum, decycler, defineKernel, dema, diff, div, divOr,
  dominantPeriod, donchian, dpo, dx, type Evaluator, type EvaluatorOptions, type Expr, easeOfMovement,
  efficiencyRatio, ema, eq, evaluate, evaluateAll, ewma, ewmaVolatility, exp, type Field, type Fisher, falling, field,
  fisher, follow, forceIndex, frama, type GarchParameters, garchVolatility, garmanKlass, ge, gt, type HarParameters,
  harForecast, highest, highPass, hma, hurst, type Ichimoku, type IndicatorEntry, type IndicatorGroup, ichimoku,
  indicatorCatalog, type Kernel, type KernelSpec, type Kst, kama, keltner, kst, lag, le, log, logReturn, lowest, lsma,
  lt, type Macd, macd, max, mcginley, mfi, min, minusDi, moneyFlowVolume, mul, natr, neg, normalCdf, not, nvi,
  type Operand, obv, of, on, or, parkinson, parseExpression, periodOpen, placeInRange, plusDi, power, ppo, psar, pvi, realizedVolatility,
  regressionForecast, regressionIntercept, regressionR2, regressionSlope, rising, rma, roc, rogersSatchell,
  rollingAutocorrelation, rollingBeta, rollingCorrelation, rollingCovariance, rollingKurtosis, rollingMad,
  rollingMaxDrawdown, rollingMeanDeviation, rollingMedian, rollingQuantile, rollingRank, rollingSkew, rollingStdev,
  rollingSum, rollingUlcerIndex, rollingVariance, rollingZscore, roofingFilter, rsi, runningDrawdown, type Scan,
  type Step, type Stochastic, type Supertrend, sessionVwap, sign, sma, sqrt, stochastic, stochasticFast, stochasticRsi, sub,
  superSmoother, supertrend, t3, tema, toExpr, trima, trix, trueRange, tsi, typicalPrice, ultimate, type Vortex,
  valueWhen, varianceRatio, vidya, vortex, vpt, vwap, vwma, type Workbench, where, williamsR, wma, yangZhang, zlema,
} from './indicators/index.ts';
// The steps of the research as artifacts: data set, discovery, validation, precursor, drift; the acceptance experiment.
// biome-ignore format: names in lines
export {
  atlasOf, buildDataset, type DatasetRequest, type DatasetSummary, type DatasetTerms, type DiscoverySummary,
  type DiscoveryTerms, type DistillTerms, type Drift, type DriftRequest, datasetDefaults, discoveryDefaults,
  type EventRule, type Experiment, featureSpecFor, type LabContext, type MadeValidation, makeDiscovery, makePrecursor,
  makeValidation, measureDrift, openDiscovery, openPrecursor, openValidation, type PlantedDataset, readEvents,
  readFeatureSpec, researchRebuilders, runExperiment, type Saved, savePlantedMarket, type ValidationTerms,
  validationDefaults, writeFeatureSpec,
} from './lab/index.ts';
// Statistical learning over tables of numbers.
// biome-ignore format: names in lines
export {
  type Adwin, adwin, approximatePredict, type BoostOptions, boostTrees, brier, columnMeans, conformalLimit,
  conformalRank, cosineTransform, decayInformation, discord, distanceProfile, type Eigen, type FrozenBins, fitPca,
  forgivenFailures, freezeBins, growIsolationForest, type Hdbscan, type HdbscanOptions, hdbscan, type IsolationForest,
  type IsolationForestOptions, isolationScore, isolationScores, isotonic, type KMeans, type KMeansOptions, kMeans,
  kolmogorovSmirnov, type Matrix, type MatrixProfile, type MatrixProfileOptions, type MonotoneCurve,
  type MultiMatrixProfile, matrix, matrixProfile, meanPathLength, motif, multiMatrixProfile, outcomesToAlarm,
  type Pca, type Prediction, pageHinkley, pcaScores, populationStability, type ReliabilityBin, reliability, rowOf,
  type StreamTest, squaredMahalanobis, successDecay, symmetricEigen, type Tree, type TreeEnsemble,
  type TreeExplainer, type TrimmedCovariance, type TwoSampleTest, treeExplainer, treeMargin, trimmedCovariance,
  usualExcess, valueAt, type Whitening, whiten, whitening,
} from './learning/index.ts';
// Metrics of a run: the catalog, intervals, series for charts.
// Single statistics of returns. Indicators of the same name (over bars) keep it; the numeric ones are called otherwise here.
// biome-ignore format: names in lines
// Luck in a search: overfitting, data snooping, stress and a verdict.
// biome-ignore format: names in lines
// What explains results: parameters over trials, regimes of the benchmark, kinds of cost.
// biome-ignore format: names in lines
export {type Assessment, 
  adjustedSharpe, annualReturn, 
  assessSearch, averageCorrelation, backtestOverfitting, benchmarkResiduals, breakEvenBps, 
  type CostShare, type
  CostStress, cagr, computeMetrics, cornishFisherVar, costShares, costStress, type Decay, type Drawdown, dailyReturns,
  deflatedSharpe, downsideDeviation, drawdownSeries, drawdownTable, effectiveTrials, expectedMaxSharpe, expectedShortfall, gainToPain,
  gaussianShortfall, gaussianVar, type Histogram, hacTStatistic, historicalVar, hurst as hurstExponent, type Importance, type Interval,
  type IntervalOptions, inferPeriodsPerYear, informationRatio, type JitterOptions, jitterBars, kappa3, type Metric, type MetricEntry,
  type MetricGroup, type MetricIntervals, type MetricKey, type Metrics, type MetricUnit, type MonthlyTable,
  maxDrawdown, metricCatalog, metricIntervals, minBacktestLength, minTrackRecord, monthlyReturns,type Neighbourhood, type
  NeighbourhoodInput, type NoiseRetention, neighbourhood, noiseRetention, 
  type Overfitting, omega, optimalBlockLength, type PerformanceInput,
  type PeriodReturns, parameterImportance, periodReturns, persistence, probabilisticSharpe, type Reason,type RegimeResult, 
  type ReturnMatrix, rachevRatio, regimeBreakdown,returnHistogram, rollingReturn, rollingSharpe,
  rollingVolatility, type SearchEvidence, type SharpeEstimate, type ShuffledTrades, type SuperiorAbility, sharpe, sharpeStandardError, shuffledTrades, simpleReturns, sortino, superiorAbility,
  type TrialColumns,tailRatio, totalReturn,
  trackingError, tStatistic, upsideDeviation, type ValueSeries, 
  type Verdict, type VerdictEvidence, verdict, verdictLimits,volatility, worstDrawdowns, yearlyReturns,
} from './metrics/index.ts';
// Instruments, bars, orders, records and time.
// biome-ignore format: names in lines
export {
  approximateMs, type BarColumns, type BarField, type Bars, type Block, type BlockSource, type Bracket, barCount,
  barFields, barsPerYear, betweenTimes, type Charge, type CodedText, type ColumnType, type ColumnTypes, type Command,
  type CorporateAction, closeTime, DAY, type Dictionary, type EquityCurve, type FillRecord, type FillRecords,
  fillRecords, formatTime, HOUR, type Instrument, type InstrumentKind, instrument, type Liquidity, type LogEntry,
  type LogRecords, logRecords, lowerBound, MINUTE, type Offset, type Order, type OrderChange, type OrderKind,
  type OrderRecord, type OrderRecords, type OrderRequest, type OrderStatus, type OrderTerms, orderRecords, parseTime,
  parseTimeframe, type Records, SECOND, type Side, sliceBars, type Timeframe, type TimeframeUnit, type TimeInForce,
  type TradeRecord, type TradeRecords, timeframeMs, tradeRecords, type VenueReport, WEEK,
} from './model/index.ts';
// Strategy files: finding, loading, checking their types, starting a new one.
// biome-ignore format: names in lines
export {
  checkTypes, type LoadedStrategy, listStrategies, loadStrategy, newStrategy, type PluginOptions, type StrategyEntry,
  type TypeCheck, type TypeProblem,
} from './plugins/index.ts';
// Cash, leverage, rounding and the size of a position.
export { type AccountConfig, defaultAccount, type SizingConfig } from './portfolio/index.ts';
// Stored runs and artifacts.
// biome-ignore format: names in lines
export {
  type Alias, type AliasChange, type AliasMove, type ArtifactDescription, type ArtifactDraft, type ArtifactInput,
  type ArtifactManifest, type ArtifactMeta, type ArtifactSplit, type ArtifactStore, type ArtifactSummary,type DataReference, 
  type ListedArtifact, type RunDecision, type RunManifest, type RunMeta, type RunNote, type RunStore, type RunSummary,
  type RunTable, resolveArtifact, runTables, type SaveOutcome, type StoredArtifact, type StoredRun,
} from './registry/index.ts';
// A run as text, HTML, Markdown, JSON, pictures, and as output of a notebook.
// biome-ignore format: names in lines
// A study as a page and as text.
// biome-ignore format: names in lines
export {
  type AtlasView, barsFrame, type ChartOptions, type ComparisonView, chartSvg, commentary, comparisonSvg, type Documents,
  type Evidence, type Finding, type FrameHtmlOptions, formatMetric, frameHtml, type ImageChart, type Insight, insights, metricsHtml,
  type NextStep, overlayPlot, type QualitySummary, type RunFlag, type RunView, renderAtlasHtml, renderChart, renderComparisonHtml,
  renderDriftHtml, renderHtml, renderJson, renderMarkdown, 
  renderStudyHtml, renderStudyTerminal, renderTerminal, reviewRun,
  runDocument, type StudyTerminalOptions, type StudyTrial, type StudyTrials, type StudyView,
  studyDocument,type TerminalOptions, verdictWords, warnings,
} from './report/index.ts';
// What precedes events, distilled into one document: scored row by row, and watched; a market whose truth is known.
// biome-ignore format: names in lines
export {
  alertText, type BarScorer, barScorer, type CompletedBar, type Contribution, type DatedAlert, type DecayAlarm, type DecayWatch, type DistillInput, type DistillOptions,
  type DriftAlarm, type DriftInput, type DriftReport, decayWatch, distill, driftReport, type Gate, type GateReading,
  type GateRule, type InputDrift, type PanelScores, type PlacedAlert, type PlantedMarket, type PlantedOptions, type PrecursorAlert, type PrecursorArtifact,
  type PrecursorDrift, type PrecursorScorer, type PrecursorStream, parseArtifact, plantedMarket, precursorScorer, type ResolvedAlert,
  type SuccessRecord, scorePanel,
} from './research/index.ts';
// Limits on orders and losses.
export { defaultRisk, type KillAction, type RiskConfig } from './risk/index.ts';
// Use cases: run, keep, load, compare, reproduce, export, replay.
// biome-ignore format: names in lines
export {
  type ApplyActions, type ArtifactSource, artifactSource, artifactsFor, artifactUpdates, backtest,type Comparison, 
  catalogMarkets, checkStrategy, compareRuns, compareStoredRuns, comparisonView,
  type Difference, type DriveOptions, type ExportBarsOptions,
  type ExportFormat, type ExportOptions, exportBars, exportRun, type LibraryOptions, type LibraryRun,
  type LookAhead, loadRun, type Markets, openLedger, openRegistry, openRuns, optionsOf, type Progress, packageVersion,
  type Replay, type ReproduceContext,
  type Reproduction, type Run, type RunComparison, type RunContext, type RunOptions, recordsOf, replayFile, reproduceRun, runStrategy,
  type StrategyCheck, type StrategySource, storedView, strategySource, tableColumns, tablesOf, type UpdateOptions, type UsedArtifacts,type WarmupDependence,
  type When,
} from './runs/index.ts';
// Markets in which something happens, and what strategies must make of them.
// biome-ignore format: names in lines
export {
  type Band, type CaseResult, loadScenarios, runScenarios, type Scenario, type ScenarioCase,
  type ScenarioMarket, type ScenariosOptions, type ScenariosResult, scenarioFolder,
} from './scenarios/index.ts';
// Numbers about any sample: distributions, proportions.
// biome-ignore format: names in lines
export {
  autocorrelation, clopperPearson, jeffreys, median, normalCdf as gaussianCdf, normalQuantile as gaussianQuantile,
  type ProportionInterval, wilson,
} from './statistics/index.ts';
// Declaring a strategy, its parameters, and what its handlers see.
// biome-ignore format: names in lines
export {
  type Allocation, type ArtifactAbout, type ArtifactNeed, type ArtifactNeeds, type ArtifactSet, type ArtifactValues, type BarView, type BooleanSpec, boolean, type ChoiceSpec, type Context, checkDefinition,
  checkParam, choice, defineStrategy, type FillEvent, type IntegerSpec, integer, type LoadedArtifact, type NumberSpec, number,
  type OpenOrder, type OrderEvent, type ParamSpec, type ParamSpecs, type ParamValue, type ParamValues,
  type PositionView, paramsJsonSchema, type Rebalance, type Row, requireNoLookAhead, resolveParams, type Signals,
  type Strategy, type StrategyDefinition, type TextSpec, text,
} from './strategy/index.ts';
// Searching parameters, and what the search may be believed.
// biome-ignore format: names in lines
export {
  type OpenExecutor, type OptimizeOptions, optimize, type Study, type StudyOptions, type StudyProgress,
} from './studies/index.ts';
// Many parameter sets of one strategy at once.
// biome-ignore format: names in lines
export {
  createSweep, type FigureKey, figureKeys, type ParamSet, type Sweep, type SweepEngine, type SweepOptions, type SweepPath,
  type SweepResult, type SweepTrace, type SweepWants,
} from './sweep/index.ts';
// Trials on all cores and on other machines.
// biome-ignore format: names in lines
export {
  type BlockHash, type BlockStore, cachedBlocks, createThreadPool, directoryBlocks, openBlocks, openSweepQueue,
  type QueueOptions, type QueueWorker, type QueueWorkerOptions, type SweepQueue, type SweepSpec,startQueueWorker, 
  type ThreadPool,
} from './workers/index.ts';
