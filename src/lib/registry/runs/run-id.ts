/** A run's name: the hash of what decided it. */
import { hashJson, type Json } from '../../core/index.ts';
import type { RunManifest } from './manifest.ts';

/** The manifest before its files are known. */
export type RunDecision = Omit<RunManifest, 'files'>;

/** First 12 hexadecimal digits of the hash of everything in the manifest but the stored files: equal runs have equal ids. */
export function runId(decision: RunDecision): string {
  const { schema, strategy, params, artifacts, config, data, detail, actions, benchmark, seed, versions, status } =
    decision;
  const deciding: Json = {
    schema,
    strategy,
    params,
    config,
    data,
    seed,
    versions,
    status,
    ...(artifacts === undefined ? {} : { artifacts }),
    ...(detail === undefined ? {} : { detail }),
    ...(actions === undefined ? {} : { actions }),
    ...(benchmark === undefined ? {} : { benchmark }),
  };
  return hashJson(deciding).slice(0, 12);
}
