import { describe, expect, it } from 'vitest';
import { panelFromBars, parseFeatureSpec, standardChannels } from '../../src/lib/features/index.ts';
import { type Bars, DAY, HOUR, instrument, MINUTE } from '../../src/lib/model/index.ts';
import { plantedBars, plantedExpressions, plantedMarket } from '../../src/lib/research/index.ts';

const spec = (extra: object = {}) =>
  parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'test',
    timeframe: '1m',
    session: { calendar: 'own', slots: 390 },
    channels: ['return'],
    embedding: { pca: 2 },
    ...extra,
  });

/** From 13:30 to 20:00 UTC. */
const afternoon = {
  sessionOf: (time: number) => Math.floor(time / DAY) * DAY,
  sessionOpen: (date: number) => date + 13.5 * HOUR,
  sessionClose: (date: number) => date + 20 * HOUR,
};

function barsOf(closes: readonly number[], from = 20_000 * DAY, extra: Partial<Bars> = {}): Bars {
  const close = Float64Array.from(closes);
  return {
    instrument: instrument('X'),
    timeframe: '1m',
    closeOnly: false,
    time: close.map((_, i) => from + i * MINUTE),
    open: close,
    high: close.map((x) => x * 1.01),
    low: close.map((x) => x / 1.01),
    close,
    volume: close.map(() => 1000),
    ...extra,
  };
}

describe('a panel from bars', () => {
  it('has the channels of the planted market again, up to an affine map', () => {
    const market = plantedMarket({ seed: 3, instruments: 2, days: 4 });
    const channels = Object.entries(plantedExpressions).map(([name, expression]) => ({ name, expression }));
    const panel = panelFromBars(spec({ channels }), plantedBars(market), { calendar: afternoon });
    expect(panel.channels).toEqual(market.panel.channels);
    panel.series.forEach((series, i) => {
      const planted = market.panel.series[i]!;
      expect(series.symbol).toBe(planted.symbol);
      expect([series.at, series.day, series.slot]).toEqual([planted.at, planted.day, planted.slot]);
      series.values.forEach((column, c) => {
        const truth = planted.values[c]!;
        const slope = (column[2]! - column[1]!) / (truth[2]! - truth[1]!);
        for (let r = 1; r < column.length; r++)
          expect((column[r]! - column[1]!) / slope).toBeCloseTo(truth[r]! - truth[1]!, 4);
      });
    });
  });

  it('leaves out what lies outside the session or is skipped at its start, and evaluates over it', () => {
    const whole = barsOf(Array.from({ length: 2880 }, (_, i) => 100 + Math.sin(i)));
    const panel = panelFromBars(spec({ session: { slots: 380, skip: 2 } }), [whole], { calendar: afternoon });
    const { at, day, slot, values } = panel.series[0]!;
    expect(at.length).toBe(2 * 378);
    expect([slot[0], slot[377], slot[378]]).toEqual([2, 379, 2]);
    expect([day[0], day[378]]).toEqual([20_000, 20_001]);
    // Known when the bar that opened at 13:32 is complete.
    expect(at[0]).toBe(20_000 * DAY + 13.5 * HOUR + 3 * MINUTE);
    expect(values[0]![0]).toBe(Math.log(whole.close[812]! / whole.close[811]!));
  });

  it('refuses bars of another timeframe and no bars at all', () => {
    const hours = barsOf([1, 2], 0, { timeframe: '1h' });
    expect(() => panelFromBars(spec(), [hours])).toThrow(
      /test: timeframe: the bars of X are of 1h; resample them to 1m/,
    );
    expect(() => panelFromBars(spec(), [])).toThrow(/no bars/);
  });
});

describe('standard channels', () => {
  const values = (name: string, bars: Bars): Float64Array =>
    panelFromBars(spec({ channels: [name], embedding: { pca: 1 } }), [bars]).series[0]!.values[0]!;
  const bars = barsOf([100, 102, 101], 0, {
    high: Float64Array.of(101, 103, 102),
    low: Float64Array.of(99, 100, 100.5),
    volume: Float64Array.of(10, 20, 40),
  });

  it('measure what their sources define', () => {
    const middle = (high: number, low: number): number => (Math.log(high) + Math.log(low)) / 2;
    const c = Math.log(102);
    const squared = 4 * (c - middle(103, 100)) * (c - middle(102, 100.5));
    expect(values('return', bars)[1]).toBe(Math.log(102 / 100));
    expect(values('activity', bars)[2]).toBe(Math.log(40));
    expect(values('spread', bars)[2]).toBeCloseTo(Math.sign(squared) * Math.sqrt(Math.abs(squared)), 12);
    expect(values('impact', bars)[2]).toBeCloseTo(Math.sqrt(Math.abs(Math.log(101 / 102)) / (101 * 40)), 15);
    expect(values('range', bars)[0]).toBe(Math.log(101 / 99));
  });

  it('find the spread of a price that bounces between bid and ask', () => {
    // The middle stays; each bar's range is bid to ask and its close one of them: the spread is 2 %.
    const close = Array.from({ length: 200 }, (_, i) => ((i * 7919) % 13 < 6 ? 99 : 101));
    const bounce = barsOf(close, 0, {
      high: Float64Array.from(close, () => 101),
      low: Float64Array.from(close, () => 99),
    });
    const spread = values('spread', bounce).subarray(1);
    for (const s of spread) expect(s).toBeCloseTo(Math.log(101 / 99), 4);
  });

  it('call a rise that is large for the last bars bought and the same fall sold', () => {
    const walk = Array.from({ length: 200 }, (_, i) => 100 + ((i * 7919) % 13) / 13);
    const up = values('imbalance', barsOf([...walk, 104]))[200]!;
    const down = values('imbalance', barsOf([...walk, 96]))[200]!;
    expect(up).toBeGreaterThan(0.95);
    expect(down).toBeLessThan(-0.95);
    expect(values('imbalance', barsOf(walk.map(() => 5)))[100]).toBe(0);
  });

  it('are each causal expressions that a specification can name', () => {
    const channels = Object.keys(standardChannels);
    expect(spec({ channels }).channels.map((c) => c.name)).toEqual(channels);
  });
});
