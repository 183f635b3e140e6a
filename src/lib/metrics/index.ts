/** Returns, trades and fills to numbers. */

export type { MetricEntry, MetricGroup, MetricUnit } from './catalog/entry.ts';
export { type Metric, type MetricKey, metricCatalog } from './catalog.ts';
export { computeMetrics, type Metrics } from './compute.ts';
export type { CostTotals, PerformanceInput } from './input.ts';
