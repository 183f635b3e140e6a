import { describe, expect, it } from 'vitest';
import { defaultRunConfig, type EngineResult, runBacktest } from '../../src/lib/engine/index.ts';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import { bars as columns, evaluateAll } from '../../src/lib/indicators/index.ts';
import type { Bars } from '../../src/lib/model/index.ts';
import { checkDefinition, checkReplays, resolveParams, type Strategy } from '../../src/lib/strategy/index.ts';
import breakout from '../../strategies/breakout.ts';
import buyAndHold from '../../strategies/buy-and-hold.ts';
import crossSectional from '../../strategies/cross-sectional-momentum.ts';
import meanReversion from '../../strategies/mean-reversion.ts';
import momentum from '../../strategies/momentum.ts';
import movingAverageCross from '../../strategies/moving-average-cross.ts';
import pairs from '../../strategies/pairs.ts';
import { followingBars, wanderingBars } from './market.ts';

const one = [wanderingBars('AAA', 11)];
const ten = Array.from({ length: 10 }, (_, i) => wanderingBars(`S${i}`, 20 + i, 800, 100 + 30 * i));
const leader = wanderingBars('LEAD', 5);
const couple = [leader, followingBars('FOLLOW', leader, 6), wanderingBars('OTHER', 7)];
const pair = { a: 'FOLLOW', b: 'LEAD' };

/** Every shipped strategy with a market it is meant for. */
const shipped: readonly (readonly [string, Strategy, readonly Bars[], Readonly<Record<string, unknown>>])[] = [
  ['buy-and-hold', buyAndHold, ten, {}],
  ['momentum', momentum, one, {}],
  ['cross-sectional-momentum', crossSectional, ten, { lookback: 100 }],
  ['mean-reversion', meanReversion, one, { short: true }],
  ['moving-average-cross', movingAverageCross, one, {}],
  ['breakout', breakout, one, { short: true }],
  ['pairs', pairs, couple, pair],
];

function run(strategy: Strategy, market: readonly Bars[], given: Readonly<Record<string, unknown>> = {}): EngineResult {
  const params = resolveParams(strategy, given);
  return runBacktest({ strategy, params, source: blocksFromBars(market), config: defaultRunConfig });
}

/** A row with the bar of a quiet market and whatever signals. */
const row = (signals: Record<string, number>, symbol = 'AAA') => ({
  symbol,
  time: 0,
  open: 100,
  high: 100,
  low: 100,
  close: 100,
  volume: 1,
  universe: 1,
  ...signals,
});
const target = (strategy: Strategy, signals: Record<string, number>, held = 0, given = {}, symbol = 'AAA'): number =>
  strategy.target?.(row(signals, symbol) as never, resolveParams(strategy, given), held) ?? Number.NaN;

describe.each(shipped)('%s', (name, strategy, market, given) => {
  it('is a sound definition under its own name, every part of it described', () => {
    expect(checkDefinition(strategy).name).toBe(name);
    expect(strategy.description).toMatch(/\.$/);
    for (const spec of Object.values(strategy.params ?? {})) expect(spec.description).toBeTruthy();
  });

  it('really trades, and its trades explain the whole change of equity', () => {
    const { orders, trades, totals } = run(strategy, market, given);
    expect(trades.length).toBeGreaterThan(name === 'buy-and-hold' ? 9 : 5);
    expect(orders.filter((o) => o.status === 'rejected')).toEqual([]);
    const explained = trades.reduce((sum, t) => sum + t.pnl, 0);
    expect(explained).toBeCloseTo(totals.final - totals.initial, 4);
  });

  it('does not look ahead, and forgets where history began', () => {
    const params = resolveParams(strategy, given);
    const signals = strategy.signals?.(columns, params) ?? {};
    const warmup = Math.max(0, ...Object.values(signals).map((s) => s.warmup));
    const check = checkReplays(market, (bars) => evaluateAll(signals, bars), { warmup, cuts: 3 });
    expect(check.lookAhead).toEqual([]);
    expect(check.unrepeatable).toEqual([]);
    for (const { settledAfter } of check.warmup) expect(settledAfter).toBeLessThan(market[0]!.time.length / 2);
  });
});

describe('buy-and-hold', () => {
  it('buys each instrument once and never sells', () => {
    const { orders } = run(buyAndHold, ten);
    expect(orders.map((o) => o.side)).toEqual(ten.map(() => 'buy'));
  });
});

describe('momentum', () => {
  it('turns only beyond the threshold and keeps its side between', () => {
    expect(target(momentum, { momentum: 0.06 })).toBe(1);
    expect(target(momentum, { momentum: -0.06 }, 1)).toBe(-1);
    expect(target(momentum, { momentum: 0.01 }, 1)).toBe(1);
    expect(target(momentum, { momentum: 0.01 }, -1)).toBe(-1);
    expect(target(momentum, { momentum: Number.NaN })).toBe(0);
  });

  it('is long in a long rise and short in a long fall', () => {
    const { trades } = run(momentum, [wanderingBars('AAA', 3, 800, 400)]);
    const sideOn = (day: number) =>
      trades.filter((t) => t.entryTime <= one[0]!.time[day]! && !(t.exitTime <= one[0]!.time[day]!))[0]?.side;
    expect(sideOn(390)).toBe('long');
    expect(sideOn(790)).toBe('short');
  });
});

