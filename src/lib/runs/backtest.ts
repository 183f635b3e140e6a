/** The one call behind `sigma backtest`: data, engine, metrics, and a run that can be stored and reported. */

import { withoutPassword } from '../data/index.ts';
import type { EngineResult, RunConfig } from '../engine/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import type { Bars, BlockSource, CorporateAction } from '../model/index.ts';
import type { RunContent, RunStore, TrialLedger } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import { type ArtifactSet, type ParamSpecs, type ParamValues, resolveParams } from '../strategy/index.ts';
import { type ArtifactSource, artifactsFor } from './artifacts.ts';
import { decisionOf } from './decision.ts';
import { deflatedMetrics } from './deflated.ts';
import { type DriveOptions, drive } from './drive.ts';
import { requireInstants } from './feed.ts';
import { figuresOf } from './figures.ts';
import { runJournalled } from './journal.ts';
import { ledgerSubject, recordRun } from './ledger.ts';
import type { Markets } from './market.ts';
import { DEFAULT_DATA } from './open-markets.ts';
import { type RunOptions, rangeOf } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { outlived } from './outlived.ts';
import { prepareRun } from './prepare.ts';
import { publishable, riskWarnings } from './publishable.ts';
import type { Run } from './run.ts';
import type { StrategySource } from './strategy-source.ts';
import { tablesOf } from './tables.ts';
import { type Origin, viewOf } from './view.ts';
import { warmupSpan } from './warmup.ts';

export type RunContext = DriveOptions & {
  readonly markets: Markets;
  /** Where the strategy's artifacts come from; only one that reads none does without. */
  readonly artifacts?: ArtifactSource;
  readonly store?: RunStore;
  /** Where the run is counted as a trial. Left undefined only by what repeats a run that was counted. */
  readonly ledger: TrialLedger | undefined;
  /** Also journals every event and command to this new file. */
  readonly journal?: string;
  /** Longer histories are streamed from a tape instead of held in memory; two million bars when left out. */
  readonly rowsInMemory?: number;
};

/**
 * Runs a strategy over a market and, with a store, keeps the run.
 * @throws SigmaError for every kind of bad input; nothing is stored then
 */
export async function runStrategy(source: StrategySource, options: RunOptions, context: RunContext): Promise<Run> {
  const began = performance.now();
  const { strategy } = source;
  const params = resolveParams(strategy, options.params);
  const range = rangeOf(options);
  const artifacts = await artifactsFor(strategy, [params], context.artifacts);
  const prepared = await prepareRun({
    options,
    markets: context.markets,
    range,
    warmup: (config, timeframe) => warmupSpan(strategy, params, config, timeframe, artifacts),
    ...(context.rowsInMemory === undefined ? {} : { rowsInMemory: context.rowsInMemory }),
  });
  const { market, feed, config, detail, met } = prepared;
  const { actions } = feed;
  const setup = { source, params, artifacts, blocks: feed.source, detail: detail?.bars, actions: met, context };
  const result = await execute(setup, config, context.journal);
  if (feed.streamed && result.ended === 'finished') requireInstants(market, range, result.instants);
  const bounds =
    options.path === 'bounds' ? await boundsOf({ ...setup, blocks: feed.again }, config, result) : undefined;
  const benchmark = await prepared.benchmark(result.equity.time);
  const status = result.ended === 'interrupted' ? 'partial' : 'complete';
  const decision = decisionOf({ ...prepared.parts, source, params, artifacts, status });
  const figures = figuresOf(result, benchmark, config);
  const { streamed } = feed;
  const bars = feed.bars();
  const view = viewOf({
    decision,
    strategy,
    params,
    config,
    market,
    bars,
    streamed,
    actions,
    origin: originOf(source, options),
    result,
    benchmark,
    bounds,
    ...figures,
  });
  const warnings = [
    ...actions.warnings,
    ...riskWarnings(result.log, market.info.timeframe),
    // Of a stream no last bars are known.
    ...(streamed ? [] : outlived(result.trades, bars, result.equity.time.at(-1) ?? Number.NaN)),
    ...publishable(view),
  ];
  const tables = tablesOf(result, benchmark?.value);
  const durationMs = Math.round(performance.now() - began);
  // What is stored is as it was measured; what is shown knows of every trial made so far.
  const measured: Run = {
    id: view.id,
    decision,
    config,
    params,
    result,
    ...figures,
    tables,
    bars,
    view,
    warnings,
    durationMs,
  };
  const saved =
    context.store === undefined ? undefined : await context.store.save(contentOf(measured, source, options));
  // Counted last: a run that could not be kept is shown to nobody, and leaves nothing behind.
  const run = context.ledger === undefined ? measured : await counted(measured, context.ledger, source);
  return saved === undefined ? run : { ...run, saved };
}

/** The run as a trial among all of its family. @throws SigmaError store/write-failed */
async function counted(run: Run, ledger: TrialLedger, source: StrategySource): Promise<Run> {
  const { decision, config, params } = run;
  const evidence = await recordRun(ledger, ledgerSubject(source, decision, config), params, run.metrics);
  const metrics = deflatedMetrics(run.metrics, evidence);
  return { ...run, metrics, view: { ...run.view, metrics } };
}

type Setup = {
  readonly source: StrategySource;
  readonly params: ParamValues<ParamSpecs>;
  readonly artifacts: ArtifactSet;
  readonly blocks: BlockSource;
  readonly detail: readonly Bars[] | undefined;
  readonly actions: readonly CorporateAction[];
  readonly context: RunContext;
};

function execute(setup: Setup, config: RunConfig, journal?: string): Promise<EngineResult> {
  const { source, params, artifacts, actions, detail, blocks } = setup;
  const options = {
    strategy: source.strategy,
    params,
    artifacts,
    config,
    actions,
    source: blocks,
    ...(detail === undefined ? {} : { detail: blocksFromBars(detail) }),
  };
  const { signal } = setup.context;
  if (journal === undefined) return drive(options, setup.context);
  return runJournalled({ ...options, ...(signal === undefined ? {} : { signal }) }, source, journal);
}

async function boundsOf(setup: Setup, config: RunConfig, pessimistic: EngineResult): Promise<RunView['bounds']> {
  const optimistic = await execute(setup, { ...config, execution: { ...config.execution, path: 'optimistic' } });
  return {
    pessimistic: pessimistic.totals.final,
    optimistic: optimistic.totals.final,
    ambiguousBars: pessimistic.ambiguousBars,
  };
}

function contentOf(run: Run, source: StrategySource, options: RunOptions): RunContent {
  return {
    decision: run.decision,
    meta: {
      created: new Date().toISOString(),
      durationMs: run.durationMs,
      source: originOf(source, options),
    },
    tables: run.tables,
    metrics: run.metrics,
    intervals: run.intervals,
    log: run.result.log,
    outcome: outcomeOf(run.view),
    code: source.code,
  };
}

function originOf(source: StrategySource, { data = DEFAULT_DATA, actions, detail }: RunOptions): Origin {
  return {
    strategy: source.origin,
    data: typeof data === 'string' ? withoutPassword(data) : '',
    ...(typeof actions === 'string' ? { actions } : {}),
    ...(detail === undefined ? {} : { detail: withoutPassword(detail) }),
  };
}
