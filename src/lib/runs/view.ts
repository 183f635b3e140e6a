/** A run as reports see it. */
import type { EngineResult, RunConfig } from '../engine/index.ts';
import type { Bars } from '../model/index.ts';
import { type RunDecision, runId } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import type { Benchmark } from './benchmark.ts';
import { actionsReference, type RunActions } from './corporate-actions.ts';
import type { Market } from './market.ts';
import { qualityOf } from './quality.ts';
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
  readonly result: EngineResult;
  readonly benchmark: Benchmark | undefined;
  readonly bounds: RunView['bounds'];
  readonly metrics: RunView['metrics'];
  readonly intervals: RunView['intervals'];
};

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
  };
}
