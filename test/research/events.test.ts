import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { instrument } from '../../src/lib/model/index.ts';
import {
  alertOutcomes,
  averageUniqueness,
  concurrency,
  drawReferences,
  eventsWhere,
  eventTable,
  labelledEvents,
  moveEvents,
  permuteEvents,
  pricesOf,
  purgedLabels,
  splitDays,
  tradingDays,
  tripleBarrier,
  uniquenessWeights,
} from '../../src/lib/research/index.ts';
import { barsOf } from '../market.ts';
import { emptyPanel, FIRST_DAY } from './panels.ts';

const flat = (closes: readonly number[]) => {
  const close = Float64Array.from(closes);
  return { open: close, high: close, low: close, close };
};
const ones = (count: number) => new Float64Array(count).fill(1);

describe('triple-barrier labels', () => {
  const barriers = { up: Math.log(1.1), down: Math.log(1.1), rows: 3 };
  const label = (prices: ReturnType<typeof flat>, b: Parameters<typeof tripleBarrier>[3] = barriers) => {
    const { touched, end, outcome } = tripleBarrier(prices, [0], ones(prices.close.length), b);
    return [touched[0], end[0], Math.round(Math.exp(outcome[0]!) * 1e9) / 1e9];
  };

  it('are decided by the barrier that is touched first', () => {
    expect(label(flat([100, 105, 111, 80]))).toEqual([1, 2, 1.11]);
    expect(label(flat([100, 95, 90, 120]))).toEqual([-1, 2, 0.9]);
  });

  it('end at the vertical barrier, or with the data', () => {
    expect(label(flat([100, 101, 102, 103, 200]))).toEqual([0, 3, 1.03]);
    expect(label(flat([100, 101]))).toEqual([0, 1, 1.01]);
    expect(label(flat([100]))).toEqual([0, 0, 1]);
  });

  it('take the barrier as the price of a touch within a bar, and the open beyond it after a gap', () => {
    const touch = { ...flat([100, 100]), high: Float64Array.of(100, 115) };
    expect(label(touch)).toEqual([1, 1, 1.1]);
    const gap = { ...flat([100, 120]), open: Float64Array.of(100, 118), high: Float64Array.of(100, 121) };
    expect(label(gap)).toEqual([1, 1, 1.18]);
  });

  it('assume the loss first when one bar reaches both barriers', () => {
    const wide = { ...flat([100, 100]), high: Float64Array.of(100, 130), low: Float64Array.of(100, 70) };
    expect(label(wide).slice(0, 2)).toEqual([-1, 1]);
    expect(label(wide, { ...barriers, side: 'short' }).slice(0, 2)).toEqual([1, 1]);
  });

  it('pass over missing bars and are undefined where the entry has no price or no scale', () => {
    expect(label(flat([100, Number.NaN, 111]))).toEqual([1, 2, 1.11]);
    for (const [first, scale] of [
      [Number.NaN, 1],
      [0, 1],
      [100, 0],
      [100, Number.NaN],
    ]) {
      const { touched, end, outcome } = tripleBarrier(flat([first!, 200]), [0], [scale!, 1], barriers);
      expect([touched[0], end[0], outcome[0]]).toEqual([0, 0, Number.NaN]);
    }
  });

  it('never end before they start nor after the vertical barrier', () => {
    const closes = fc.array(fc.double({ min: 1, max: 200, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(closes, fc.integer({ min: 1, max: 10 }), (c, rows) => {
        const all = Array.from(c, (_, i) => i);
        const { touched, end } = tripleBarrier(flat(c), all, ones(c.length), { up: 0.5, down: 0.5, rows });
        for (const i of all) {
          expect(end[i]).toBeGreaterThanOrEqual(i);
          expect(end[i]).toBeLessThanOrEqual(Math.min(i + rows, c.length - 1));
          if (touched[i] === 1) expect(Math.log(c[end[i]!]! / c[i]!)).toBeGreaterThan(0.499);
        }
      }),
    );
  });
});

describe('uniqueness of labels', () => {
  const spans = { start: [0, 2, 4], end: [3, 4, 6] };

  it('has the figures of Lopez de Prado (2018, ch. 4) for spans 0-3, 2-4 and 4-6', () => {
    const unique = averageUniqueness(spans, 7);
    [5 / 6, 3 / 4, 1].forEach((u, i) => {
      expect(unique[i]).toBeCloseTo(u, 12);
    });
    expect([...concurrency(spans, 7)]).toEqual([0, 1, 1, 2, 1, 1, 1]);
  });

  it('is 1 for labels that nothing overlaps, and weights have a mean of 1', () => {
    expect([...averageUniqueness({ start: [0, 4, 5], end: [4, 5, 5] }, 6)]).toEqual([1, 1, 0]);
    const weights = uniquenessWeights(spans, 7);
    expect(weights.reduce((a, b) => a + b, 0) / 3).toBeCloseTo(1, 12);
    expect(uniquenessWeights({ start: [], end: [] }, 3)).toEqual(new Float64Array(0));
  });
});

describe('events', () => {
  const panel = emptyPanel(3, 2, 10);

  it('begin where a condition begins to hold, apart by the cooldown', () => {
    const condition = [0, 1, 1, 0, 1, Number.NaN, 1, 0, 0, 1];
    const columns = [condition, [0], [0]];
    expect(eventsWhere(panel, columns, { cooldownRows: 0 }).map((e) => e.row)).toEqual([1, 4, 6, 9]);
    expect(eventsWhere(panel, columns, { cooldownRows: 3 }).map((e) => e.row)).toEqual([1, 6]);
  });

  it('are dated where a move of the price within the day is complete', () => {
    const close = new Float64Array(20).fill(100);
    close[5] = 110;
    close[10] = 90;
    const prices = [flat([...close]), flat([...ones(20)]), flat([...ones(20)])];
    const scales = panel.series.map(() => new Float64Array(20).fill(0.01));
    const rule = { beyond: 5, withinRows: 2, cooldownRows: 0 };
    const rows = (direction: 'up' | 'down' | 'either') =>
      moveEvents(panel, prices, scales, { ...rule, direction }).map((e) => `${e.series}:${e.row}`);
    expect(rows('up')).toEqual(['0:5', '0:11']);
    // Row 9 is the last of its day: the fall of row 10 is another day's.
    expect(rows('down')).toEqual(['0:6']);
    expect(rows('either')).toEqual(['0:5', '0:6', '0:11']);
    // What a move needs was known where it began.
    const late = [Float64Array.from({ length: 20 }, (_, row) => (row < 5 ? 0.03 : 0.01)), scales[1]!, scales[2]!];
    const either = moveEvents(panel, prices, late, { ...rule, direction: 'either' });
    expect(either.map((e) => e.row)).toEqual([6, 11]);
  });

  it('count for alerts up to the horizon before a jump, and for none at it or after it', () => {
    const whole = emptyPanel(2, 1, 120);
    const jump = 60;
    const prices = [flat(Array.from({ length: 120 }, (_, row) => (row < jump ? 100 : 110))), flat([...ones(120)])];
    const scales = whole.series.map(() => new Float64Array(120).fill(0.001));
    const horizonRows = 30;
    const rule = { direction: 'up', beyond: 12, withinRows: 30, cooldownRows: horizonRows } as const;
    const events = eventTable(whole, moveEvents(whole, prices, scales, rule));
    expect([...events.row]).toEqual([jump]);
    const row = Int32Array.from({ length: 119 }, (_, r) => r);
    const alerts = {
      cluster: new Int32Array(119),
      series: new Int32Array(119),
      row,
      at: Float64Array.from(row, (r) => whole.series[0]!.at[r]!),
      score: new Float64Array(119),
    };
    const range = { from: FIRST_DAY, to: FIRST_DAY + 1 };
    const { lead } = alertOutcomes(whole, events, alerts, { range, horizonRows });
    const successes = [...row].filter((r) => lead[r]! <= horizonRows);
    expect(successes).toEqual(Array.from({ length: horizonRows }, (_, k) => jump - horizonRows + k));
  });

  it('from a file fall on the first row known at their time', () => {
    const at = panel.series[1]!.at;
    const places = labelledEvents(panel, [
      { symbol: 'S1', time: at[3]!, where: 'events.csv:2' },
      { symbol: 'S1', time: at[3]! + 1, where: 'events.csv:3' },
    ]);
    expect(places).toEqual([
      { series: 1, row: 3 },
      { series: 1, row: 4 },
    ]);
    const refuse = (symbol: string, time: number) => () => labelledEvents(panel, [{ symbol, time, where: 'e.csv:9' }]);
    expect(refuse('S9', at[0]!)).toThrow(SigmaError);
    expect(refuse('S9', at[0]!)).toThrow(/e\.csv:9: there is no instrument S9/);
    expect(refuse('S1', at[19]! + 1)).toThrow(/e\.csv:9: S1 has no row at/);
    expect(refuse('S1', at[0]! - 60_001)).toThrow(/no row at/);
  });

  it('are sorted by time and series, and named once', () => {
    const table = eventTable(panel, [
      { series: 1, row: 4 },
      { series: 0, row: 4 },
      { series: 1, row: 4 },
      { series: 2, row: 1 },
    ]);
    expect([...table.series]).toEqual([2, 0, 1]);
    expect([...table.row]).toEqual([1, 4, 4]);
  });

  it('permuted keep their days and times and leave no instrument out', () => {
    const wide = emptyPanel(12, 3, 50);
    const places = Array.from({ length: 40 }, (_, i) => ({ series: i % 5, row: (i * 37) % 150 }));
    const events = eventTable(wide, places);
    const permuted = permuteEvents(wide, events, 3);
    expect([...permuted.at]).toEqual([...events.at]);
    expect([...permuted.series]).not.toEqual([...events.series]);
    expect(permuteEvents(wide, events, 3)).toEqual(permuted);
    expect(Math.max(...permuted.series)).toBeGreaterThan(4);
  });
});

describe('reference moments', () => {
  it('lie on the days of the events and away from every event of their instrument', () => {
    const panel = emptyPanel(4, 5, 100);
    const events = eventTable(panel, [
      { series: 0, row: 150 },
      { series: 2, row: 160 },
      { series: 1, row: 420 },
    ]);
    const references = drawReferences(panel, events, { seed: 1, perEvent: 10, awayRows: 20 });
    expect(references.row.length).toBe(30);
    const days = [...references.row].map((row) => Math.floor(row / 100));
    expect(days.filter((d) => d === 1).length).toBe(20);
    expect(days.filter((d) => d === 4).length).toBe(10);
    references.row.forEach((row, i) => {
      events.row.forEach((event, k) => {
        if (events.series[k] === references.series[i]) expect(Math.abs(event - row)).toBeGreaterThan(20);
      });
    });
    expect(drawReferences(panel, events, { seed: 1, perEvent: 10, awayRows: 20 })).toEqual(references);
  });

  it('are fewer where a day has no room, not nearer', () => {
    const panel = emptyPanel(1, 1, 30);
    const events = eventTable(panel, [{ series: 0, row: 15 }]);
    expect(drawReferences(panel, events, { seed: 1, perEvent: 5, awayRows: 20 }).row.length).toBe(0);
  });
});

describe('splits of days', () => {
  it('leave the embargo out and calibrate on the last days of discovery', () => {
    const split = splitDays(tradingDays(emptyPanel(1, 10, 2)), { calibration: 0.4 });
    expect(split).toEqual({
      discovery: { from: FIRST_DAY, to: FIRST_DAY + 5 },
      calibration: { from: FIRST_DAY + 3, to: FIRST_DAY + 5 },
      validation: { from: FIRST_DAY + 6, to: FIRST_DAY + 10 },
    });
    expect(tradingDays(emptyPanel(2, 3, 2))).toEqual([FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 2]);
    expect(tradingDays(emptyPanel(2, 3, 2), split.discovery)).toHaveLength(3);
    expect(tradingDays(emptyPanel(2, 3, 2), split.calibration)).toHaveLength(0);
    expect(() => splitDays([0, 1])).toThrow(/2 trading days/);
  });

  it('purge labels that reach into the test days, and embargo those that start soon after', () => {
    const start = [0, 1, 2, 4, 6, 7, 8];
    const end = [1, 3, 2, 4, 6, 9, 8];
    const test = { from: 3, to: 6 };
    const train = { from: 0, to: 10 };
    expect(purgedLabels(start, end, { train, test, embargoDays: 0 })).toEqual([0, 2, 4, 5, 6]);
    expect(purgedLabels(start, end, { train, test, embargoDays: 1 })).toEqual([0, 2, 5, 6]);
  });
});

describe('prices beside a panel', () => {
  it('are those of the bar that is complete when a row is known', () => {
    const panel = emptyPanel(1, 1, 3);
    const at = panel.series[0]!.at;
    const rows = [10, 11].map((price) => ({ open: price, high: price, low: price, close: price }));
    const bars = barsOf(rows, { instrument: instrument('S0'), timeframe: '1m', start: at[1]! - 60_000 });
    expect([...pricesOf(panel, [bars])[0]!.close]).toEqual([Number.NaN, 10, 11]);
    expect(() => pricesOf(panel, [])).toThrow(/no bars of S0/);
  });
});
