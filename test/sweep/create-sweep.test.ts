/** A sweep gives the figures that single backtests give, and one set that fails leaves the others alone. */
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import {
  computeMetrics,
  createSweep,
  DAY,
  defaultRunConfig,
  defineStrategy,
  figureKeys,
  integer,
  runBacktest,
  SigmaError,
  sma,
} from '../../src/lib/index.ts';
import { randomBars } from '../market.ts';

const cross = defineStrategy({
  name: 'cross',
  params: { fast: integer({ default: 5, min: 1, max: 50 }), slow: integer({ default: 20, min: 2, max: 100 }) },
  signals: ({ close }, p) => {
    if (p.fast >= p.slow) throw new Error(`fast ${p.fast} is not below slow ${p.slow}`);
    return { fast: sma(close, p.fast), slow: sma(close, p.slow) };
  },
  target: (row) => (row.fast > row.slow ? 1 : -1),
});

const bars = [randomBars(300, 7)];
const sets = [
  { fast: 3, slow: 10 },
  { fast: 20, slow: 10 },
  { fast: 8, slow: 30 },
];

describe('a sweep by the event engine', () => {
  const sweep = createSweep({ strategy: cross, market: bars, config: defaultRunConfig, engine: 'event' });
  const result = sweep.run(sets, { returns: true });

  it('gives the metrics of the single run', () => {
    const run = runBacktest({
      strategy: cross,
      params: sets[2]!,
      source: blocksFromBars(bars),
      config: defaultRunConfig,
    });
    const { equity, fills, trades, totals } = run;
    const metrics = computeMetrics({
      equity,
      fills,
      trades,
      costs: totals,
      initial: totals.initial,
      periodsPerYear: 252,
    });
    for (const key of figureKeys) expect(result.figures[key][2], key).toBe(metrics[key]);
    expect(sweep.trace(sets[2]!)).toEqual({ equity, fills, trades });
  });

  it('records the set that threw and goes on', () => {
    expect([...result.failures.keys()]).toEqual([1]);
    expect(result.failures.get(1)).toBeInstanceOf(SigmaError);
    expect(result.failures.get(1)!.message).toContain('fast 20 is not below slow 10');
    expect(result.figures.sharpe[1]).toBeNaN();
    expect(result.figures.sharpe[0]).not.toBeNaN();
  });

  it('compounds the returns of a set to its total return', () => {
    const width = sweep.periodEnds.length;
    expect(width).toBe(300);
    const growth = result.returns!.subarray(2 * width).reduce((product, r) => product * (1 + r), 1);
    expect(growth - 1).toBeCloseTo(result.figures.totalReturn[2]!, 12);
  });

  it('samples intraday bars at day ends', () => {
    const hourly = createSweep({
      strategy: cross,
      market: [randomBars(24 * 20, 3, { timeframe: '1h' })],
      config: { ...defaultRunConfig, periodsPerYear: 8766 },
      engine: 'event',
    });
    expect(hourly.periodEnds.length).toBe(20);
    expect(hourly.periodsPerYear).toBe(365);
    expect(hourly.periodEnds.every((time) => time % DAY === 0)).toBe(true);
  });

  it('refuses a market without bars', () => {
    expect(() => createSweep({ strategy: cross, market: [], config: defaultRunConfig })).toThrow(/at least one/);
  });
});
