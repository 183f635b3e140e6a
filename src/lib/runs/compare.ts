/** Several runs side by side: which settings differ, and every figure. */
import { flatten, type Json } from '../core/index.ts';
import type { RunSummary } from '../registry/index.ts';
import { formatMetric, metricOf } from '../report/index.ts';
import { lastDay, when } from './run-flags.ts';

export type SettingLine = { readonly key: string; readonly values: readonly string[]; readonly differs: boolean };
export type MetricLine = {
  readonly key: string;
  readonly title: string;
  readonly headline: boolean;
  readonly values: readonly number[];
  readonly texts: readonly string[];
};
export type Comparison = {
  readonly runs: readonly string[];
  readonly settings: readonly SettingLine[];
  readonly metrics: readonly MetricLine[];
};

export function compareRuns(runs: readonly RunSummary[]): Comparison {
  return { runs: runs.map((run) => run.id), settings: settingLines(runs), metrics: metricLines(runs) };
}

function settingLines(runs: readonly RunSummary[]): readonly SettingLine[] {
  const flat = runs.map(({ manifest }) => {
    const { strategy, params, artifacts, config, data, detail, benchmark, versions, status } = manifest;
    return flatten({
      strategy,
      params,
      artifacts,
      config: datedRange(config),
      data: { ...data, symbols: data.symbols.join(' ') },
      detail,
      benchmark,
      versions,
      status,
    });
  });
  const keys = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return keys.map((key) => {
    const values = flat.map((one) => one.get(key) ?? '');
    return { key, values, differs: new Set(values).size > 1 };
  });
}

/** The range as the flags that asked for it say it. */
function datedRange(config: Json): Json {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return config;
  const { from, to } = config as Readonly<Record<string, Json>>;
  return {
    ...config,
    ...(typeof from === 'number' ? { from: when(from) } : {}),
    ...(typeof to === 'number' ? { to: lastDay(to) } : {}),
  };
}

/** The figures shown where there is no room for all. */
const headlineMetrics: readonly string[] = [
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

function metricLines(runs: readonly RunSummary[]): readonly MetricLine[] {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
  return keys.map((key) => {
    const info = metricOf(key);
    const values = runs.map((run) => run.metrics[key] ?? Number.NaN);
    return {
      key,
      title: info?.title ?? key,
      headline: headlineMetrics.includes(key),
      values,
      texts: values.map((value) => formatMetric(info, value, 'fine')),
    };
  });
}
