import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, SigmaError } from '../../src/lib/core/index.ts';
import {
  computeMetrics,
  drawStationary,
  type Interval,
  metricIntervals,
  optimalBlockLength,
} from '../../src/lib/metrics/index.ts';
import { autocorrelation } from '../../src/lib/statistics/index.ts';
import { compound, fixture, performance } from './fixtures/performance.ts';

const noisy: { values: number[]; stationary: number; circular: number } = JSON.parse(
  readFileSync(new URL('./fixtures/block-length.json', import.meta.url), 'utf8'),
);

describe('optimal block length', () => {
  it('agrees with arch on 1,000 values of a dependent series', () => {
    const found = optimalBlockLength(Float64Array.from(noisy.values));
    expect(found.stationary).toBeCloseTo(noisy.stationary, 9);
    expect(found.circular).toBeCloseTo(noisy.circular, 9);
  });

  it('agrees with arch on the returns of the fixed run', () => {
    const found = optimalBlockLength(Float64Array.from(fixture.returns));
    expect(found.stationary).toBeCloseTo(fixture.blockLength.stationary, 9);
    expect(found.circular).toBeCloseTo(fixture.blockLength.circular, 9);
  });

  it('does not depend on scale, shift or sign', () => {
    const values = Float64Array.from(fixture.returns);
    const { stationary } = optimalBlockLength(values);
    for (const change of [(x: number) => 100 * x, (x: number) => x + 0.5, (x: number) => -x])
      expect(optimalBlockLength(values.map(change)).stationary).toBeCloseTo(stationary, 6);
  });

  it('is one without anything to carry and NaN when a value is not finite', () => {
    const one = { stationary: 1, circular: 1 };
    expect(optimalBlockLength(new Float64Array(0))).toEqual(one);
    expect(optimalBlockLength(Float64Array.of(1, 2, 3))).toEqual(one);
    expect(optimalBlockLength(new Float64Array(100).fill(0.01))).toEqual(one);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(optimalBlockLength(new Float64Array(100).fill(bad)).stationary).toBeNaN();
  });

  it('lies between one row and the cap for any series', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 80 }), (values) => {
        const { stationary } = optimalBlockLength(Float64Array.from(values));
        expect(stationary).toBeGreaterThanOrEqual(1);
        expect(stationary).toBeLessThanOrEqual(Math.ceil(Math.min(3 * Math.sqrt(values.length), values.length / 3)));
      }),
    ));
});

describe('stationary bootstrap', () => {
  const draw = (rows: number, meanBlock: number, length: number): Int32Array => {
    const out = new Int32Array(length);
    drawStationary(out, rows, meanBlock, createRng(7));
    return out;
  };

  it('draws each row about equally often', () => {
    const counts = new Int32Array(10);
    for (const row of draw(10, 4, 200_000)) counts[row]!++;
    // 20,000 each; blocks of four widen the binomial deviation of 134 to some 350.
    for (const count of counts) expect(Math.abs(count - 20_000)).toBeLessThan(1500);
  });

  it('continues a block with probability 1 - 1 / mean, wrapping at the end', () => {
    const rows = draw(1000, 5, 100_000);
    let continued = 0;
    let wrapped = 0;
    for (let i = 1; i < rows.length; i++) {
      if (rows[i] === (rows[i - 1]! + 1) % 1000) continued++;
      if (rows[i] === 0 && rows[i - 1] === 999) wrapped++;
    }
    expect(continued / rows.length).toBeCloseTo(0.8, 2);
    expect(wrapped).toBeGreaterThan(0);
  });

  it('keeps the serial correlation that independent draws lose', () => {
    const values = Float64Array.from(noisy.values);
    const resampled = (meanBlock: number): Float64Array =>
      Float64Array.from(draw(values.length, meanBlock, 20_000), (row) => values[row]!);
    expect(Math.abs(autocorrelation(resampled(1)))).toBeLessThan(0.05);
    // A block of mean 20 keeps 19 of 20 neighbours.
    expect(autocorrelation(resampled(20))).toBeCloseTo(0.95 * autocorrelation(values), 1);
  });
});

