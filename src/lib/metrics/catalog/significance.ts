/** How much of it can be luck. */
import {
  deflatedSharpe,
  expectedMaxSharpe,
  minBacktestLength,
  minTrackRecord,
  probabilisticSharpe,
  sharpeStandardError,
} from '../significance/sharpe-significance.ts';
import { hacTStatistic, tStatistic } from '../significance/t-statistic.ts';
import type { MetricEntries } from './entry.ts';

export const significanceMetrics = {
  psr: {
    title: 'Probabilistic Sharpe ratio',
    unit: 'fraction',
    better: 'higher',
    formula:
      'Phi(SR sqrt(n - 1) / sqrt(1 - S SR + (K - 1) / 4 SR^2)): chance that the true Sharpe is above 0; SR a period, population S and K',
    source: 'Bailey and Lopez de Prado 2012',
    compute: (s) => probabilisticSharpe(s.estimate),
  },
  dsr: {
    title: 'Deflated Sharpe ratio',
    unit: 'fraction',
    better: 'higher',
    formula: 'the same against the expected maximum Sharpe of the trials; equals it with one trial',
    source: 'Bailey and Lopez de Prado 2014',
    compute: (s) => deflatedSharpe(s.estimate, s.trials.count, s.trials.sharpeVariance),
  },
  expectedMaxSharpe: {
    title: 'Expected maximum Sharpe of the trials',
    unit: 'ratio',
    better: 'neither',
    formula:
      'sqrt(V x periods per year) ((1 - g) z(1 - 1/N) + g z(1 - 1/(N e))), g Euler-Mascheroni, N trials, V the variance of their SR (1 / (n - 1) unless given)',
    source: 'Bailey and Lopez de Prado 2014',
    compute: (s) => expectedMaxSharpe(s.trials.count, s.trials.sharpeVariance * s.periodsPerYear),
  },
  trials: {
    title: 'Trials',
    unit: 'count',
    better: 'neither',
    formula: 'variants tried to find this one',
    source: 'ledger',
    compute: (s) => s.trials.count,
  },
  minTrackRecord: {
    title: 'Minimum track record',
    unit: 'years',
    better: 'lower',
    formula: '(1 + (1 - S SR + (K - 1) / 4 SR^2) (z(0.95) / SR)^2) / periods per year; undefined unless SR > 0',
    source: 'Bailey and Lopez de Prado 2012',
    compute: (s) => minTrackRecord(s.estimate) / s.periodsPerYear,
  },
  minBacktestLength: {
    title: 'Minimum backtest length',
    unit: 'years',
    better: 'lower',
    formula: '(expected maximum of N standard normals / annual SR)^2; undefined unless SR > 0',
    source: 'Bailey, Borwein, Lopez de Prado and Zhu 2014',
    compute: (s) =>
      s.estimate.sharpe > 0
        ? minBacktestLength(s.trials.count, s.estimate.sharpe * Math.sqrt(s.periodsPerYear))
        : Number.NaN,
  },
  sharpeStandardError: {
    title: 'Standard error of Sharpe',
    unit: 'ratio',
    better: 'lower',
    formula: 'sqrt((1 - S SR + (K - 1) / 4 SR^2) / (n - 1) x periods per year)',
    source: 'Mertens 2002',
    compute: (s) => sharpeStandardError(s.estimate) * Math.sqrt(s.periodsPerYear),
  },
  tStatistic: {
    title: 't of the mean return',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean / (sd / sqrt(n))',
    source: 'Student 1908',
    compute: (s) => tStatistic(s.returns),
  },
  hacTStatistic: {
    title: 't of the mean return, HAC',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean / sqrt(long-run variance / n), Bartlett weights, lag floor(4 (n / 100)^(2/9))',
    source: 'Newey and West 1987, 1994',
    compute: (s) => hacTStatistic(s.returns),
  },
  periods: {
    title: 'Periods',
    unit: 'count',
    better: 'neither',
    formula: 'number of returns',
    source: 'sigma',
    compute: (s) => s.returns.length,
  },
  periodsPerYear: {
    title: 'Periods a year',
    unit: 'count',
    better: 'neither',
    formula: 'given, or inferred from the spacing of the rows',
    source: 'sigma',
    compute: (s) => s.periodsPerYear,
  },
  trackRecord: {
    title: 'Track record',
    unit: 'years',
    better: 'higher',
    formula: 'calendar years from the first to the last row',
    source: 'common',
    compute: (s) => s.years,
  },
  missingRows: {
    title: 'Missing rows',
    unit: 'count',
    better: 'lower',
    formula: 'rows of the equity curve left out because time or equity is not finite',
    source: 'sigma',
    compute: (s) => s.missingRows,
  },
} satisfies MetricEntries;
