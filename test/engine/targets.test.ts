import { describe, expect, it } from 'vitest';
import { bars as b, crossRank, DAY, defineStrategy, gt, instrument, roc, sma } from '../../src/lib/index.ts';
import { barsOf, closesOf, panel, START } from '../market.ts';
import { free, run } from './without-costs.ts';

const hold = defineStrategy({ name: 'hold', target: () => 1 });

describe('a target', () => {
  it('is decided on a close and filled at the next open', () => {
    const bars = barsOf([
      { open: 10, high: 12, low: 9, close: 11 },
      { open: 12, high: 13, low: 11, close: 13 },
    ]);
    const { fills, orders } = run(hold, [bars]);
    expect(orders).toMatchObject([{ id: 1, kind: 'market', side: 'buy', created: START + DAY, status: 'filled' }]);
    expect(fills).toMatchObject([{ price: 12, time: START + DAY, quantity: 10_000 / 11 }]);
  });

  it('that does not change makes no further order, however prices drift', () => {
    expect(run(hold, [closesOf([10, 11, 15, 9, 20])]).orders).toHaveLength(1);
  });

  it('is reached by one order through zero when it flips', () => {
    const flip = defineStrategy({ name: 'flip', target: (row) => (row.close > 10 ? 1 : -1) });
    const { orders, trades } = run(flip, [closesOf([11, 11, 9, 9, 9])]);
    expect(orders.map((o) => o.side)).toEqual(['buy', 'sell']);
    expect(trades.map((t) => [t.side, Number.isNaN(t.exitTime)])).toEqual([
      ['long', false],
      ['short', true],
    ]);
  });

  it('is not asked while one of its signals is not warm', () => {
    const asked: number[] = [];
    const strategy = defineStrategy({
      name: 'warm',
      signals: (x) => ({ mean: sma(x.close, 3) }),
      target: (row) => {
        asked.push(row.time);
        return 1;
      },
    });
    run(strategy, [closesOf([1, 2, 3, 4])]);
    expect(asked).toEqual([START + 3 * DAY, START + 4 * DAY]);
  });

  it('is not asked before the start, while earlier bars warm the signals', () => {
    const strategy = defineStrategy({ name: 'warm', signals: (x) => ({ mean: sma(x.close, 3) }), target: () => 1 });
    const { orders, equity } = run(strategy, [closesOf([1, 2, 3, 4, 5, 6])], {
      config: { ...free, start: START + 3 * DAY },
    });
    expect(orders[0]!.created).toBe(START + 4 * DAY);
    expect(equity.time[0]).toBe(START + 4 * DAY);
  });

  it('sees what it held', () => {
    const seen: number[] = [];
    run(
      defineStrategy({
        name: 'held',
        target: (row, _, held) => {
          seen.push(held);
          return row.close > 2 ? 0.5 : held;
        },
      }),
      [closesOf([1, 2, 3, 1])],
    );
    expect(seen).toEqual([0, 0, 0, 0.5]);
  });

  it('that is not finite is refused with instrument and time', () => {
    const broken = defineStrategy({ name: 'broken', target: () => Number.NaN });
    expect(() => run(broken, [closesOf([1, 2])])).toThrow(
      'broken at TEST 2021-01-04: the target is NaN; return a finite number',
    );
  });

  it('that throws is reported with instrument, bar and cause', () => {
    const broken = defineStrategy({
      name: 'broken',
      target: (row) => {
        if (row.close === 2) throw new TypeError('no such level');
        return 0;
      },
    });
    expect(() => run(broken, [closesOf([1, 2])])).toThrow(
      'broken at TEST 2021-01-05: the strategy threw TypeError: no such level',
    );
  });
});

