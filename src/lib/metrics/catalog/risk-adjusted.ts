/** Reward for the risk taken. */

import { quotient, sampleExcessKurtosis, sampleSkewness } from '../../statistics/index.ts';
import { averageYearlyDrawdown } from '../drawdown/yearly-drawdown.ts';
import { gainToPain, kappa3, omega, sortino, upsidePotential } from '../ratios/downside.ts';
import { adjustedSharpe, autocorrelationPenalty, loFactor, sharpeOf } from '../ratios/sharpe.ts';
import { kRatio, stability } from '../ratios/steadiness.ts';
import { hitRate, kellyFraction, payoffRatio, profitFactor } from '../returns/gains-and-losses.ts';
import { expectedShortfall } from '../risk/expected-shortfall.ts';
import { rachevRatio, tailRatio } from '../risk/tails.ts';
import type { Sample } from '../sample.ts';
import type { MetricEntries } from './entry.ts';

const sharpe = (s: Sample): number => sharpeOf(s.moments, s.periodsPerYear, s.riskFree);

function serenity(s: Sample): number {
  const pitfall = quotient(-expectedShortfall(s.sortedDepths, 0.05), s.moments.deviation);
  return quotient(s.total - s.riskFree * s.years, s.depth.ulcer * pitfall);
}

