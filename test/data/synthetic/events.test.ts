/** Scripted events, ranges and followers of synthetic markets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../src/lib/data/catalog/content-hash.ts';
import { generateMarket, type SyntheticSpec, syntheticCrypto } from '../../../src/lib/data/synthetic/index.ts';

const still: SyntheticSpec = {
  seed: 3,
  timeframe: '1d',
  from: '2020-01-01',
  to: '2024-01-01',
  regimes: [{ name: 'only', drift: 0, volatility: 1, sessions: 1 }],
  garch: { alpha: 0, beta: 0 },
  tail: null,
  jumps: { perYear: 0, mean: 0, deviation: 0 },
  assets: [
    { symbol: 'A', price: 100, volatility: 0.2 },
    { symbol: 'B', price: 50, volatility: 0.2 },
  ],
};

const quiet = generateMarket(still);
const made = (events: SyntheticSpec['events']) => generateMarket({ ...still, events });
const ratioAt = (events: SyntheticSpec['events'], row: number, asset = 0): number =>
  made(events).bars[asset]!.close[row]! / quiet.bars[asset]!.close[row]!;

describe('scripted events', () => {
  it('leave a market without them as it was', () => {
    expect(contentHash(made([]).bars)).toBe(contentHash(quiet.bars));
    // The bundled set, whose hash stands in its description: nothing about scripts may change it.
    const stored = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../datasets/synthetic-crypto/dataset.json'), 'utf8'),
    );
    expect(contentHash(generateMarket(syntheticCrypto).bars)).toBe(stored.contentHash);
  });

  it('move prices by what was asked for, and back by a part of the logarithm', () => {
    const events: SyntheticSpec['events'] = [
      { kind: 'move', at: 0.5, size: -0.4, bars: 4, revert: 0.5, revertBars: 10 },
    ];
    const row = Math.floor(0.5 * quiet.bars[0]!.close.length);
    expect(ratioAt(events, row - 1)).toBe(1);
    expect(ratioAt(events, row + 3)).toBeCloseTo(0.6, 10);
    expect(ratioAt(events, row + 13)).toBeCloseTo(Math.sqrt(0.6), 10);
    expect(ratioAt(events, row + 300)).toBeCloseTo(Math.sqrt(0.6), 10);
  });

  it('open a bar away from the close before', () => {
    const { open, close, time } = made([{ kind: 'gap', at: '2021-06-01', size: -0.2 }]).bars[0]!;
    const row = time.indexOf(Date.UTC(2021, 5, 1));
    expect(open[row]! / close[row - 1]!).toBeCloseTo(0.8, 10);
    expect(open[row - 1]).toBe(close[row - 2]);
  });

  it('concern only the assets that are named', () => {
    const events = [{ kind: 'gap' as const, at: 0.1, size: 0.5, assets: ['B'] }];
    expect(ratioAt(events, 1000, 0)).toBe(1);
    expect(ratioAt(events, 1000, 1)).toBeCloseTo(1.5, 10);
  });

  it('widen bars for as long as volatility lasts, and thin volume', () => {
    const range = ({ bars }: typeof quiet, from: number) =>
      Array.from({ length: 100 }, (_, i) => Math.log(bars[0]!.high[from + i]! / bars[0]!.low[from + i]!)).reduce(
        (a, b) => a + b,
      );
    const wild = made([{ kind: 'volatility', at: 0.25, bars: 100, factor: 4 }]);
    const row = Math.floor(0.25 * quiet.bars[0]!.close.length);
    expect(range(wild, row) / range(quiet, row)).toBeGreaterThan(3.5);
    expect(range(wild, row + 100) / range(quiet, row + 100)).toBeCloseTo(1, 6);
    const thin = made([{ kind: 'volume', at: 0.25, bars: 100, factor: 0.1 }]);
    expect(thin.bars[0]!.volume[row]! / quiet.bars[0]!.volume[row]!).toBeCloseTo(0.1, 10);
    expect(thin.bars[0]!.volume[row + 100]).toBe(quiet.bars[0]!.volume[row + 100]);
  });

  it('end the bars of a delisted asset after its decline, and of no other', () => {
    const { bars } = made([{ kind: 'delisting', at: 0.5, decline: -0.9, bars: 30, assets: ['B'] }]);
    const row = Math.floor(0.5 * quiet.bars[1]!.close.length);
    expect(bars.map((each) => each.time.length)).toEqual([quiet.bars[0]!.time.length, row]);
    expect(bars[1]!.close.length).toBe(row);
    expect(bars[1]!.close[row - 1]! / quiet.bars[1]!.close[row - 1]!).toBeCloseTo(0.1, 10);
  });

  it('keep every bar consistent', () => {
    const { bars } = made([
      { kind: 'move', at: 0.2, size: 3, bars: 2, revert: 1, revertBars: 3 },
      { kind: 'gap', at: 0.3, size: -0.5 },
      { kind: 'volatility', at: 0.4, bars: 50, factor: 20 },
      { kind: 'delisting', at: 0.9, decline: -0.99 },
    ]);
    for (const { open, high, low, close } of bars) {
      for (let i = 0; i < close.length; i++) {
        expect(high[i]).toBeGreaterThanOrEqual(Math.max(open[i]!, close[i]!));
        expect(low[i]).toBeLessThanOrEqual(Math.min(open[i]!, close[i]!));
        expect(low[i]).toBeGreaterThan(0);
      }
    }
  });
});

describe('assets with a course', () => {
  it('stay in a range when they revert', () => {
    const [asset] = generateMarket({
      ...still,
      assets: [{ symbol: 'A', price: 100, volatility: 0.3, reversion: { halfLifeBars: 5 } }],
    }).bars;
    // Stationary deviation of an AR(1) with this half-life: sd / sqrt(1 - keep^2), about 3.2 %; six of them.
    expect(Math.min(...asset!.close)).toBeGreaterThan(80);
    expect(Math.max(...asset!.close)).toBeLessThan(125);
  });

  it('follow a leader with a spread of the deviation and half-life that were asked for', () => {
    const [lead, twin] = generateMarket({
      ...still,
      to: '2060-01-01',
      assets: [
        { symbol: 'LEAD', price: 40, volatility: 0.2 },
        {
          symbol: 'TWIN',
          price: 55,
          volatility: 0.2,
          follows: { symbol: 'LEAD', ratio: 0.5, deviation: 0.03, halfLifeBars: 8 },
        },
      ],
    }).bars;
    const spread = Array.from(
      twin!.close,
      (price, i) => Math.log(price / 55) - 0.5 * Math.log(lead!.close[i]! / lead!.close[0]!),
    );
    const mean = spread.reduce((a, b) => a + b) / spread.length;
    const covariance = (by: number) =>
      spread.slice(by).reduce((sum, x, i) => sum + (x - mean) * (spread[i]! - mean), 0) / spread.length;
    // 14,610 days and a memory of about 23 of them: a standard error near 4 % of the deviation.
    expect(Math.sqrt(covariance(0))).toBeGreaterThan(0.03 * 0.85);
    expect(Math.sqrt(covariance(0))).toBeLessThan(0.03 * 1.15);
    expect(covariance(8) / covariance(0)).toBeGreaterThan(0.4);
    expect(covariance(8) / covariance(0)).toBeLessThan(0.6);
  });

  it('are refused when the leader does not stand before them', () => {
    const follows = { symbol: 'B', deviation: 0.1, halfLifeBars: 5 };
    expect(() => generateMarket({ ...still, assets: [{ ...still.assets[0]!, follows }, still.assets[1]!] })).toThrow(
      /assets\.0\.follows\.symbol: 'B' does not stand before it; list the leader first/,
    );
  });
});