describe('several targets', () => {
  const three = ['A', 'B', 'C'].map((symbol) => closesOf([100, 100, 100], { instrument: instrument(symbol) }));

  it('share the equity in equal slots by default', () => {
    expect(run(hold, three).fills.map((f) => f.quantity * f.price)).toEqual(
      [10_000 / 3, 10_000 / 3, 10_000 / 3].map((x) => expect.closeTo(x, 8)),
    );
  });

  it('are weights of the whole equity when they say so', () => {
    const quarter = defineStrategy({ name: 'quarter', allocation: 'portfolio', target: () => 0.25 });
    expect(run(quarter, three).fills.map((f) => f.quantity)).toEqual([25, 25, 25]);
  });

  it('are divided by their absolute sum when normalised', () => {
    const longShort = defineStrategy({
      name: 'long-short',
      allocation: 'normalised',
      target: (row) => (row.symbol === 'A' ? 3 : row.symbol === 'B' ? -1 : 0),
    });
    expect(run(longShort, three).fills.map((f) => [f.symbol, f.side, f.quantity])).toEqual([
      ['A', 'buy', 75],
      ['B', 'sell', 25],
    ]);
  });

  it('restore drifted weights on a calendar, selling before buying', () => {
    const half = defineStrategy({ name: 'half', allocation: 'portfolio', rebalance: 'bar', target: () => 0.5 });
    const bars = [
      closesOf([100, 100, 100, 100], { instrument: instrument('A') }),
      closesOf([100, 100, 200, 200], { instrument: instrument('B') }),
    ];
    const { orders } = run(half, bars);
    expect(orders.map((o) => [o.symbol, o.side, o.quantity])).toEqual([
      ['A', 'buy', 50],
      ['B', 'buy', 50],
      ['B', 'sell', 12.5],
      ['A', 'buy', 25],
    ]);
  });

  it('are asked once in each new month with a monthly calendar', () => {
    const months: number[] = [];
    const monthly = defineStrategy({
      name: 'monthly',
      rebalance: 'month',
      target: (row) => {
        months.push(new Date(row.time).getUTCMonth());
        return 1;
      },
    });
    run(monthly, [closesOf(new Array<number>(70).fill(100))]);
    expect(months).toEqual([0, 1, 2]);
  });

  it('leave instruments that are not in the universe, and close what leaves it', () => {
    const members = defineStrategy({
      name: 'members',
      allocation: 'portfolio',
      universe: (x) => gt(x.close, 50),
      target: (row) => 1 / row.universe,
    });
    const bars = [
      closesOf([100, 100, 100, 100], { instrument: instrument('A') }),
      closesOf([100, 100, 40, 40], { instrument: instrument('B') }),
    ];
    const { fills } = run(members, bars);
    expect(fills.map((f) => [f.symbol, f.side, f.quantity])).toEqual([
      ['A', 'buy', 50],
      ['B', 'buy', 50],
      ['B', 'sell', 50],
      ['A', 'buy', expect.closeTo(20, 8)],
    ]);
  });

  it('rank across instruments at each instant', () => {
    const best = defineStrategy({
      name: 'best',
      allocation: 'portfolio',
      signals: (x) => ({ rank: crossRank(roc(x.close, 1)) }),
      target: (row) => (row.rank === 1 ? 1 : 0),
    });
    const { trades } = run(best, panel(['A', 'B', 'C'], 60, 3));
    expect(trades.length).toBeGreaterThan(10);
    expect(new Set(trades.map((t) => t.symbol)).size).toBe(3);
  });
});

describe('sizing', () => {
  const flat = barsOf(Array.from({ length: 30 }, () => ({ open: 100, high: 102, low: 98, close: 100 })));

  it('by ATR risks a fixed part of equity', () => {
    // True range 4; 1 % of 10,000 over 2 ATRs of 4 is 12.5 units.
    const { fills } = run(hold, [flat], {
      config: { ...free, sizing: { kind: 'atr', period: 5, multiple: 2, risk: 0.01 } },
    });
    expect(fills[0]!.quantity).toBeCloseTo(12.5, 9);
  });

  it('by volatility waits until the forecast is warm and is capped', () => {
    const noisy = closesOf(Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 100 : 101)));
    const { fills } = run(hold, [noisy], {
      config: { ...free, sizing: { kind: 'volatility', period: 10, target: 0.1, maxLeverage: 2 } },
    });
    expect(fills[0]!.time).toBeGreaterThan(START + 9 * DAY);
    expect(fills[0]!.quantity * 100).toBeGreaterThan(4_000);
    expect(fills[0]!.quantity * 100).toBeLessThan(10_000);
  });

  it('fixed buys the same number of units', () => {
    expect(run(hold, [flat], { config: { ...free, sizing: { kind: 'fixed', quantity: 7 } } }).fills[0]!.quantity).toBe(
      7,
    );
  });

  it('by Kelly holds nothing without an edge', () => {
    expect(
      run(hold, [flat], { config: { ...free, sizing: { kind: 'kelly', period: 10, fraction: 0.5, maxLeverage: 2 } } })
        .fills,
    ).toHaveLength(0);
  });
});

it('reads signals of its own bars only through expressions', () => {
  expect(b.close.key).toBe('close');
});

describe('the equity curve', () => {
  it('does not know at a close what the next open brings', () => {
    const config = {
      ...free,
      execution: { ...free.execution, fees: { kind: 'bps', maker: 100, taker: 100 } as const },
    };
    const bars = barsOf([
      { open: 10, high: 10, low: 10, close: 10 },
      { open: 15, high: 15, low: 10, close: 10 },
    ]);
    const { equity } = run(hold, [bars], { config });
    expect(equity.equity[0]).toBe(10_000);
    expect(equity.net[0]).toBe(0);
  });

  it('holds what was traded on the very close it was decided on', () => {
    const config = { ...free, execution: { ...free.execution, fill: 'close' as const } };
    const { equity } = run(hold, [closesOf([10, 11])], { config });
    expect(equity.net[0]).toBeCloseTo(10_000, 8);
  });
});