export const riskAdjustedMetrics = {
  sharpe: {
    title: 'Sharpe ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '(mean(r) - rf) / sd(r) x sqrt(periods per year)',
    source: 'Sharpe 1994',
    compute: sharpe,
  },
  smartSharpe: {
    title: 'Smart Sharpe',
    unit: 'ratio',
    better: 'higher',
    formula: 'Sharpe / sqrt(1 + 2 sum_k (1 - k / n) |rho|^k), rho the lag-1 correlation',
    source: 'quantstats',
    compute: (s) => quotient(sharpe(s), autocorrelationPenalty(s.returns)),
  },
  loSharpe: {
    title: 'Sharpe, autocorrelation-adjusted',
    unit: 'ratio',
    better: 'higher',
    formula:
      'per-period Sharpe x q / sqrt(q + 2 sum_k (q - k) rho_k), q = periods per year, k up to the Newey-West lag',
    source: 'Lo 2002',
    compute: (s) => s.estimate.sharpe * loFactor(s.returns, s.periodsPerYear),
  },
  adjustedSharpe: {
    title: 'Sharpe, skew and kurtosis adjusted',
    unit: 'ratio',
    better: 'higher',
    formula: 'SR (1 + S / 6 SR - K / 24 SR^2), annual SR',
    source: 'Pezier and White 2006',
    compute: (s) => adjustedSharpe(sharpe(s), sampleSkewness(s.moments), sampleExcessKurtosis(s.moments)),
  },
  sortino: {
    title: 'Sortino ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '(mean(r) - rf) / downside deviation, annualised',
    source: 'Sortino and Price 1994',
    compute: (s) => sortino(s.returns, s.periodsPerYear, s.riskFree),
  },
  smartSortino: {
    title: 'Smart Sortino',
    unit: 'ratio',
    better: 'higher',
    formula: 'Sortino / the same penalty as Smart Sharpe',
    source: 'quantstats',
    compute: (s) => quotient(sortino(s.returns, s.periodsPerYear, s.riskFree), autocorrelationPenalty(s.returns)),
  },
  adjustedSortino: {
    title: 'Sortino / sqrt(2)',
    unit: 'ratio',
    better: 'higher',
    formula: 'Sortino / sqrt(2), comparable to Sharpe',
    source: 'Schwager 2012; quantstats',
    compute: (s) => sortino(s.returns, s.periodsPerYear, s.riskFree) / Math.SQRT2,
  },
  omega: {
    title: 'Omega ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'sum max(r - rf, 0) / sum max(rf - r, 0)',
    source: 'Keating and Shadwick 2002',
    compute: (s) => omega(s.returns, s.periodRate),
  },
  kappa3: {
    title: 'Kappa 3',
    unit: 'ratio',
    better: 'higher',
    formula: '(mean(r) - rf) / cbrt(mean(max(rf - r, 0)^3)), a period',
    source: 'Kaplan and Knowles 2004',
    compute: (s) => kappa3(s.returns, s.periodRate),
  },
  upsidePotential: {
    title: 'Upside potential ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean(max(r - rf, 0)) / sqrt(mean(max(rf - r, 0)^2)), a period',
    source: 'Sortino, van der Meer and Plantinga 1999',
    compute: (s) => upsidePotential(s.returns, s.periodRate),
  },
  gainToPain: {
    title: 'Gain to pain',
    unit: 'ratio',
    better: 'higher',
    formula: 'sum(r) / |sum of negative r|',
    source: 'Schwager 2012',
    compute: (s) => gainToPain(s.returns),
  },
  gainToPainMonthly: {
    title: 'Gain to pain, monthly',
    unit: 'ratio',
    better: 'higher',
    formula: 'the same over monthly returns',
    source: 'Schwager 2012',
    compute: (s) => gainToPain(s.months.value),
  },
  profitFactorPeriods: {
    title: 'Profit factor of periods',
    unit: 'ratio',
    better: 'higher',
    formula: 'sum of positive r / |sum of negative r|',
    source: 'quantstats',
    compute: (s) => profitFactor(s.gains),
  },
  payoffPeriods: {
    title: 'Payoff of periods',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean gain / |mean loss| of r',
    source: 'quantstats',
    compute: (s) => payoffRatio(s.gains),
  },
  cpcIndex: {
    title: 'CPC index',
    unit: 'ratio',
    better: 'higher',
    formula: 'profit factor x win rate x payoff of periods',
    source: 'Long 2001; quantstats',
    compute: (s) => profitFactor(s.gains) * hitRate(s.gains) * payoffRatio(s.gains),
  },
  commonSenseRatio: {
    title: 'Common sense ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'profit factor of periods x tail ratio',
    source: 'Carver; quantstats',
    compute: (s) => profitFactor(s.gains) * tailRatio(s.sorted),
  },
  rachevRatio: {
    title: 'Rachev ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'mean of the best 5 % / |mean of the worst 5 %|',
    source: 'Rachev, Stoyanov and Fabozzi 2008',
    compute: (s) => rachevRatio(s.sorted),
  },
  kellyFraction: {
    title: 'Kelly fraction of periods',
    unit: 'fraction',
    better: 'higher',
    formula: 'w - (1 - w) / payoff, w the share of winning periods',
    source: 'Kelly 1956; quantstats',
    compute: (s) => kellyFraction(s.gains),
  },
  kellyContinuous: {
    title: 'Kelly fraction, continuous',
    unit: 'ratio',
    better: 'higher',
    formula: '(mean(r) - rf) / variance(r)',
    source: 'Thorp 2006',
    compute: (s) => quotient(s.moments.mean - s.periodRate, s.moments.variance),
  },
  calmar: {
    title: 'Calmar ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'CAGR / |maximum drawdown|',
    source: 'Young 1991',
    compute: (s) => quotient(s.cagr, -s.depth.worst),
  },
  sterling: {
    title: 'Sterling ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'CAGR / (mean over calendar years of |maximum drawdown within the year, at the sampled periods| + 10 %)',
    source: 'Kestner 1996',
    compute: (s) => quotient(s.cagr, 0.1 - averageYearlyDrawdown(s.series.time, s.series.value)),
  },
  burke: {
    title: 'Burke ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '(CAGR - rf) / sqrt(sum of squared drawdown depths)',
    source: 'Burke 1994',
    compute: (s) =>
      quotient(s.cagr - s.riskFree, Math.sqrt(s.drawdowns.reduce((sum, d) => sum + d.depth * d.depth, 0))),
  },
  martin: {
    title: 'Martin ratio (UPI)',
    unit: 'ratio',
    better: 'higher',
    formula: '(CAGR - rf) / ulcer index',
    source: 'Martin and McCann 1989',
    compute: (s) => quotient(s.cagr - s.riskFree, s.depth.ulcer),
  },
  painRatio: {
    title: 'Pain ratio',
    unit: 'ratio',
    better: 'higher',
    formula: '(CAGR - rf) / pain index',
    source: 'Becker 2006',
    compute: (s) => quotient(s.cagr - s.riskFree, s.depth.pain),
  },
  recoveryFactor: {
    title: 'Recovery factor',
    unit: 'ratio',
    better: 'higher',
    formula: 'total return / |maximum drawdown|',
    source: 'common',
    compute: (s) => quotient(s.total, -s.depth.worst),
  },
  serenity: {
    title: 'Serenity index',
    unit: 'ratio',
    better: 'higher',
    formula:
      '(total return - rf x years) / (ulcer index x pitfall), pitfall = |expected shortfall 95 % of the drawdown series at the sampled periods| / sd(r) a period',
    source: 'KeyQuant 2013',
    compute: (s) => serenity(s),
  },
  stability: {
    title: 'Stability (R squared)',
    unit: 'ratio',
    better: 'higher',
    formula: 'squared correlation of cumulative log returns with time',
    source: 'empyrical',
    compute: (s) => stability(s.growth),
  },
  kRatio: {
    title: 'K-ratio',
    unit: 'ratio',
    better: 'higher',
    formula: 'slope / standard error of cumulative log returns on time x sqrt(periods per year) / n',
    source: 'Kestner 2013',
    compute: (s) => kRatio(s.growth, s.returns.length, s.periodsPerYear),
  },
} satisfies MetricEntries;