describe('cross-sectional-momentum', () => {
  it('takes the top of the ranking, and the bottom when asked to', () => {
    expect(target(crossSectional, { rank: 0.95 })).toBe(1);
    expect(target(crossSectional, { rank: 0.85 })).toBe(0);
    expect(target(crossSectional, { rank: 0.05 })).toBe(0);
    expect(target(crossSectional, { rank: 0.05 }, 0, { short: true })).toBe(-1);
    expect(target(crossSectional, { rank: Number.NaN }, 1)).toBe(0);
  });

  it('trades at month ends only, and holds the winners of the months before', () => {
    const { orders } = run(crossSectional, ten, { lookback: 100, skip: 0, quantile: 0.2 });
    const months = new Set(orders.map((o) => new Date(o.created).toISOString().slice(0, 7)));
    const days = new Set(orders.map((o) => o.created));
    expect(days.size).toBe(months.size);
  });
});

describe('mean-reversion', () => {
  const bands = { lower: 98, middle: 101, upper: 104 };
  it('buys below the lower band and holds until the middle', () => {
    expect(target(meanReversion, { ...bands, close: 97 })).toBe(1);
    expect(target(meanReversion, { ...bands, close: 99 }, 1)).toBe(1);
    expect(target(meanReversion, { ...bands, close: 101 }, 1)).toBe(0);
    expect(target(meanReversion, { ...bands, close: 99 }, 0)).toBe(0);
  });

  it('sells above the upper band only when allowed to', () => {
    expect(target(meanReversion, { ...bands, close: 105 }, 1)).toBe(0);
    expect(target(meanReversion, { ...bands, close: 105 }, 0, { short: true })).toBe(-1);
    expect(target(meanReversion, { ...bands, close: 103 }, -1, { short: true })).toBe(-1);
    expect(target(meanReversion, { ...bands, close: 101 }, -1, { short: true })).toBe(0);
  });
});

describe('moving-average-cross', () => {
  it('turns when the averages are further apart than the band', () => {
    expect(target(movingAverageCross, { fast: 102, slow: 100 })).toBe(1);
    expect(target(movingAverageCross, { fast: 100.5, slow: 100 }, -1)).toBe(-1);
    expect(target(movingAverageCross, { fast: 98, slow: 100 }, 1)).toBe(-1);
    expect(target(movingAverageCross, { fast: 98, slow: 100 }, 1, { short: false })).toBe(0);
  });

  it('takes exponential averages when asked to', () => {
    const signals = movingAverageCross.signals?.(
      columns,
      resolveParams(movingAverageCross, { average: 'exponential' }),
    );
    expect(signals?.fast?.key).toBe('ema(close,20)');
  });
});

describe('breakout', () => {
  it('enters beyond the channel of the bars before and leaves by its trailing stop alone', () => {
    const { orders, trades } = run(breakout, one, { short: true });
    const entries = orders.filter((o) => o.parent < 0);
    const { time, close, high, low } = one[0]!;
    for (const entry of entries) {
      const bar = time.findIndex((t) => t + 86_400_000 === entry.created);
      const before = (x: Float64Array) => x.subarray(bar - 55, bar);
      if (entry.side === 'buy') expect(close[bar]).toBeGreaterThan(Math.max(...before(high)));
      else expect(close[bar]).toBeLessThan(Math.min(...before(low)));
    }
    const exits = orders.filter((o) => o.parent >= 0);
    expect(new Set(exits.map((o) => o.kind))).toEqual(new Set(['trailing-stop']));
    expect(exits).toHaveLength(entries.length);
    expect(new Set(trades.map((t) => t.side))).toEqual(new Set(['long', 'short']));
    expect(trades.at(0)?.tag).toMatch(/^breakout (buy|sell)$/);
  });

  it('never has more than its slot in a position', () => {
    const { equity } = run(breakout, ten, { risk: 0.5 });
    const gross = equity.gross.map((g, i) => g / equity.equity[i]!);
    // A position may grow past its slot, but is not bought beyond it.
    expect(Math.max(...gross)).toBeLessThan(1.3);
  });
});

describe('pairs', () => {
  const spread = (zscore: number, held: number, symbol: string, ratio = 0.5) =>
    target(pairs, { zscore, ratio }, held, pair, symbol);

  it('sells the first and buys the second by the ratio when the spread is wide', () => {
    expect(spread(2.5, 0, 'FOLLOW')).toBeCloseTo(-1 / 1.5, 12);
    expect(spread(2.5, 0, 'LEAD')).toBeCloseTo(0.5 / 1.5, 12);
    expect(spread(-2.5, 0, 'FOLLOW')).toBeCloseTo(1 / 1.5, 12);
  });

  it('holds the weights it entered with until the spread has closed', () => {
    expect(spread(1, -0.6, 'FOLLOW', 0.9)).toBe(-0.6);
    expect(spread(1, 0.4, 'LEAD', 0.9)).toBe(0.4);
    expect(spread(0.4, -0.6, 'FOLLOW')).toBe(0);
    expect(spread(0.4, 0.4, 'LEAD')).toBe(0);
    expect(spread(-0.4, 0.6, 'FOLLOW')).toBe(0);
  });

  it('stays out of what is no hedge, and out of other instruments', () => {
    expect(spread(3, 0, 'FOLLOW', -0.2)).toBe(0);
    expect(spread(3, 0, 'OTHER')).toBe(0);
  });

  it('holds both legs or none, on opposite sides', () => {
    const { trades } = run(pairs, couple, pair);
    for (const entryTime of new Set(trades.map((t) => t.entryTime))) {
      const legs = trades.filter((t) => t.entryTime === entryTime);
      expect(legs.map((t) => t.symbol).sort()).toEqual(['FOLLOW', 'LEAD']);
      expect(new Set(legs.map((t) => t.side)).size).toBe(2);
    }
  });

  it('earns on a gap that closes', () => {
    expect(run(pairs, couple, pair).totals.final).toBeGreaterThan(100_000);
    expect(run(pairs, couple, { ...pair, hedge: 'fixed', ratio: 0.8 }).totals.final).toBeGreaterThan(100_000);
  });
});
