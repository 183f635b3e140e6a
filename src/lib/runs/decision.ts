/** The part of a manifest that is known before anything is stored. */
import { type Json, SigmaError } from '../core/index.ts';
import type { RunConfig } from '../engine/index.ts';
import type { Timeframe } from '../model/index.ts';
import { packageVersion } from '../plugins/index.ts';
import type { ActionsReference, DataReference, RunDecision } from '../registry/index.ts';
import type { ArtifactSet, ParamSpecs, ParamValues } from '../strategy/index.ts';
import { usedArtifacts } from './artifacts.ts';
import type { ApplyActions } from './options.ts';
import type { StrategySource } from './strategy-source.ts';

export type DecisionParts = {
  readonly source: StrategySource;
  readonly params: ParamValues<ParamSpecs>;
  readonly artifacts: ArtifactSet;
  readonly config: RunConfig;
  readonly bounds: boolean;
  readonly wholeUnits: boolean | undefined;
  readonly timeframe: Timeframe | undefined;
  readonly detailAsked: string | undefined;
  readonly symbolsAsked: readonly string[] | undefined;
  readonly range: { readonly from: number; readonly to: number };
  readonly data: DataReference;
  readonly detail: DataReference | undefined;
  readonly actions: ActionsReference | undefined;
  readonly applyActions: ApplyActions | undefined;
  readonly benchmark: string | undefined;
  readonly status: 'complete' | 'partial';
};

export function decisionOf(parts: DecisionParts): RunDecision {
  const { source, config, benchmark, detail, actions } = parts;
  const artifacts = usedArtifacts(parts.artifacts);
  return {
    schema: 'sigma.run/1',
    strategy: { name: source.strategy.name, codeHash: source.codeHash },
    params: parts.params,
    ...(artifacts === undefined ? {} : { artifacts }),
    config: storedConfig(parts),
    data: parts.data,
    ...(detail === undefined ? {} : { detail }),
    ...(actions === undefined ? {} : { actions }),
    ...(benchmark === undefined ? {} : { benchmark }),
    seed: config.seed,
    versions: { sigma: packageVersion(), node: process.versions.node },
    status: parts.status,
  };
}

/** How a run's configuration stands in its manifest: JSON has no infinities, so an open range has no end. */
export type StoredConfig = Pick<RunConfig, 'account' | 'execution' | 'sizing' | 'risk' | 'seed'> & {
  readonly from?: number;
  readonly to?: number;
  readonly bounds: boolean;
  readonly wholeUnits?: boolean;
  readonly timeframe?: Timeframe;
  readonly detail?: string;
  readonly symbols?: readonly string[];
  readonly applyActions?: ApplyActions;
};

function storedConfig(parts: DecisionParts): Json {
  const { config, range } = parts;
  const stored: StoredConfig = {
    account: config.account,
    execution: config.execution,
    sizing: config.sizing,
    risk: config.risk,
    seed: config.seed,
    bounds: parts.bounds,
    ...(Number.isFinite(range.from) ? { from: range.from } : {}),
    ...(Number.isFinite(range.to) ? { to: range.to } : {}),
    ...(parts.wholeUnits === undefined ? {} : { wholeUnits: parts.wholeUnits }),
    ...(parts.timeframe === undefined ? {} : { timeframe: parts.timeframe }),
    ...(parts.detailAsked === undefined ? {} : { detail: parts.detailAsked }),
    ...(parts.applyActions === undefined ? {} : { applyActions: parts.applyActions }),
    ...(parts.symbolsAsked === undefined ? {} : { symbols: parts.symbolsAsked }),
  };
  return stored;
}

/** The configuration of a stored run. */
export function readStoredConfig(config: Json, id: string): StoredConfig {
  if (typeof config !== 'object' || config === null || !('account' in config)) {
    throw new SigmaError('store/corrupt', 'the manifest has no configuration', { where: `run ${id}` });
  }
  return config as StoredConfig; // written by `storedConfig` and vouched for by the manifest's hash
}
