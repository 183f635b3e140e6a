/** How far returns stray and how bad the bad ones are. */

import { autocorrelation, sampleExcessKurtosis, sampleSkewness } from '../../statistics/index.ts';
import { riskOfRuin } from '../returns/gains-and-losses.ts';
import { expectedShortfall, gaussianShortfall } from '../risk/expected-shortfall.ts';
import { hurst } from '../risk/hurst.ts';
import { jarqueBeraP } from '../risk/jarque-bera.ts';
import { outlierLossRatio, outlierWinRatio, tailRatio } from '../risk/tails.ts';
import { cornishFisherVar, gaussianVar, historicalVar } from '../risk/value-at-risk.ts';
import { downsideDeviation, upsideDeviation, volatility } from '../risk/volatility.ts';
import type { MetricEntries } from './entry.ts';

export const riskMetrics = {
  volatility: {
    title: 'Volatility',
    unit: 'fraction',
    better: 'lower',
    formula: 'sd(r) x sqrt(periods per year), divisor n - 1',
    source: 'common',
    compute: (s) => volatility(s.returns, s.periodsPerYear),
  },
  downsideDeviation: {
    title: 'Downside deviation',
    unit: 'fraction',
    better: 'lower',
    formula: 'sqrt(mean(min(r - rf, 0)^2) x periods per year), over all n',
    source: 'Sortino and van der Meer 1991',
    compute: (s) => downsideDeviation(s.returns, s.periodsPerYear, s.periodRate),
  },
  upsideDeviation: {
    title: 'Upside deviation',
    unit: 'fraction',
    better: 'neither',
    formula: 'sqrt(mean(max(r - rf, 0)^2) x periods per year)',
    source: 'Sortino, van der Meer and Plantinga 1999',
    compute: (s) => upsideDeviation(s.returns, s.periodsPerYear, s.periodRate),
  },
  skewness: {
    title: 'Skewness',
    unit: 'ratio',
    better: 'higher',
    formula: 'adjusted Fisher-Pearson G1 = sqrt(n (n - 1)) / (n - 2) x m3 / m2^1.5',
    source: 'pandas, quantstats',
    compute: (s) => sampleSkewness(s.moments),
  },
  excessKurtosis: {
    title: 'Excess kurtosis',
    unit: 'ratio',
    better: 'lower',
    formula: 'G2 = (n - 1) / ((n - 2)(n - 3)) x ((n + 1)(m4 / m2^2 - 3) + 6); 0 for a normal',
    source: 'pandas, quantstats',
    compute: (s) => sampleExcessKurtosis(s.moments),
  },
  var95: {
    title: 'VaR 95 %, historical',
    unit: 'fraction',
    better: 'higher',
    formula: '5 % quantile of r, linear between order statistics',
    source: 'Jorion 1997',
    compute: (s) => historicalVar(s.sorted, 0.05),
  },
  var99: {
    title: 'VaR 99 %, historical',
    unit: 'fraction',
    better: 'higher',
    formula: '1 % quantile of r',
    source: 'Jorion 1997',
    compute: (s) => historicalVar(s.sorted, 0.01),
  },
  gaussianVar95: {
    title: 'VaR 95 %, Gaussian',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean + z(0.05) sd',
    source: 'RiskMetrics 1996; quantstats',
    compute: (s) => gaussianVar(s.moments, 0.05),
  },
  cornishFisherVar95: {
    title: 'VaR 95 %, Cornish-Fisher',
    unit: 'fraction',
    better: 'higher',
    formula:
      'mean + (z + (z^2 - 1) S / 6 + (z^3 - 3z) K / 24 - (2z^3 - 5z) S^2 / 36) sd, z = z(0.05), S and K as above',
    source: 'Cornish and Fisher 1938; Zangari 1996',
    compute: (s) => cornishFisherVar(s.moments, 0.05),
  },
  cvar95: {
    title: 'Expected shortfall 95 %',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean of the r at or below VaR 95 %',
    source: 'Acerbi and Tasche 2002; empyrical',
    compute: (s) => expectedShortfall(s.sorted, 0.05),
  },
  cvar99: {
    title: 'Expected shortfall 99 %',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean of the r at or below VaR 99 %',
    source: 'Acerbi and Tasche 2002',
    compute: (s) => expectedShortfall(s.sorted, 0.01),
  },
  gaussianCvar95: {
    title: 'Expected shortfall 95 %, Gaussian',
    unit: 'fraction',
    better: 'higher',
    formula: 'mean - sd pdf(z(0.05)) / 0.05',
    source: 'McNeil, Frey and Embrechts 2005',
    compute: (s) => gaussianShortfall(s.moments, 0.05),
  },
  tailRatio: {
    title: 'Tail ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '|95 % quantile| / |5 % quantile|',
    source: 'pyfolio',
    compute: (s) => tailRatio(s.sorted),
  },
  outlierWinRatio: {
    title: 'Outlier win ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '99 % quantile / mean gain',
    source: 'quantstats',
    compute: (s) => outlierWinRatio(s.sorted, s.gains),
  },
  outlierLossRatio: {
    title: 'Outlier loss ratio',
    unit: 'ratio',
    better: 'lower',
    formula: '1 % quantile / mean loss',
    source: 'quantstats',
    compute: (s) => outlierLossRatio(s.sorted, s.gains),
  },
  winStreak: {
    title: 'Longest winning streak',
    unit: 'count',
    better: 'higher',
    formula: 'most periods in a row with r > 0',
    source: 'quantstats',
    compute: (s) => s.gains.winStreak,
  },
  lossStreak: {
    title: 'Longest losing streak',
    unit: 'count',
    better: 'lower',
    formula: 'most periods in a row with r < 0',
    source: 'quantstats',
    compute: (s) => s.gains.lossStreak,
  },
  autocorrelation: {
    title: 'Serial correlation',
    unit: 'ratio',
    better: 'neither',
    formula: 'lag-1 autocorrelation of r',
    source: 'Box and Jenkins 1976',
    compute: (s) => autocorrelation(s.returns, 1),
  },
  hurst: {
    title: 'Hurst exponent',
    unit: 'ratio',
    better: 'neither',
    formula: 'slope of log mean(R / S) on log block size over blocks of 8, 16, 32, ... <= n / 2',
    source: 'Hurst 1951; Mandelbrot and Wallis 1969',
    compute: (s) => hurst(s.returns),
  },
  jarqueBeraP: {
    title: 'Normality (Jarque-Bera p)',
    unit: 'fraction',
    better: 'neither',
    formula: 'exp(-JB / 2), JB = n / 6 (S^2 + (K - 3)^2 / 4), population moments',
    source: 'Jarque and Bera 1980',
    compute: (s) => jarqueBeraP(s.moments),
  },
  riskOfRuin: {
    title: 'Risk of ruin',
    unit: 'fraction',
    better: 'lower',
    formula: '((1 - w) / (1 + w))^n, w the share of winning periods',
    source: 'quantstats',
    compute: (s) => riskOfRuin(s.gains),
  },
} satisfies MetricEntries;
