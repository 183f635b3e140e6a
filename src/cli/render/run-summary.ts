/** Stored runs as lines and as JSON. */
import type { DataReference, RunSummary } from '../../lib/registry/index.ts';
import type { TableColumn } from './table.ts';

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

/** Columns that tell the data of each row: what is made up says so, however narrow the table is. */
export function dataColumns<Row>(rows: readonly Row[], dataOf: (row: Row) => DataReference): TableColumn<Row>[] {
  const synthetic = (row: Row): boolean => dataOf(row).synthetic;
  return [
    { title: 'data', text: (row) => dataOf(row).name, shrink: true },
    ...(rows.some(synthetic) ? [{ title: '', text: (row: Row) => (synthetic(row) ? 'SYNTHETIC' : '') }] : []),
  ];
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
