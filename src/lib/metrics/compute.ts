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
  return computeSome(
    input,
    metricCatalog.map((metric) => metric.key),
  );
}

const metricOf = new Map(metricCatalog.map((metric) => [metric.key, metric]));

/** The metrics of these keys alone: a search over thousands of runs reads a few of each. */
export function computeSome<K extends MetricKey>(
  input: PerformanceInput,
  keys: readonly K[],
): Readonly<Record<K, number>> {
  const sample = prepareSample(input);
  const values: Partial<Record<K, number>> = {};
  for (const key of keys) {
    const value = metricOf.get(key)!.compute(sample);
    values[key] = Number.isFinite(value) ? value : Number.NaN;
  }
  // Every key asked for is there: the one cast of this folder.
  return values as Record<K, number>;
}
