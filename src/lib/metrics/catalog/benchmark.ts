/** Against a benchmark with returns m over the same periods; undefined without one. */

import { moments, quotient } from '../../statistics/index.ts';
import type { BenchmarkSample } from '../benchmark/benchmark-sample.ts';
import { battingAverage, capture, informationRatio, sidedBeta, trackingError } from '../benchmark/regression.ts';
import { drawdownOfReturns, maxDrawdown } from '../drawdown/drawdown-series.ts';
import { sharpeOf } from '../ratios/sharpe.ts';
import { annualReturn } from '../returns/cagr.ts';
import type { Sample } from '../sample.ts';
import type { MetricEntries } from './entry.ts';

const against = (s: Sample, measure: (benchmark: BenchmarkSample) => number): number =>
  s.benchmark === undefined ? Number.NaN : measure(s.benchmark);

function appraisal(s: Sample, b: BenchmarkSample): number {
  const spread = b.line.slopeError * b.moments.deviation * Math.sqrt(b.market.length - 1);
  return quotient(b.line.intercept, spread) * Math.sqrt(s.periodsPerYear);
}

export const benchmarkMetrics = {
  benchmarkReturn: {
    title: 'Benchmark return',
    unit: 'fraction',
    better: 'neither',
    formula: 'prod(1 + m) - 1',
    source: 'common',
    compute: (s) => against(s, (b) => b.total),
  },
  benchmarkCagr: {
    title: 'Benchmark CAGR',
    unit: 'fraction',
    better: 'neither',
    formula: '(1 + benchmark return)^(1 / years) - 1',
    source: 'common',
    compute: (s) => against(s, (b) => b.cagr),
  },
  benchmarkVolatility: {
    title: 'Benchmark volatility',
    unit: 'fraction',
    better: 'neither',
    formula: 'sd(m) x sqrt(periods per year)',
    source: 'common',
    compute: (s) => against(s, (b) => b.moments.deviation * Math.sqrt(s.periodsPerYear)),
  },
  benchmarkSharpe: {
    title: 'Benchmark Sharpe ratio',
    unit: 'ratio',
    better: 'neither',
    formula: 'Sharpe ratio of m',
    source: 'Sharpe 1994',
    compute: (s) => against(s, (b) => sharpeOf(b.moments, s.periodsPerYear, s.riskFree)),
  },
  benchmarkMaxDrawdown: {
    title: 'Benchmark maximum drawdown',
    unit: 'fraction',
    better: 'neither',
    formula: 'maximum drawdown of prod(1 + m), at the sampled periods',
    source: 'common',
    compute: (s) => against(s, (b) => maxDrawdown(drawdownOfReturns(b.market))),
  },
  excessReturn: {
    title: 'Excess return a year',
    unit: 'fraction',
    better: 'higher',
    formula: 'CAGR - benchmark CAGR, both over the periods with a benchmark',
    source: 'common',
    compute: (s) => against(s, (b) => annualReturn(b.own, s.periodsPerYear) - annualReturn(b.market, s.periodsPerYear)),
  },
  beta: {
    title: 'Beta',
    unit: 'ratio',
    better: 'neither',
    formula: 'slope of r - rf on m - rf',
    source: 'Sharpe 1964',
    compute: (s) => against(s, (b) => b.line.slope),
  },
  alpha: {
    title: 'Alpha a year',
    unit: 'fraction',
    better: 'higher',
    formula: 'intercept of that line x periods per year',
    source: 'Jensen 1968; quantstats',
    compute: (s) => against(s, (b) => b.line.intercept * s.periodsPerYear),
  },
  alphaTStatistic: {
    title: 't of alpha',
    unit: 'ratio',
    better: 'higher',
    formula: 'intercept / its standard error',
    source: 'Jensen 1968',
    compute: (s) => against(s, (b) => quotient(b.line.intercept, b.line.interceptError)),
  },
  correlation: {
    title: 'Correlation',
    unit: 'ratio',
    better: 'neither',
    formula: 'Pearson correlation of r and m',
    source: 'quantstats',
    compute: (s) => against(s, (b) => b.plain.correlation),
  },
  rSquared: {
    title: 'R squared',
    unit: 'fraction',
    better: 'neither',
    formula: 'correlation^2',
    source: 'quantstats',
    compute: (s) => against(s, (b) => b.plain.correlation ** 2),
  },
  upBeta: {
    title: 'Up beta',
    unit: 'ratio',
    better: 'higher',
    formula: 'beta over periods with m - rf > 0',
    source: 'Bawa and Lindenberg 1977; empyrical',
    compute: (s) => against(s, (b) => sidedBeta(b.ownExcess, b.marketExcess, 1)),
  },
  downBeta: {
    title: 'Down beta',
    unit: 'ratio',
    better: 'lower',
    formula: 'beta over periods with m - rf < 0',
    source: 'Bawa and Lindenberg 1977; empyrical',
    compute: (s) => against(s, (b) => sidedBeta(b.ownExcess, b.marketExcess, -1)),
  },
  treynor: {
    title: 'Treynor ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '(mean(r) - rf) x periods per year / beta',
    source: 'Treynor 1965',
    compute: (s) => against(s, (b) => quotient(moments(b.ownExcess).mean * s.periodsPerYear, b.line.slope)),
  },
  trackingError: {
    title: 'Tracking error',
    unit: 'fraction',
    better: 'lower',
    formula: 'sd(r - m) x sqrt(periods per year)',
    source: 'Grinold and Kahn 1999',
    compute: (s) => against(s, (b) => trackingError(b.own, b.market, s.periodsPerYear)),
  },
  informationRatio: {
    title: 'Information ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean(r - m) / sd(r - m) x sqrt(periods per year)',
    source: 'Grinold and Kahn 1999',
    compute: (s) => against(s, (b) => informationRatio(b.own, b.market, s.periodsPerYear)),
  },
  appraisalRatio: {
    title: 'Appraisal ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'alpha / (sd of the residuals x sqrt(periods per year)), divisor n - 2',
    source: 'Treynor and Black 1973',
    compute: (s) => against(s, (b) => appraisal(s, b)),
  },
  m2: {
    title: 'M squared',
    unit: 'fraction',
    better: 'higher',
    formula: 'rf + Sharpe x benchmark volatility, annual',
    source: 'Modigliani and Modigliani 1997',
    compute: (s) =>
      against(
        s,
        (b) =>
          s.riskFree +
          sharpeOf(moments(b.own), s.periodsPerYear, s.riskFree) * b.moments.deviation * Math.sqrt(s.periodsPerYear),
      ),
  },
  upCapture: {
    title: 'Up capture',
    unit: 'ratio',
    better: 'higher',
    formula: 'annualised r over periods with m > 0 / annualised m there',
    source: 'Morningstar; empyrical',
    compute: (s) => against(s, (b) => capture(b.own, b.market, 1, s.periodsPerYear)),
  },
  downCapture: {
    title: 'Down capture',
    unit: 'ratio',
    better: 'lower',
    formula: 'annualised r over periods with m < 0 / annualised m there',
    source: 'Morningstar; empyrical',
    compute: (s) => against(s, (b) => capture(b.own, b.market, -1, s.periodsPerYear)),
  },
  captureRatio: {
    title: 'Capture ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'up capture / down capture',
    source: 'empyrical',
    compute: (s) =>
      against(s, (b) =>
        quotient(capture(b.own, b.market, 1, s.periodsPerYear), capture(b.own, b.market, -1, s.periodsPerYear)),
      ),
  },
  battingAverage: {
    title: 'Batting average',
    unit: 'fraction',
    better: 'higher',
    formula: 'share of periods with r > m',
    source: 'Grinold and Kahn 1999',
    compute: (s) => against(s, (b) => battingAverage(b.own, b.market)),
  },
} satisfies MetricEntries;
