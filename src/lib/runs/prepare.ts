/** Everything a run needs before its first bar: market, range, configuration, bars, finer bars and splits. */
import type { RunConfig } from '../engine/index.ts';
import type { Bars, CorporateAction, Timeframe } from '../model/index.ts';
import { type Benchmark, benchmarkOf, benchmarkSymbol } from './benchmark.ts';
import { actionsOf, actionsReference } from './corporate-actions.ts';
import type { DecisionParts } from './decision.ts';
import { type Feed, openFeed, ROWS_IN_MEMORY } from './feed.ts';
import { dataReference, extentOf, type Market, type Markets } from './market.ts';
import { detailOf, inCurrencyOf, isTimeframe, openMarkets } from './open-markets.ts';
import { configOf, type Range, type RunOptions } from './options.ts';

export type PrepareRequest = {
  readonly options: RunOptions;
  readonly markets: Markets;
  readonly range: Range;
  /** Milliseconds of bars to read before the range. */
  readonly warmup: (config: RunConfig, timeframe: Timeframe) => number;
  /** Longer histories are streamed; two million bars when left out. */
  readonly rowsInMemory?: number;
};

export interface PreparedRun {
  readonly market: Market;
  readonly range: Range;
  readonly config: RunConfig;
  readonly feed: Feed;
  readonly detail: { readonly market: Market; readonly bars: readonly Bars[] } | undefined;
  /** Splits and dividends that positions meet. */
  readonly met: readonly CorporateAction[];
  /** What the run is measured against, at the times of its equity curve. */
  benchmark(times: Float64Array): Promise<Benchmark | undefined>;
  /** What of it stands in a manifest. */
  readonly parts: Omit<DecisionParts, 'source' | 'params' | 'artifacts' | 'status'>;
}

/** @throws SigmaError for every kind of bad option, an empty range, unknown instruments and unreadable data */
export async function prepareRun(request: PrepareRequest): Promise<PreparedRun> {
  const { options, markets, range } = request;
  const { market, base } = await openMarkets(options, markets);
  const { info } = market;
  const draft = configOf(options, info.periodsPerYear, range.from);
  const window = {
    ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
    from: range.from - request.warmup(draft, info.timeframe),
    to: range.to,
  };
  const feed = await openFeed(market, {
    options,
    range,
    window,
    actions: await actionsOf(options, market),
    benchmark: benchmarkSymbol(options.benchmark, market),
    cash: draft.account.cash,
    rowsInMemory: request.rowsInMemory ?? ROWS_IN_MEMORY,
  });
  const { instruments, actions } = feed;
  const config = inCurrencyOf(instruments, draft, options);
  const detail =
    options.detail === undefined
      ? undefined
      : await detailOf(options.detail, { instruments, base, window, markets, actions, inner: feed.inner });
  return {
    market,
    range,
    config,
    feed,
    detail,
    met: feed.met,
    benchmark: (times) =>
      benchmarkOf(options.benchmark, {
        market,
        range,
        times,
        cash: config.account.cash,
        markets,
        traded: instruments,
        held: feed.held,
      }),
    parts: {
      config,
      range,
      bounds: options.path === 'bounds',
      wholeUnits: options.wholeUnits,
      timeframe: options.timeframe,
      // Where another data set lies is nothing that decides the run.
      detailAsked: detail === undefined || isTimeframe(options.detail!) ? options.detail : detail.market.info.name,
      symbolsAsked: options.symbols,
      data: dataReference(info, instruments, feed.extent),
      detail: detail === undefined ? undefined : dataReference(detail.market.info, instruments, extentOf(detail.bars)),
      actions: actionsReference(actions),
      applyActions: options.applyActions,
      benchmark: options.benchmark,
    },
  };
}
