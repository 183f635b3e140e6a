/** How far the metrics of a run could have been from what they are, had its days and trades fallen otherwise. */
import { type Rng, SigmaError } from '../../core/index.ts';
import { moments, quantileSorted, quotient, sortedFinite } from '../../statistics/index.ts';
import { informationRatio, marketLine } from '../benchmark/regression.ts';
import type { MetricKey } from '../catalog.ts';
import { depthSummary, drawdownOfReturns } from '../drawdown/drawdown-series.ts';
import type { PerformanceInput } from '../input.ts';
import { omega, sortino } from '../ratios/downside.ts';
import { sharpe } from '../ratios/sharpe.ts';
import { cagr } from '../returns/cagr.ts';
import { gainsAndLosses, payoffRatio, profitFactor, winRate } from '../returns/gains-and-losses.ts';
import { totalReturn } from '../returns/total-return.ts';
import { expectedShortfall } from '../risk/expected-shortfall.ts';
import { historicalVar } from '../risk/value-at-risk.ts';
import { volatility } from '../risk/volatility.ts';
import { prepareSample, type Sample } from '../sample.ts';
import { optimalBlockLength } from './block-length.ts';
import { drawStationary, gather } from './stationary-bootstrap.ts';

export type Interval = readonly [low: number, high: number];
export type MetricIntervals = Readonly<Partial<Record<MetricKey, Interval>>>;

export type IntervalOptions = {
  readonly rng: Rng;
  /** Resamples, 1,000 unless given; at least 100. */
  readonly resamples?: number;
  /** Coverage in (0, 1), 0.95 unless given. */
  readonly level?: number;
  /** Mean block in periods; by `optimalBlockLength` of the returns unless given. */
  readonly meanBlock?: number;
};

type Measured = Partial<Record<MetricKey, number>>;

/**
 * Percentile intervals by the stationary bootstrap of the sampled returns (with the benchmark's, row by row) and by independent resampling of
 * closed trades. A metric is left out when it is undefined in more than a tenth of the resamples. The same seed gives the same intervals.
 * @throws SigmaError usage/bad-option for options out of range
 */
export function metricIntervals(input: PerformanceInput, options: IntervalOptions): MetricIntervals {
  const { rng, resamples = 1000, level = 0.95 } = options;
  if (!(level > 0 && level < 1)) throw badOption('level', level, 'give a coverage between 0 and 1, such as 0.95');
  if (!(Number.isInteger(resamples) && resamples >= 100)) throw badOption('resamples', resamples, 'give at least 100');
  if (options.meanBlock !== undefined && !(options.meanBlock >= 1))
    throw badOption('meanBlock', options.meanBlock, 'give a mean block of at least 1 period');
  const sample = prepareSample(input);
  const intervals: Partial<Record<MetricKey, Interval>> = {};
  const collect = (draw: (() => Measured) | undefined): void => {
    if (draw === undefined) return;
    for (const [key, values] of repeat(draw, resamples)) {
      const found = sortedFinite(values.filter((value) => Number.isFinite(value)));
      if (found.length < 0.9 * resamples) continue;
      intervals[key] = [quantileSorted(found, (1 - level) / 2), quantileSorted(found, (1 + level) / 2)];
    }
  };
  collect(drawPeriods(sample, rng.fork('periods'), options.meanBlock));
  collect(drawTrades(sample, rng.fork('trades')));
  return intervals;
}

function badOption(name: string, value: number, hint: string): SigmaError {
  return new SigmaError('usage/bad-option', `${name} is ${value}`, { where: 'metricIntervals', hint });
}

function repeat(draw: () => Measured, times: number): Map<MetricKey, Float64Array> {
  const columns = new Map<MetricKey, Float64Array>();
  for (let k = 0; k < times; k++) {
    const measured = draw();
    let key: MetricKey;
    for (key in measured) {
      const column = columns.get(key) ?? new Float64Array(times).fill(Number.NaN);
      column[k] = measured[key] ?? Number.NaN;
      columns.set(key, column);
    }
  }
  return columns;
}

function drawPeriods(sample: Sample, rng: Rng, meanBlock: number | undefined): (() => Measured) | undefined {
  const { returns, periodsPerYear, riskFree, periodRate, years, benchmark } = sample;
  const n = returns.length;
  const block = meanBlock ?? optimalBlockLength(returns).stationary;
  if (n < 2 || !(block >= 1)) return undefined;
  const rows = new Int32Array(n);
  const drawn = new Float64Array(n);
  // The benchmark takes part when it covers every period: then one set of rows serves both.
  const market = benchmark !== undefined && benchmark.market.length === n ? benchmark.market : undefined;
  const drawnMarket = new Float64Array(n);
  return () => {
    drawStationary(rows, n, block, rng);
    gather(drawn, returns, rows);
    const total = totalReturn(drawn);
    const growth = cagr(total, years);
    const { worst, ulcer } = depthSummary(drawdownOfReturns(drawn));
    const sorted = sortedFinite(drawn);
    const measured: Measured = {
      totalReturn: total,
      cagr: growth,
      meanReturn: moments(drawn).mean * periodsPerYear,
      volatility: volatility(drawn, periodsPerYear),
      sharpe: sharpe(drawn, periodsPerYear, riskFree),
      sortino: sortino(drawn, periodsPerYear, riskFree),
      omega: omega(drawn, periodRate),
      maxDrawdown: worst,
      ulcerIndex: ulcer,
      calmar: quotient(growth, -worst),
      var95: historicalVar(sorted, 0.05),
      cvar95: expectedShortfall(sorted, 0.05),
    };
    if (market === undefined) return measured;
    gather(drawnMarket, market, rows);
    const excess = (r: number): number => r - periodRate;
    const line = marketLine(drawn.map(excess), drawnMarket.map(excess));
    measured.beta = line.slope;
    measured.alpha = line.intercept * periodsPerYear;
    measured.informationRatio = informationRatio(drawn, drawnMarket, periodsPerYear);
    return measured;
  };
}

function drawTrades({ trades }: Sample, rng: Rng): (() => Measured) | undefined {
  const n = trades.pnl.length;
  if (n < 2) return undefined;
  const rows = new Int32Array(n);
  const pnl = new Float64Array(n);
  const returns = new Float64Array(n);
  return () => {
    drawStationary(rows, n, 1, rng);
    gather(pnl, trades.pnl, rows);
    gather(returns, trades.returns, rows);
    const gains = gainsAndLosses(pnl);
    return {
      winRate: winRate(gains),
      profitFactor: profitFactor(gains),
      payoff: payoffRatio(gains),
      expectancy: moments(pnl).mean,
      averageTrade: moments(returns).mean,
    };
  };
}
