/** Every reported metric, as data. */
import { benchmarkMetrics } from './catalog/benchmark.ts';
import { costMetrics } from './catalog/costs.ts';
import { drawdownMetrics } from './catalog/drawdown.ts';
import type { MetricEntry, MetricGroup } from './catalog/entry.ts';
import { exposureMetrics } from './catalog/exposure.ts';
import { returnMetrics } from './catalog/return.ts';
import { riskMetrics } from './catalog/risk.ts';
import { riskAdjustedMetrics } from './catalog/risk-adjusted.ts';
import { significanceMetrics } from './catalog/significance.ts';
import { tradeMetrics } from './catalog/trades.ts';

/** Stable names: the keys of `metrics` in JSON and in stored runs. */
export type MetricKey =
  | keyof typeof returnMetrics
  | keyof typeof riskMetrics
  | keyof typeof riskAdjustedMetrics
  | keyof typeof drawdownMetrics
  | keyof typeof tradeMetrics
  | keyof typeof exposureMetrics
  | keyof typeof costMetrics
  | keyof typeof benchmarkMetrics
  | keyof typeof significanceMetrics;

export type Metric = MetricEntry & { readonly key: MetricKey; readonly group: MetricGroup };

/** A key may name one metric only: a second group that uses it would silently replace the first, so a test counts them. */
function inGroup<K extends MetricKey>(group: MetricGroup, entries: Readonly<Record<K, MetricEntry>>): Metric[] {
  const metrics: Metric[] = [];
  for (const key in entries) metrics.push({ key, group, ...entries[key] });
  return metrics;
}

/** In the order to show them. */
export const metricCatalog: readonly Metric[] = [
  ...inGroup('return', returnMetrics),
  ...inGroup('risk', riskMetrics),
  ...inGroup('risk-adjusted', riskAdjustedMetrics),
  ...inGroup('drawdown', drawdownMetrics),
  ...inGroup('trades', tradeMetrics),
  ...inGroup('exposure', exposureMetrics),
  ...inGroup('costs', costMetrics),
  ...inGroup('benchmark', benchmarkMetrics),
  ...inGroup('significance', significanceMetrics),
];
