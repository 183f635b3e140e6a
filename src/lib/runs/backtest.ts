/** The one call behind `sigma backtest`: data, engine, metrics, and a run that can be stored and reported. */
import { SigmaError } from '../core/index.ts';
import type { EngineResult, RunConfig } from '../engine/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import { type Bars, type CorporateAction, formatTime, lowerBound, parseTimeframe } from '../model/index.ts';
import type { RunContent, RunStore } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import { type ParamSpecs, type ParamValues, resolveParams } from '../strategy/index.ts';
import { benchmarkOf } from './benchmark.ts';
import { decisionOf } from './decision.ts';
import { type DriveOptions, drive } from './drive.ts';
import { figuresOf } from './figures.ts';
import { tradable } from './instruments.ts';
import { runJournalled } from './journal.ts';
import { dataReference, type Market, type Markets } from './market.ts';
import { memoryMarket } from './memory-market.ts';
import { configOf, type Range, type RunOptions, rangeOf } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { resampledMarket } from './resampled-market.ts';
import type { Run } from './run.ts';
import type { StrategySource } from './strategy-source.ts';
import { tablesOf } from './tables.ts';
import { viewOf } from './view.ts';
import { warmupSpan } from './warmup.ts';

export type RunContext = DriveOptions & {
  readonly markets: Markets;
  readonly store?: RunStore;
  /** Also journals every event and command to this new file. */
  readonly journal?: string;
};

const DEFAULT_DATA = 'us-equities';
const ROWS_PER_BLOCK = 8192;

/**
 * Runs a strategy over a market and, with a store, keeps the run.
 * @throws SigmaError for every kind of bad input; nothing is stored then
 */
export async function runStrategy(source: StrategySource, options: RunOptions, context: RunContext): Promise<Run> {
  const began = performance.now();
  const { strategy } = source;
  const params = resolveParams(strategy, options.params);
  const range = rangeOf(options);
  const { market, base } = await openMarkets(options, context.markets);
  const { info } = market;
  requireRows(market, range);
  const draft = configOf(options, info.periodsPerYear, range.from);
  const window = {
    ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
    from: range.from - warmupSpan(strategy, params, draft, info.timeframe),
    to: range.to,
  };
  const bars = tradable(await market.read(window), options.wholeUnits);
  const config = inCurrencyOf(bars, draft, options);
  requireRows(market, range, bars);
  const detail =
    options.detail === undefined ? undefined : await detailOf(options.detail, bars, base, window, context.markets);
  const actions = await market.actions(window);
  const setup = { source, params, bars, detail: detail?.bars, actions, context };
  const result = await execute(setup, config, context.journal);
  const bounds = options.path === 'bounds' ? await boundsOf(setup, config, result) : undefined;
  const benchmark = await benchmarkOf(options.benchmark, {
    market,
    bars,
    range,
    times: result.equity.time,
    cash: config.account.cash,
    markets: context.markets,
  });
  const decision = decisionOf({
    source,
    params,
    config,
    range,
    bounds: bounds !== undefined,
    wholeUnits: options.wholeUnits,
    timeframe: options.timeframe,
    detailAsked: options.detail,
    symbolsAsked: options.symbols,
    data: dataReference(info, bars),
    detail: detail === undefined ? undefined : dataReference(detail.market.info, detail.bars),
    benchmark: options.benchmark,
    status: result.ended === 'interrupted' ? 'partial' : 'complete',
  });
  const figures = figuresOf(result, benchmark, config);
  const view = viewOf({ decision, strategy, params, config, market, bars, result, benchmark, bounds, ...figures });
  const tables = tablesOf(result, benchmark?.value);
  const durationMs = Math.round(performance.now() - began);
  const run: Run = { id: view.id, decision, config, params, result, ...figures, tables, bars, view, durationMs };
  if (context.store === undefined) return run;
  return { ...run, saved: await context.store.save(contentOf(run, source, options)) };
}

type Setup = {
  readonly source: StrategySource;
  readonly params: ParamValues<ParamSpecs>;
  readonly bars: readonly Bars[];
  readonly detail: readonly Bars[] | undefined;
  readonly actions: readonly CorporateAction[];
  readonly context: RunContext;
};

