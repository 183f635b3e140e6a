/** A stored run as reports see it. Prices are read again from the data; all else lies in the run. */
import { type Json, SigmaError } from '../core/index.ts';
import { defaultRunConfig, type RunConfig } from '../engine/index.ts';
import type { Frame } from '../frame/index.ts';
import { type Bars, type LogEntry, logRecords } from '../model/index.ts';
import { type RunTable, runTables, type StoredRun } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import { actionsOf } from './corporate-actions.ts';
import { readStoredConfig } from './decision.ts';
import { openFeed, ROWS_IN_MEMORY } from './feed.ts';
import type { Markets } from './market.ts';
import { readOutcome } from './outcome.ts';
import { resampledMarket } from './resampled-market.ts';
import { actionsText, settingsText } from './settings-text.ts';
import { optionsOf } from './stored-options.ts';
import { recordsOf } from './tables.ts';
import { repeatOf } from './view.ts';

/** @param markets where prices come from; without them, or when the data changed since, the view has no bars */
export async function storedView(run: StoredRun, markets?: Markets): Promise<RunView> {
  const { id, manifest } = run;
  const outcome = readOutcome(run.outcome, id);
  const config = runConfigOf(manifest.config, id, outcome.periodsPerYear);
  const tables = await tablesOfStored(run);
  const benchmark = tables.equity.numbers('benchmark');
  const { totals, bars, instants, ambiguousBars, ended } = outcome;
  const log = logRecords(run.log as readonly LogEntry[]); // the store vouches for what was written
  return {
    id,
    strategy: manifest.strategy.name,
    description: outcome.description,
    params: manifest.params,
    dataset: {
      name: manifest.data.name,
      title: outcome.title,
      synthetic: manifest.data.synthetic,
      hindsight: outcome.hindsight === true,
      closeOnly: manifest.data.closeOnly,
      timeframe: manifest.data.timeframe,
      licence: manifest.data.licence,
      symbols: manifest.data.symbols,
    },
    settings: [...settingsText(config, outcome.bounds !== undefined), ...actionsText(manifest.actions)],
    result: { ...recordsOf(tables), log, totals, bars, instants, ambiguousBars, ended },
    metrics: run.metrics,
    intervals: run.intervals,
    ...(outcome.benchmark === undefined ? {} : { benchmark: { name: outcome.benchmark, value: benchmark } }),
    bars: markets === undefined ? [] : await pricesOf(run, markets),
    quality: outcome.quality,
    ...(outcome.bounds === undefined ? {} : { bounds: outcome.bounds }),
    status: manifest.status,
    currency: config.account.currency,
    periodsPerYear: outcome.periodsPerYear,
    repeat: repeatOf(manifest, run.meta.source),
  };
}

export async function tablesOfStored(run: StoredRun): Promise<Readonly<Record<RunTable, Frame>>> {
  const [orders, fills, trades, equity] = await Promise.all(runTables.map((name) => run.table(name)));
  return { orders: orders!, fills: fills!, trades: trades!, equity: equity! };
}

function runConfigOf(stored: Json, id: string, periodsPerYear: number): RunConfig {
  const { account, execution, sizing, risk, seed, from } = readStoredConfig(stored, id);
  return { account, execution, sizing, risk, seed, periodsPerYear, start: from ?? defaultRunConfig.start };
}

/** The bars a stored run used, if its data is still there unchanged. */
async function pricesOf(run: StoredRun, markets: Markets): Promise<readonly Bars[]> {
  const { data, config } = run.manifest;
  const { timeframe } = readStoredConfig(config, run.id);
  try {
    const base = await markets.open(run.meta.source.data === '' ? data.name : run.meta.source.data);
    const market = timeframe === undefined ? base : resampledMarket(base, timeframe);
    if (market.info.contentHash !== data.contentHash) return [];
    const window = { symbols: data.symbols, from: Date.parse(data.from), to: Date.parse(data.to) + 1 };
    const feed = await openFeed(market, {
      options: {},
      range: window,
      window,
      actions: await actionsOf(optionsOf(run), market),
      benchmark: undefined,
      cash: 0,
      rowsInMemory: ROWS_IN_MEMORY,
    });
    if (feed.streamed) for (const _block of feed.source.blocks());
    return feed.bars();
  } catch (error) {
    // A report without a price chart is still a report; anything but missing or changed data is not excused.
    if (error instanceof SigmaError && /^(usage\/unknown|data\/|service\/)/.test(error.code)) return [];
    throw error;
  }
}
