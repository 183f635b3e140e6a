import { describe, expect, it } from 'vitest';
import { hashJson } from '../../src/lib/core/index.ts';
import {
  patternKinds,
  patternRows,
  plantedBars,
  plantedMarket,
  precursorKinds,
  templateAt,
} from '../../src/lib/research/index.ts';

const small = { seed: 7, instruments: 6, days: 20 };
const market = plantedMarket(small);
const { slots } = market.panel;

describe('a planted market', () => {
  it('is the same for the same seed and another for another', () => {
    const digest = (m: typeof market) =>
      hashJson([[...m.panel.series[3]!.values[2]!], [...m.events.at], m.truth.map((o) => [o.series, o.first])]);
    expect(digest(plantedMarket(small))).toBe(digest(market));
    expect(digest(plantedMarket({ ...small, seed: 8 }))).not.toBe(digest(market));
  });

  it('gives every kind of pattern the same energy and no two the same shape', () => {
    const cells = (kind: (typeof patternKinds)[number]) =>
      [0, 1, 2, 3].flatMap((c) =>
        Array.from({ length: patternRows }, (_, row) => templateAt(kind, c, row / (patternRows - 1))),
      );
    const product = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0) / a.length;
    for (const a of patternKinds)
      for (const b of patternKinds) {
        if (a === b) expect(product(cells(a), cells(b))).toBeCloseTo(1, 12);
        else expect(Math.abs(product(cells(a), cells(b)))).toBeLessThan(0.7);
      }
  });

  it('keeps each pattern and its event within one session, the event 8 to 25 rows later', () => {
    for (const { kind, day, first, last, event, strength } of market.truth) {
      expect(first).toBeGreaterThanOrEqual(day * slots);
      expect(last).toBeLessThan((day + 1) * slots);
      expect(Math.abs(last - first + 1 - patternRows)).toBeLessThanOrEqual(2);
      expect(Math.abs(strength - 1)).toBeLessThanOrEqual(0.2);
      if (event < 0) continue;
      expect(['A', 'B', 'C', 'R']).toContain(kind);
      expect(event - last).toBeGreaterThanOrEqual(8);
      expect(event - last).toBeLessThanOrEqual(25);
      expect(event).toBeLessThan((day + 1) * slots);
    }
  });

  it('lists every event that a pattern caused, sorted by time and instrument', () => {
    const { series, row, at } = market.events;
    const places = new Set([...row].map((r, i) => `${series[i]} ${r}`));
    for (const o of market.truth) if (o.event >= 0) expect(places).toContain(`${o.series} ${o.event}`);
    for (let i = 1; i < at.length; i++) {
      const later = at[i]! > at[i - 1]! || (at[i] === at[i - 1] && series[i]! > series[i - 1]!);
      expect(later).toBe(true);
    }
  });

  it('follows the stated rates: patterns, their events, background, stress', () => {
    // Forty instruments for sixty days: every tolerance is four standard deviations of its count.
    const full = plantedMarket({ seed: 1, instruments: 40, days: 60, slots: 60 });
    const symbolDays = 40 * 60;
    const near = (count: number, expected: number) =>
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const of = (kind: string) => full.truth.filter((o) => o.kind === kind);
    for (const kind of patternKinds) if (kind !== 'E') near(of(kind).length, 0.1 * symbolDays);
    const chances = { A: 0.5, B: 0.35, C: 0.2 };
    for (const kind of precursorKinds)
      near(of(kind).filter((o) => o.event >= 0).length, chances[kind] * of(kind).length);
    const early = of('R').filter((o) => o.day < 30);
    near(early.filter((o) => o.event >= 0).length, 0.5 * early.length);
    expect(of('R').some((o) => o.day >= 30 && o.event >= 0)).toBe(false);
    expect(full.stressed.filter((s) => s).length).toBe(9);
    const caused = full.truth.filter((o) => o.event >= 0).length;
    near(full.events.row.length - caused, 0.3 * (40 * 51 + 6 * 40 * 9));
  });

  it('has channels of unit variance around the course of the session, persistent as stated', () => {
    const noise = plantedMarket({ seed: 3, instruments: 2, days: 40, amplitude: 0, stress: 0 });
    expect(noise.truth).toEqual([]);
    for (const [c, phi] of [0, 0.6, 0.7, 0.3].entries()) {
      const middle: number[] = [];
      const next: number[] = [];
      const { values, slot } = noise.panel.series[0]!;
      for (let i = 0; i + 1 < slot.length; i++) {
        // The middle third of the session, where the edges add almost nothing.
        if (Math.abs(slot[i]! - slots / 2) > slots / 6) continue;
        middle.push(values[c]![i]!);
        next.push(values[c]![i + 1]!);
      }
      const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
      const [m, n] = [mean(middle), mean(next)];
      const variance = mean(middle.map((x) => (x - m) ** 2));
      const covariance = mean(middle.map((x, i) => (x - m) * (next[i]! - n)));
      // 5,200 rows with tails of four degrees of freedom: the sample variance is good to about a tenth.
      expect(Math.abs(variance - 1)).toBeLessThan(0.25);
      expect(Math.abs(covariance / variance - phi)).toBeLessThan(0.08);
    }
  });

  it('lets a precursor stop preceding events', () => {
    const decayed = plantedMarket({ seed: 5, instruments: 20, days: 40, decay: { kind: 'A', fromDay: 30 } });
    const events = (from: number) => decayed.truth.filter((o) => o.kind === 'A' && o.day >= from && o.event >= 0);
    expect(events(0).length).toBeGreaterThan(10);
    expect(events(30)).toEqual([]);
  });

  it('can be read back from its bars', () => {
    const bars = plantedBars(market);
    const { values } = market.panel.series[2]!;
    const { open, high, low, close, volume, time } = bars[2]!;
    const affine = (mine: (i: number) => number, c: number) => {
      // Two rows fix the map; every other row must follow it.
      const slope = (mine(11) - mine(10)) / (values[c]![11]! - values[c]![10]!);
      for (let i = 1; i < 500; i++)
        expect(mine(i)).toBeCloseTo(mine(10) + slope * (values[c]![i]! - values[c]![10]!), 6);
    };
    affine((i) => Math.log(close[i]! / close[i - 1]!), 0);
    affine((i) => Math.log(volume[i]!), 1);
    affine((i) => Math.log(Math.log(high[i]! / low[i]!) - Math.abs(Math.log(close[i]! / open[i]!))), 2);
    affine((i) => {
      const [top, bottom] = [Math.max(open[i]!, close[i]!), Math.min(open[i]!, close[i]!)];
      return Math.log(Math.log(high[i]! / top) / Math.log(bottom / low[i]!));
    }, 3);
    expect(time[0]).toBe(Date.UTC(2024, 3, 1, 13, 30));
  });

  it('moves the price at an event when asked to', () => {
    const moved = plantedMarket({ ...small, eventMove: 9 });
    const plain = market.panel.series[0]!.values[0]!;
    const { series, row } = market.events;
    const mine = [...row].filter((_, i) => series[i] === 0);
    const differing = [...moved.panel.series[0]!.values[0]!.keys()].filter(
      (i) => moved.panel.series[0]!.values[0]![i] !== plain[i],
    );
    expect(differing).toEqual(mine);
  });
});
