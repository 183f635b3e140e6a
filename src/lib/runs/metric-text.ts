/** Metrics as text, by the unit the catalog gives them. */
import { type Metric, metricCatalog } from '../metrics/index.ts';

export const metricInfos: ReadonlyMap<string, Metric> = new Map(metricCatalog.map((metric) => [metric.key, metric]));

/** The figures shown where there is no room for all. */
export const headlineMetrics: readonly string[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'sortino',
  'calmar',
  'volatility',
  'maxDrawdown',
  'maxDrawdownDuration',
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'exposure',
  'turnover',
  'costShare',
];

/** @param metric undefined for a figure the catalog does not know (of a newer version, say) */
export function formatMetric(metric: Pick<Metric, 'unit'> | undefined, value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  switch (metric?.unit) {
    case 'fraction':
      return `${(value * 100).toFixed(2)}%`;
    case 'currency':
      return value.toFixed(2).replace(/\B(?=(\d{3})+(?=\.))/g, ',');
    case 'count':
      return String(Math.round(value));
    case 'bars':
    case 'days':
      return `${Number(value.toFixed(1))} ${metric.unit}`;
    case 'years':
      return `${value.toFixed(2)} years`;
    default:
      return value.toFixed(Math.abs(value) < 10 ? 3 : 2);
  }
}
