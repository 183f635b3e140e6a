/** The figures a trader looks at first, in groups, as text. */
import { type Metric, type MetricUnit, metricCatalog } from '../metrics/index.ts';
import { formatMoney, formatNumber, formatPercent, formatSignedPercent, MISSING } from './format.ts';
import type { RunView } from './run-view.ts';

export type Tone = 'plain' | 'good' | 'bad';
export type Figure = {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  /** 95 % bootstrap interval as text; empty without one. */
  readonly interval: string;
  readonly tone: Tone;
};
export type FigureGroup = { readonly title: string; readonly figures: readonly Figure[] };

const catalog = new Map<string, Metric>(metricCatalog.map((metric) => [metric.key, metric]));

/** The catalog's entry of a key; undefined for a key of a newer or older version. */
export function metricOf(key: string): Metric | undefined {
  return catalog.get(key);
}

/** Value of a metric in a run; NaN when the run has none. */
export function metricValue(view: RunView, key: string): number {
  return view.metrics[key] ?? Number.NaN;
}

type Row = readonly [key: string, title?: string];

const groups: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  [
    'Return',
    [
      ['totalReturn'],
      ['cagr', 'CAGR'],
      ['benchmarkReturn', 'Benchmark'],
      ['alpha'],
      ['beta'],
      ['bestYear'],
      ['worstYear'],
    ],
  ],
  [
    'Risk',
    [
      ['sharpe', 'Sharpe'],
      ['sortino', 'Sortino'],
      ['calmar', 'Calmar'],
      ['volatility'],
      ['maxDrawdown', 'Max drawdown'],
      ['maxDrawdownDuration', 'Longest drawdown'],
      ['var95', 'VaR 95%'],
    ],
  ],
  [
    'Trades',
    [
      ['trades', 'Trades'],
      ['winRate', 'Win rate'],
      ['profitFactor', 'Profit factor'],
      ['expectancy', 'Expectancy'],
      ['payoff', 'Payoff'],
      ['averageHolding', 'Average holding'],
    ],
  ],
  [
    'Exposure, costs, confidence',
    [
      ['exposure', 'Time in market'],
      ['turnover', 'Turnover a year'],
      ['totalCosts', 'Costs'],
      ['costShare', 'Cost share'],
      ['psr', 'Probabilistic Sharpe'],
      ['dsr', 'Deflated Sharpe'],
      ['trials', 'Trials of the family'],
      ['minTrackRecord', 'Min. track record'],
    ],
  ],
];

const signed = new Set(['totalReturn', 'cagr', 'benchmarkReturn', 'alpha', 'bestYear', 'worstYear']);

/** `fine` has a digit more, for figures that are held against each other. */
type MetricDigits = 'plain' | 'fine';

/** A metric's value with its unit; currency amounts without the currency. A figure the catalog does not know is a ratio. */
export function formatMetric(
  metric: Pick<Metric, 'unit'> | undefined,
  value: number,
  digits: MetricDigits = 'plain',
): string {
  return formatMetricUnit(metric?.unit ?? 'ratio', value, digits);
}

export function formatMetricUnit(unit: MetricUnit, value: number, digits: MetricDigits = 'plain'): string {
  const more = digits === 'fine' ? 1 : 0;
  switch (unit) {
    case 'fraction':
      return formatPercent(value);
    case 'currency':
      return digits === 'fine' ? formatNumber(value) : formatMoney(value);
    case 'count':
    case 'bars':
      return formatNumber(value, Number.isInteger(value) ? 0 : 1);
    case 'days':
      return Number.isNaN(value) ? MISSING : `${formatNumber(value, value < 10 ? 1 : more)} days`;
    case 'years':
      return Number.isNaN(value) ? MISSING : `${formatNumber(value, 1 + more)} years`;
    case 'ratio':
      return formatNumber(value, 2 + more);
  }
}

/** The groups with the figures the run has; benchmark figures only with a benchmark. */
export function figureGroups(view: RunView): FigureGroup[] {
  return groups.map(([title, rows]) => ({
    title,
    figures: rows.flatMap(([key, short]) => {
      const metric = metricOf(key);
      // With one trial there is nothing to deflate by.
      if ((key === 'dsr' || key === 'trials') && !(metricValue(view, 'trials') > 1)) return [];
      if (view.metrics[key] === undefined || (metric?.group === 'benchmark' && view.benchmark === undefined)) return [];
      return [figureOf(view, key, short)];
    }),
  }));
}

/** One figure of a run, with its interval and the colour of its sign where that is good or bad. */
export function figureOf(view: RunView, key: string, title?: string): Figure {
  const metric = metricOf(key);
  const value = metricValue(view, key);
  const interval = view.intervals[key];
  return {
    key,
    title: title ?? metric?.title ?? key,
    text: signed.has(key) ? formatSignedPercent(value) : formatMetric(metric, value),
    interval:
      interval === undefined ? '' : `${formatMetric(metric, interval[0])} to ${formatMetric(metric, interval[1])}`,
    tone:
      !signed.has(key) || key === 'benchmarkReturn' || !(Math.abs(value) > 0) ? 'plain' : value > 0 ? 'good' : 'bad',
  };
}
