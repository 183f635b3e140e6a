/** A run as reports see it. */
import { basename, dirname, extname } from 'node:path';
import type { EngineResult, RunConfig } from '../engine/index.ts';
import type { Bars } from '../model/index.ts';
import { type RunDecision, runId } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import type { Benchmark } from './benchmark.ts';
import { actionsReference, type RunActions } from './corporate-actions.ts';
import { readStoredConfig } from './decision.ts';
import type { Market } from './market.ts';
import { qualityOf } from './quality.ts';
import { flagsOf } from './run-flags.ts';
import { actionsText, settingsText } from './settings-text.ts';

export type ViewParts = {
  readonly decision: RunDecision;
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly config: RunConfig;
  readonly market: Market;
  readonly bars: readonly Bars[];
  /** Bars are a thinned copy, which says nothing about the quality of the data. */
  readonly streamed: boolean;
  readonly actions: RunActions;
  readonly origin: Origin;
  readonly result: EngineResult;
  readonly benchmark: Benchmark | undefined;
  readonly bounds: RunView['bounds'];
  readonly metrics: RunView['metrics'];
  readonly intervals: RunView['intervals'];
};

/** Where the strategy, the bars and the corporate actions came from. */
export type Origin = {
  readonly strategy: string;
  readonly data: string;
  readonly actions?: string;
  readonly detail?: string;
};

/** What the command line needs to make a run again. */
export function repeatOf(
  decision: Pick<RunDecision, 'strategy' | 'config' | 'benchmark' | 'data'>,
  origin: Origin,
): NonNullable<RunView['repeat']> {
  return {
    strategy: strategyWord(decision.strategy.name, origin.strategy),
    flags: flagsOf({
      config: {
        ...readStoredConfig(decision.config, decision.strategy.name),
        ...(origin.detail === undefined ? {} : { detail: origin.detail }),
      },
      benchmark: decision.benchmark,
      data: origin.data === '' ? decision.data.name : origin.data,
      actions: origin.actions,
    }),
  };
}

/** A file of a `strategies` folder is found by its name from anywhere the run could have been made; another one by its path. */
function strategyWord(name: string, file: string): string {
  return file === '' || (basename(file, extname(file)) === name && basename(dirname(file)) === 'strategies')
    ? name
    : file;
}

export function viewOf(parts: ViewParts): RunView {
  const { decision, strategy, config, market, bars, benchmark, bounds } = parts;
  const { info } = market;
  return {
    id: runId(decision),
    strategy: strategy.name,
    description: strategy.description ?? '',
    params: parts.params,
    dataset: {
      name: info.name,
      title: info.title,
      synthetic: info.synthetic,
      hindsight: info.hindsight,
      closeOnly: info.closeOnly,
      timeframe: info.timeframe,
      licence: info.licence,
      symbols: bars.map((b) => b.instrument.symbol),
    },
    settings: [...settingsText(config, bounds !== undefined), ...actionsText(actionsReference(parts.actions))],
    result: parts.result,
    metrics: parts.metrics,
    intervals: parts.intervals,
    ...(benchmark === undefined ? {} : { benchmark }),
    bars,
    quality: parts.streamed ? [] : qualityOf(bars, info.sessions),
    ...(bounds === undefined ? {} : { bounds }),
    status: decision.status,
    currency: config.account.currency,
    periodsPerYear: config.periodsPerYear,
    repeat: repeatOf(decision, parts.origin),
  };
}
