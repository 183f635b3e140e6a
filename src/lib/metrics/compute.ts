/** From a finished run to all its metrics. */
import { type MetricKey, metricCatalog } from './catalog.ts';
import type { PerformanceInput } from './input.ts';
import { prepareSample } from './sample.ts';

/** Every metric by key; NaN where it is undefined, never infinite. */
export type Metrics = Readonly<Record<MetricKey, number>>;

/**
 * Computes the whole catalog.
 * Intraday curves are sampled at UTC day ends before returns are taken; drawdowns and exposure use every row.
 */
export function computeMetrics(input: PerformanceInput): Metrics {
  const sample = prepareSample(input);
  const values: Partial<Record<MetricKey, number>> = {};
  for (const { key, compute } of metricCatalog) {
    const value = compute(sample);
    values[key] = Number.isFinite(value) ? value : Number.NaN;
  }
  // The catalog has every key of the union: the one cast of this folder.
  return values as Metrics;
}
