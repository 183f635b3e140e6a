/** The figures a trader looks at first, in groups, as text. */
import { type MetricInfo, metricCatalog } from './catalog.ts';
import { formatMoney, formatNumber, formatPercent, formatSignedPercent } from './format.ts';
import type { RunView } from './run-view.ts';

export type Figure = { readonly key: string; readonly title: string; readonly text: string; readonly tone: Tone };
export type Tone = 'plain' | 'good' | 'bad';
export type FigureGroup = { readonly title: string; readonly figures: readonly Figure[] };

const info = new Map(metricCatalog.map((entry) => [entry.key, entry]));

const groups: readonly (readonly [title: string, keys: readonly string[]])[] = [
  ['Return', ['totalReturn', 'cagr', 'sharpe', 'sortino', 'calmar', 'psr', 'minTrackRecord']],
  ['Risk', ['volatility', 'maxDrawdown', 'maxDrawdownDuration']],
  ['Trades', ['trades', 'winRate', 'profitFactor', 'expectancy']],
  ['Exposure and costs', ['exposure', 'turnover', 'costShare']],
];

/** A metric's value with its unit; money without its currency. */
export function formatMetric(metric: MetricInfo | undefined, value: number): string {
  switch (metric?.unit) {
    case 'percent':
      return formatPercent(value);
    case 'money':
      return formatMoney(value);
    case 'count':
    case 'bars':
      return formatNumber(value, 0);
    case 'days':
      return `${formatNumber(value, 0)} d`;
    default:
      return formatNumber(value);
  }
}

export function figureGroups(view: RunView): FigureGroup[] {
  return groups.map(([title, keys]) => ({
    title,
    figures: keys.flatMap((key) => {
      const value = view.metrics[key];
      const metric = info.get(key);
      if (value === undefined) return [];
      const interval = view.intervals[key];
      const text =
        metric?.unit === 'percent' && title === 'Return' ? formatSignedPercent(value) : formatMetric(metric, value);
      const range =
        interval === undefined ? '' : `[${formatMetric(metric, interval[0])}, ${formatMetric(metric, interval[1])}]  `;
      const tone: Tone = title !== 'Return' || !(Math.abs(value) > 0) ? 'plain' : value > 0 ? 'good' : 'bad';
      return [{ key, title: metric?.title ?? key, text: range + text, tone }];
    }),
  }));
}
