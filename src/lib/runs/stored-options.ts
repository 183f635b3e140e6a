/** A stored run's manifest as the options that make it again. */
import type { StoredRun } from '../registry/index.ts';
import { readStoredConfig } from './decision.ts';
import type { RunOptions } from './options.ts';

/** The options a stored run was made with. */
export function optionsOf(stored: StoredRun): RunOptions {
  const { manifest, meta } = stored;
  const config = readStoredConfig(manifest.config, stored.id);
  const { path, ...execution } = config.execution;
  return {
    data: meta.source.data === '' ? manifest.data.name : meta.source.data,
    ...(config.symbols === undefined ? {} : { symbols: config.symbols }),
    params: manifest.params,
    account: config.account,
    execution,
    path: config.bounds ? 'bounds' : path,
    sizing: config.sizing,
    risk: config.risk,
    seed: config.seed,
    ...(config.from === undefined ? {} : { from: config.from }),
    ...(config.to === undefined ? {} : { to: config.to }),
    ...(config.wholeUnits === undefined ? {} : { wholeUnits: config.wholeUnits }),
    ...(config.timeframe === undefined ? {} : { timeframe: config.timeframe }),
    ...(config.detail === undefined ? {} : { detail: meta.source.detail ?? config.detail }),
    ...(meta.source.actions === undefined ? {} : { actions: meta.source.actions }),
    ...(config.applyActions === undefined ? {} : { applyActions: config.applyActions }),
    ...(manifest.benchmark === undefined ? {} : { benchmark: manifest.benchmark }),
  };
}