describe('metric intervals', () => {
  const options = { rng: createRng(11), resamples: 400 };
  const intervals = metricIntervals(performance, { ...options, rng: createRng(11) });
  const metrics = computeMetrics(performance);

  it('contain the figure of the run for means and ratios', () => {
    for (const key of [
      'cagr',
      'sharpe',
      'sortino',
      'volatility',
      'omega',
      'winRate',
      'expectancy',
      'beta',
      'alpha',
    ] as const) {
      const [low, high] = intervals[key]!;
      expect(low, key).toBeLessThan(metrics[key]);
      expect(high, key).toBeGreaterThan(metrics[key]);
    }
  });

  it('are the same for the same seed and others for another', () => {
    expect(metricIntervals(performance, { ...options, rng: createRng(11) })).toEqual(intervals);
    expect(metricIntervals(performance, { ...options, rng: createRng(12) })).not.toEqual(intervals);
  });

  it('widen with the level', () => {
    const wide = metricIntervals(performance, { ...options, rng: createRng(11), level: 0.99 });
    for (const [key, [low, high]] of Object.entries(intervals) as [keyof typeof intervals, Interval][]) {
      expect(wide[key]![0], key).toBeLessThanOrEqual(low);
      expect(wide[key]![1], key).toBeGreaterThanOrEqual(high);
    }
  });

  it('have the width of the normal theory for the mean of independent returns', () => {
    const rng = createRng(3);
    const returns = Float64Array.from({ length: 1000 }, () => 0.01 * rng.normal());
    const equity = compound(100, returns);
    const time = equity.map((_, i) => Date.UTC(2010, 0, 1) + i * 86_400_000);
    const zeros = new Float64Array(equity.length);
    const run = {
      equity: { time, equity, cash: equity, gross: zeros, net: zeros },
      trades: [],
      fills: [],
      costs: { fees: 0, slippage: 0, borrow: 0, funding: 0 },
      initial: 100,
    };
    const [low, high] = metricIntervals(run, { rng: createRng(5), resamples: 2000, meanBlock: 1 }).meanReturn!;
    const theory = ((2 * 1.96 * 0.01) / Math.sqrt(1000)) * 365;
    // 2,000 resamples place a 2.5 % quantile to a few percent, and the sample's own deviation is off by 2 %.
    expect(Math.abs((high - low) / theory - 1)).toBeLessThan(0.1);
  });

  it('are left out where there is nothing to resample', () => {
    const { equity } = performance;
    const first = (column: Float64Array): Float64Array => column.slice(0, 1);
    const short = {
      ...performance,
      equity: {
        time: first(equity.time),
        equity: first(equity.equity),
        cash: first(equity.cash),
        gross: first(equity.gross),
        net: first(equity.net),
      },
      trades: performance.trades.slice(0, 1),
    };
    expect(metricIntervals(short, { rng: createRng(1) })).toEqual({});
    const { benchmark: _, ...alone } = performance;
    expect(metricIntervals(alone, { ...options, rng: createRng(1) }).beta).toBeUndefined();
  });

  it('leave out a metric that most resamples cannot define', () => {
    const winners = performance.trades.filter((trade) => trade.pnl > 0);
    const found = metricIntervals({ ...performance, trades: winners }, { ...options, rng: createRng(1) });
    expect(found.profitFactor).toBeUndefined();
    expect(found.winRate).toEqual([1, 1]);
  });

  it('refuse options out of range by name', () => {
    for (const bad of [{ level: 0 }, { level: 1 }, { resamples: 99 }, { resamples: 1000.5 }, { meanBlock: 0.5 }])
      expect(() => metricIntervals(performance, { rng: createRng(1), ...bad })).toThrow(SigmaError);
  });
});
