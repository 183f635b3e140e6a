/** Stored runs as lines and as JSON. */
import type { RunSummary } from '../../lib/registry/index.ts';

export function runSummaryDocument(run: RunSummary) {
  const { id, manifest, meta, metrics, intervals, notes } = run;
  return {
    id,
    status: manifest.status,
    created: meta.created,
    durationMs: meta.durationMs,
    strategy: manifest.strategy,
    params: manifest.params,
    data: manifest.data,
    config: manifest.config,
    seed: manifest.seed,
    versions: manifest.versions,
    metrics,
    intervals,
    notes,
  };
}

export function percent(fraction: number | undefined): string {
  return fraction === undefined || !Number.isFinite(fraction) ? 'n/a' : `${(fraction * 100).toFixed(1)}%`;
}

export function ratio(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? 'n/a' : value.toFixed(2);
}

export function paramsText(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}
