import { describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { frame } from '../../src/lib/frame/index.ts';
import type { StoredRun } from '../../src/lib/registry/index.ts';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { returnsOfMarket, returnsOfRuns, studyAllocation } from '../../src/lib/runs/index.ts';

const DAY = 86_400_000;

/** What an allocation reads of a run: its name, its equity, and what its data was. */
function runOf(id: string, time: readonly number[], equity: readonly number[]): StoredRun {
  const table = frame({ time: Float64Array.from(time), equity: Float64Array.from(equity) });
  const manifest = { strategy: { name: 'idea' }, data: { synthetic: true, closeOnly: false } };
  return { id, manifest, outcome: { totals: {} }, table: async () => table } as unknown as StoredRun;
}

describe('returns of runs', () => {
  it('are taken between the days that all of them have, whatever the hour they close at', async () => {
    const early = runOf(
      'aaaaaaaaaaaa',
      [1, 2, 3, 4].map((d) => d * DAY - 3_600_000),
      [100, 110, 121, 133.1],
    );
    const late = runOf(
      'bbbbbbbbbbbb',
      [1, 3, 4, 5].map((d) => d * DAY),
      [50, 60, 75, 80],
    );
    const { names, matrix, periodEnds, notes } = await returnsOfRuns([early, late]);
    expect(notes).toEqual([expect.stringContaining('Synthetic data')]);
    expect(names).toEqual(['idea aaaaaa', 'idea bbbbbb']);
    expect([...periodEnds]).toEqual([3 * DAY, 4 * DAY]);
    [0.21, 0.1, 0.2, 0.25].forEach((r, i) => {
      expect(matrix.returns[i]).toBeCloseTo(r, 12);
    });
  });

  it('take the last value of each day of an intraday curve', async () => {
    const hours = Array.from({ length: 24 * 5 }, (_, h) => (h + 1) * 3_600_000);
    const hourly = runOf(
      'aaaaaaaaaaaa',
      hours,
      hours.map((_, h) => 100 + h),
    );
    const daily = runOf(
      'bbbbbbbbbbbb',
      [1, 2, 3, 4, 5].map((d) => d * DAY),
      [1, 2, 3, 4, 5],
    );
    const { matrix } = await returnsOfRuns([hourly, daily]);
    expect(matrix.periods).toBe(4);
    expect(matrix.returns[0]).toBeCloseTo((100 + 47) / (100 + 23) - 1, 12);
  });

  it('are refused when a run is named twice or nothing is shared', async () => {
    const one = runOf('aaaaaaaaaaaa', [DAY, 2 * DAY, 3 * DAY], [1, 2, 3]);
    const apart = runOf('bbbbbbbbbbbb', [11 * DAY, 12 * DAY, 13 * DAY], [1, 2, 3]);
    await expect(returnsOfRuns([one, one])).rejects.toThrow(/named twice/);
    await expect(returnsOfRuns([one, apart])).rejects.toThrow(SigmaError);
  });
});

describe('an allocation over a data set', () => {
  it('has weights through time, weights for now and figures beside equal weights', async () => {
    const market = await catalogMarkets().open('us-equities');
    const series = await returnsOfMarket(market, { symbols: ['AAPL', 'XOM', 'JNJ'], from: '2018-01-01' });
    expect(series.names).toEqual(['AAPL', 'XOM', 'JNJ']);
    expect(series.periodsPerYear).toBe(252);
    const study = studyAllocation(series, { method: 'min-variance', lookback: 252, rebalance: 21, cost: 0.001 });
    expect(study.returns).toHaveLength(series.matrix.periods - 252);
    expect(study.periodEnds).toHaveLength(study.returns.length);
    expect(study.rebalances).toHaveLength(Math.ceil(study.returns.length / 21));
    // A weight knows the past only: the last period it has seen ends before the first it earns.
    expect(study.rebalances[0]!.time).toBeLessThan(study.periodEnds[0]!);
    for (const { weights, riskShares } of [...study.rebalances, study.now])
      for (const values of [weights, riskShares]) expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(study.figures.volatility).toBeLessThan(study.equal.volatility);
    const alone = await returnsOfMarket(market, { symbols: ['AAPL'] });
    expect(() => studyAllocation(alone, { method: 'equal', lookback: 10, rebalance: 5 })).toThrow(/one series/);
  });
});
