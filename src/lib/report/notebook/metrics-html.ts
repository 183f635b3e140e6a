/** Metrics of a run as an HTML table: what a notebook shows of them. */
import { formatMetric, metricOf } from '../headline.ts';
import { pairsTable } from '../html/table.ts';

const usual: readonly string[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'sortino',
  'volatility',
  'maxDrawdown',
  'trades',
  'winRate',
  'profitFactor',
];

/**
 * Titles and formatted values.
 * @param keys keys of the metrics catalog, in the order to show them
 */
export function metricsHtml(metrics: Readonly<Record<string, number>>, keys: readonly string[] = usual): string {
  return pairsTable(
    'Metrics',
    keys.map((key) => [metricOf(key)?.title ?? key, formatMetric(metricOf(key), metrics[key] ?? Number.NaN)]),
  );
}
