/** Titles and units of metrics. */

export type Unit = 'percent' | 'ratio' | 'money' | 'count' | 'days' | 'bars';
export type MetricInfo = {
  readonly key: string;
  readonly title: string;
  readonly unit: Unit;
  readonly group: string;
  readonly better: 'higher' | 'lower' | 'neutral';
  readonly formula: string;
};

const m = (key: string, title: string, unit: Unit, group: string): MetricInfo => ({
  key,
  title,
  unit,
  group,
  better: 'higher',
  formula: '',
});

export const metricCatalog: readonly MetricInfo[] = [
  m('totalReturn', 'Total return', 'percent', 'return'),
  m('cagr', 'CAGR', 'percent', 'return'),
  m('sharpe', 'Sharpe', 'ratio', 'risk-adjusted'),
  m('sortino', 'Sortino', 'ratio', 'risk-adjusted'),
  m('calmar', 'Calmar', 'ratio', 'risk-adjusted'),
  m('psr', 'Probabilistic Sharpe', 'percent', 'risk-adjusted'),
  m('minTrackRecord', 'Min. track record', 'bars', 'risk-adjusted'),
  m('volatility', 'Volatility', 'percent', 'risk'),
  m('maxDrawdown', 'Max drawdown', 'percent', 'risk'),
  m('maxDrawdownDuration', 'Longest drawdown', 'days', 'risk'),
  m('trades', 'Trades', 'count', 'trades'),
  m('winRate', 'Win rate', 'percent', 'trades'),
  m('profitFactor', 'Profit factor', 'ratio', 'trades'),
  m('expectancy', 'Expectancy', 'money', 'trades'),
  m('exposure', 'Exposure', 'percent', 'exposure'),
  m('turnover', 'Turnover', 'ratio', 'exposure'),
  m('costShare', 'Cost share', 'percent', 'costs'),
];
