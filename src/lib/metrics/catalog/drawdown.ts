/** What it felt like to hold on. */

import { max, moments } from '../../statistics/index.ts';
import { expectedShortfall } from '../risk/expected-shortfall.ts';
import type { Sample } from '../sample.ts';
import type { MetricEntries } from './entry.ts';

const depth = (s: Sample): Float64Array => Float64Array.from(s.drawdowns, (d) => d.depth);

/** NaN without a row, so that counts of nothing are not zero. */
const empty = (s: Sample): number => (s.curve.time.length === 0 ? Number.NaN : 0);

function currentDays(s: Sample): number {
  const newest = s.drawdowns[s.drawdowns.length - 1];
  return newest === undefined || !Number.isNaN(newest.recovery) ? 0 : newest.days;
}

export const drawdownMetrics = {
  maxDrawdown: {
    title: 'Maximum drawdown',
    unit: 'fraction',
    better: 'higher',
    formula: 'min over all rows of equity / peak so far - 1, intraday rows included',
    source: 'common',
    compute: (s) => s.depth.worst,
  },
  averageDrawdown: {
    title: 'Average drawdown',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean depth of the drawdowns in the table',
    source: 'backtesting.py',
    compute: (s) => moments(depth(s)).mean,
  },
  maxDrawdownDuration: {
    title: 'Longest drawdown',
    unit: 'days',
    better: 'lower',
    formula: 'most days from a peak to its recovery, or to the last row',
    source: 'backtesting.py',
    compute: (s) => s.drawdowns.map((d) => d.days).reduce(max, 0) + empty(s),
  },
  averageDrawdownDuration: {
    title: 'Average drawdown duration',
    unit: 'days',
    better: 'lower',
    formula: 'mean days from peak to recovery or last row',
    source: 'backtesting.py',
    compute: (s) => moments(Float64Array.from(s.drawdowns, (d) => d.days)).mean,
  },
  longestRecovery: {
    title: 'Longest recovery',
    unit: 'days',
    better: 'lower',
    formula: 'most days from a trough to the recovery, recovered drawdowns only',
    source: 'common',
    compute: (s) => s.drawdowns.map((d) => d.recoveryDays).reduce(max, Number.NaN),
  },
  drawdownCount: {
    title: 'Drawdowns',
    unit: 'count',
    better: 'lower',
    formula: 'number of drawdowns',
    source: 'common',
    compute: (s) => s.drawdowns.length + empty(s),
  },
  currentDrawdown: {
    title: 'Current drawdown',
    unit: 'fraction',
    better: 'higher',
    formula: 'last equity / peak - 1',
    source: 'common',
    compute: (s) => s.depth.current,
  },
  currentDrawdownDuration: {
    title: 'Current drawdown duration',
    unit: 'days',
    better: 'lower',
    formula: 'days since the peak while under water, else 0',
    source: 'common',
    compute: (s) => currentDays(s) + empty(s),
  },
  ulcerIndex: {
    title: 'Ulcer index',
    unit: 'fraction',
    better: 'lower',
    formula: 'sqrt(mean(drawdown^2)) over all rows',
    source: 'Martin 1987',
    compute: (s) => s.depth.ulcer,
  },
  painIndex: {
    title: 'Pain index',
    unit: 'fraction',
    better: 'lower',
    formula: 'mean |drawdown| over all rows',
    source: 'Becker 2006',
    compute: (s) => s.depth.pain,
  },
  timeUnderWater: {
    title: 'Time under water',
    unit: 'fraction',
    better: 'lower',
    formula: 'share of rows below the peak',
    source: 'common',
    compute: (s) => s.depth.underWater,
  },
  drawdownDeviation: {
    title: 'Drawdown deviation',
    unit: 'fraction',
    better: 'lower',
    formula: 'sample standard deviation of drawdown depths',
    source: 'Bacon 2008',
    compute: (s) => moments(depth(s)).deviation,
  },
  cdar95: {
    title: 'Conditional drawdown at risk 95 %',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean of the drawdown series at the sampled periods at or below its 5 % quantile',
    source: 'Chekhlov, Uryasev and Zabarankin 2005',
    compute: (s) => expectedShortfall(s.sortedDepths, 0.05),
  },
} satisfies MetricEntries;