function execute(setup: Setup, config: RunConfig, journal?: string): Promise<EngineResult> {
  const { source, params, actions, detail } = setup;
  const blocks = { rowsPerBlock: ROWS_PER_BLOCK };
  const options = {
    strategy: source.strategy,
    params,
    config,
    actions,
    source: blocksFromBars(setup.bars, blocks),
    ...(detail === undefined ? {} : { detail: blocksFromBars(detail, blocks) }),
  };
  return journal === undefined ? drive(options, setup.context) : runJournalled(options, source, journal);
}

async function boundsOf(setup: Setup, config: RunConfig, pessimistic: EngineResult): Promise<RunView['bounds']> {
  const optimistic = await execute(setup, { ...config, execution: { ...config.execution, path: 'optimistic' } });
  return {
    pessimistic: pessimistic.totals.final,
    optimistic: optimistic.totals.final,
    ambiguousBars: pessimistic.ambiguousBars,
  };
}

/** The market of the options, and the one its bars come from where they are resampled. */
async function openMarkets(
  options: RunOptions,
  markets: Markets,
): Promise<{ readonly market: Market; readonly base: Market }> {
  const { data = DEFAULT_DATA, timeframe } = options;
  const base = typeof data === 'string' ? await markets.open(data) : memoryMarket(isList(data) ? data : [data]);
  return { base, market: timeframe === undefined ? base : resampledMarket(base, timeframe) };
}

function isList(data: Bars | readonly Bars[]): data is readonly Bars[] {
  return Array.isArray(data);
}

/** Finer bars of the same instruments: the run's own data at that timeframe, or another data set. */
async function detailOf(
  detail: string,
  bars: readonly Bars[],
  base: Market,
  window: { from: number; to: number },
  markets: Markets,
) {
  const isTimeframe = /^[1-9]\d*[smhdwM]$/.test(detail);
  const finer = isTimeframe ? resampledMarket(base, parseTimeframe(detail, '--detail')) : await markets.open(detail);
  const symbols = bars.map((b) => b.instrument.symbol);
  const read = await finer.read({ ...window, symbols });
  return { market: finer, bars: read.map((b, i) => ({ ...b, instrument: bars[i]!.instrument })) };
}

/** An account is kept in one currency: the instruments' own unless another was asked for. */
function inCurrencyOf(bars: readonly Bars[], config: RunConfig, options: RunOptions): RunConfig {
  const currencies = [...new Set(bars.map((b) => b.instrument.currency))];
  const currency = options.account?.currency ?? currencies[0] ?? config.account.currency;
  const foreign = bars.find((b) => b.instrument.currency !== currency);
  if (foreign !== undefined) {
    throw new SigmaError(
      'usage/bad-option',
      `${foreign.instrument.symbol} is quoted in ${foreign.instrument.currency}, the account is kept in ${currency}`,
      {
        where: '--symbols',
        hint: `choose instruments of one currency (there are ${currencies.join(', ')}) or name it with --currency`,
      },
    );
  }
  return { ...config, account: { ...config.account, currency } };
}

/** @throws SigmaError usage/empty-range with the range of the data */
function requireRows(market: Market, range: Range, bars?: readonly Bars[]): void {
  const { name, from, to } = market.info;
  const some =
    bars === undefined
      ? range.from <= to && range.to > from
      : bars.some(({ time }) => lowerBound(time, range.to) > lowerBound(time, range.from));
  if (some) return;
  const start = Number.isFinite(range.from) ? formatTime(range.from) : 'the beginning';
  const end = Number.isFinite(range.to) ? formatTime(range.to) : 'the end';
  throw new SigmaError('usage/empty-range', `no bars from ${start} to ${end}`, {
    where: name,
    hint: `the data goes from ${formatTime(from)} to ${formatTime(to)}`,
  });
}

function contentOf(run: Run, source: StrategySource, options: RunOptions): RunContent {
  return {
    decision: run.decision,
    meta: {
      created: new Date().toISOString(),
      durationMs: run.durationMs,
      source: {
        strategy: source.origin,
        data: typeof options.data === 'string' ? options.data : options.data === undefined ? DEFAULT_DATA : '',
      },
    },
    tables: run.tables,
    metrics: run.metrics,
    intervals: run.intervals,
    log: run.result.log,
    outcome: outcomeOf(run.view),
    code: source.code,
  };
}
