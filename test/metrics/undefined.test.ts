import { describe, expect, it } from 'vitest';
import {
  computeMetrics,
  type MetricKey,
  type Metrics,
  metricCatalog,
  type PerformanceInput,
} from '../../src/lib/metrics/index.ts';
import { DAY } from '../../src/lib/model/index.ts';
import { performance } from './fixtures/performance.ts';

const START = Date.UTC(2024, 0, 2);

/** A daily run of the given values, nothing traded. */
function run(values: readonly number[], more: Partial<PerformanceInput> = {}): PerformanceInput {
  const equity = Float64Array.from(values);
  const zeros = new Float64Array(equity.length);
  return {
    equity: { time: equity.map((_, i) => START + i * DAY), equity, cash: equity, gross: zeros, net: zeros },
    trades: [],
    fills: [],
    costs: { fees: 0, slippage: 0, borrow: 0, funding: 0 },
    initial: 100,
    ...more,
  };
}

const flatBenchmark = { time: Float64Array.of(START), value: Float64Array.of(50) };
const badTrade = { ...performance.trades[0]!, pnl: Number.NaN, return: Number.POSITIVE_INFINITY };
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

const inputs: Readonly<Record<string, PerformanceInput>> = {
  'no rows': run([]),
  'one row': run([100]),
  'two rows': run([100, 101]),
  'a constant curve': run(Array(60).fill(100)),
  'constant growth': run(
    Array.from({ length: 60 }, (_, i) => 100 * 1.001 ** i),
    { benchmark: flatBenchmark },
  ),
  'only NaN': run([nan, nan, nan]),
  'NaN among the rows': run([100, nan, 102, 101, nan, 105]),
  'infinities among the rows': run([100, infinity, 102, 101, -infinity, 105]),
  'a loss of everything': run([100, 50, 0, 80, 90]),
  'equity below zero': run([100, 50, -20, 10]),
  'equal times': { ...run([100, 101, 99]), equity: { ...run([100, 101, 99]).equity, time: Float64Array.of(1, 1, 1) } },
  'a benchmark of NaN': run([100, 101, 99, 103], {
    benchmark: { time: Float64Array.of(START), value: Float64Array.of(nan) },
  }),
  'an empty benchmark': run([100, 101, 99], { benchmark: { time: new Float64Array(0), value: new Float64Array(0) } }),
  'costs of infinity': run([100, 101, 99], { costs: { fees: infinity, slippage: nan, borrow: 0, funding: 0 } }),
  'trades that are not numbers': run([100, 101, 99], { trades: [badTrade, badTrade] }),
  'initial cash of zero': run([0, 1, 2], { initial: 0 }),
  'no trials': run([100, 101, 99], { trials: { count: 0 } }),
};

const definedKeys = (metrics: Metrics): MetricKey[] =>
  metricCatalog.map(({ key }) => key).filter((key) => !Number.isNaN(metrics[key]));

describe('every metric', () => {
  for (const [name, input] of Object.entries(inputs))
    it(`is a finite number or NaN on ${name}`, () => {
      const metrics = computeMetrics(input);
      for (const { key } of metricCatalog) {
        expect(typeof metrics[key], key).toBe('number');
        expect(Math.abs(metrics[key]), key).not.toBe(Number.POSITIVE_INFINITY);
      }
    });
});

describe('undefined figures', () => {
  it('are all measures of the curve on an empty run; what is counted or given stays', () => {
    const measures = ['return', 'risk', 'risk-adjusted', 'drawdown', 'benchmark'];
    const found = definedKeys(computeMetrics(run([])));
    const ofMeasures = metricCatalog.filter(({ key, group }) => measures.includes(group) && found.includes(key));
    expect(ofMeasures.map(({ key }) => key)).toEqual(['winStreak', 'lossStreak']);
    for (const key of ['trades', 'fillCount', 'fees', 'periods', 'trackRecord'] as const) expect(found).toContain(key);
  });

  it('are all ratios to risk on a constant curve, whose risk is zero', () => {
    const metrics = computeMetrics(inputs['a constant curve']!);
    for (const key of ['totalReturn', 'cagr', 'volatility', 'maxDrawdown', 'ulcerIndex', 'var95'] as const)
      expect(metrics[key], key).toBe(0);
    for (const key of [
      'sharpe',
      'sortino',
      'calmar',
      'omega',
      'tailRatio',
      'psr',
      'skewness',
      'hurst',
      'kRatio',
    ] as const)
      expect(metrics[key], key).toBeNaN();
  });

  it('include Sharpe on constant growth: rounding is not volatility', () => {
    const metrics = computeMetrics(inputs['constant growth']!);
    expect(metrics.volatility).toBe(0);
    expect(metrics.sharpe).toBeNaN();
    expect(metrics.kRatio).toBeNaN();
    expect(metrics.stability).toBeCloseTo(1, 12);
    expect(metrics.beta).toBeNaN();
    expect(metrics.benchmarkReturn).toBe(0);
  });

  it('include every benchmark metric without a benchmark', () => {
    const metrics = computeMetrics(run([100, 101, 99, 104]));
    for (const { key } of metricCatalog.filter(({ group }) => group === 'benchmark'))
      expect(metrics[key], key).toBeNaN();
  });

  it('include every statistic of trades without a trade, but not their count', () => {
    const metrics = computeMetrics(run([100, 101, 99, 104]));
    expect(metrics.trades).toBe(0);
    expect(metrics.winRate).toBeNaN();
    expect(metrics.profitFactor).toBeNaN();
    expect(metrics.expectancy).toBeNaN();
    expect(metrics.grossProfit).toBe(0);
  });

  it('include ratios to losses when there is no loss', () => {
    const metrics = computeMetrics(run([100, 101, 103, 104]));
    expect(metrics.sortino).toBeNaN();
    expect(metrics.omega).toBeNaN();
    expect(metrics.calmar).toBeNaN();
    expect(metrics.averageLoss).toBeNaN();
  });

  it('include trade statistics when a trade has no profit figure', () => {
    const metrics = computeMetrics(inputs['trades that are not numbers']!);
    expect(metrics.trades).toBe(2);
    for (const key of ['winRate', 'expectancy', 'profitFactor', 'bestTrade', 'sqn', 'grossProfit'] as const)
      expect(metrics[key], key).toBeNaN();
  });
});

describe('bad rows', () => {
  it('are left out and counted: the rest reads as if they had not been there', () => {
    const metrics = computeMetrics(inputs['NaN among the rows']!);
    expect(metrics.missingRows).toBe(2);
    expect(metrics.periods).toBe(3);
    expect(metrics.totalReturn).toBeCloseTo(0.05, 12);
    expect(metrics.maxDrawdown).toBeCloseTo(101 / 102 - 1, 12);
    expect(computeMetrics(inputs['infinities among the rows']!)).toEqual(metrics);
  });

  it('end the curve at ruin: nothing that follows counts', () => {
    const metrics = computeMetrics(inputs['a loss of everything']!);
    expect(metrics.totalReturn).toBe(-1);
    expect(metrics.cagr).toBe(-1);
    expect(metrics.maxDrawdown).toBe(-1);
    expect(metrics.periods).toBe(2);
    expect(metrics.stability).toBeNaN();
    expect(computeMetrics(inputs['equity below zero']!).totalReturn).toBeCloseTo(-1.2, 12);
  });
});
