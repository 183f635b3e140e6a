import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readParquet } from '../../../src/lib/data/index.ts';
import {
  checkBars,
  issueKinds,
  qualityScore,
  repairBars,
  repairPolicies,
} from '../../../src/lib/data/quality/index.ts';
import { type Bars, instrument, type Timeframe } from '../../../src/lib/model/index.ts';

const hour = 3_600_000;

/** Clean hourly bars that wander by about half a per cent. */
function clean(rows = 500, timeframe: Timeframe = '1h'): Bars {
  const close = Float64Array.from({ length: rows }, (_, i) => 100 + Math.sin(i * 1.7) + Math.cos(i * 0.9));
  return {
    instrument: instrument('X'),
    timeframe,
    closeOnly: false,
    time: close.map((_, i) => Date.UTC(2024, 0, 1) + i * (timeframe === '1d' ? 24 : 1) * hour),
    open: close.slice(),
    high: close.map((x) => x + 1),
    low: close.map((x) => x - 1),
    close,
    volume: close.map(() => 10),
  };
}

const check = (bars: Bars, calendar = '24/7') =>
  checkBars(bars, { symbol: 'X', timeframe: bars.timeframe, closeOnly: bars.closeOnly, calendar });

/** Leaves rows [from, to) out. */
function without(bars: Bars, from: number, to: number): Bars {
  const cut = (c: Float64Array) => c.filter((_, i) => i < from || i >= to);
  const { time, open, high, low, close, volume } = bars;
  return {
    ...bars,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
  };
}

it('gives clean bars 100 and finds nothing', () => {
  expect(check(clean())).toMatchObject({ score: 100, issues: [], totals: {}, expected: 500, rows: 500 });
});

it.each<[string, (bars: Bars) => void, object]>([
  ['high-below-low', (b) => b.high.fill(90, 50, 51), { 'high-below-low': 1 }],
  ['outside-range', (b) => b.open.fill(150, 50, 51), { 'outside-range': 1 }],
  ['not-positive', (b) => b.low.fill(-1, 50, 51), { 'not-positive': 1 }],
  ['missing', (b) => b.close.fill(Number.NaN, 50, 51), { missing: 1 }],
  ['negative-volume', (b) => b.volume.fill(-1, 50, 52), { 'negative-volume': 2 }],
  ['zero-volume', (b) => b.volume.fill(0, 50, 53), { 'zero-volume': 3 }],
  ['duplicate', (b) => b.time.fill(b.time[49]!, 50, 51), { duplicate: 1, gap: 1 }],
  ['not-a-time', (b) => b.time.fill(Number.NaN, 50, 51), { 'not-a-time': 1, gap: 1 }],
  ['stale', (b) => [b.open, b.close].map((c) => c.fill(100.5, 50, 70)), { stale: 19 }],
])('finds %s, counts it and names the row', (kind, damage, totals) => {
  const bars = clean();
  bars.high.fill(105);
  bars.low.fill(95);
  damage(bars);
  const report = check(bars);
  expect(report.totals).toEqual(totals);
  expect(report.score).toBeLessThan(100);
  const issue = report.issues.find((each) => each.kind === kind)!;
  expect(issue.row).toBe(kind === 'stale' ? 69 : 50);
  expect(issue.found.length).toBeGreaterThan(5);
});

it('tells a spike that reverts from a move that stays', () => {
  const bars = clean();
  bars.close[100]! *= 3;
  bars.high[100]! *= 3.1;
  for (let i = 300; i < 500; i++) for (const c of [bars.open, bars.high, bars.low, bars.close]) c[i]! *= 2;
  const report = check(bars);
  expect(report.totals).toEqual({ spike: 1, outlier: 1 });
  expect(report.issues.map((each) => each.row)).toEqual([100, 300]);
});

it('checks rows in any order without throwing and reports those out of it', () => {
  const bars = clean();
  const [a, b] = [bars.time[10]!, bars.time[11]!];
  bars.time[10] = b;
  bars.time[11] = a;
  expect(check(bars).totals).toEqual({ 'out-of-order': 1 });
});

it('counts the bars that a gap is missing', () => {
  const report = check(without(clean(), 100, 107));
  expect(report.totals).toEqual({ gap: 7 });
  expect(report.expected).toBe(500);
});

it('sees no gap where the exchange was closed, and one where it was not', async () => {
  const bars = (await readParquet('datasets/sp500/bars.parquet'))[0]!;
  expect(check(bars, 'nyse').totals).toEqual({});
  expect(check(bars, '24/7').totals.gap).toBe(2271);
  expect(check(without(bars, 1000, 1003), 'nyse').totals).toEqual({ gap: 3 });
});

it('measures intraday gaps in session time and marks bars outside of it', () => {
  const bars = clean(48);
  bars.time.set(bars.time.map((_, i) => Date.UTC(2024, 0, 8) + (14.5 + i) * hour));
  // Two days of bars: on each, seven begin in the session; the last full one of the first day is followed by the night.
  expect(check(bars, 'nyse').totals).toEqual({ 'off-calendar': 34 });
  const sessions = without(without(bars, 31, 48), 7, 24);
  expect(check(sessions, 'nyse').totals).toEqual({});
  expect(check(without(sessions, 5, 9), 'nyse').totals).toEqual({ gap: 4 });
});

it('gives no rows no score', () => {
  expect(check(clean(0)).score).toBeNaN();
});

it('scores by the square root of the weighted share of faults', () => {
  expect(qualityScore({ missing: 1 }, 10_000)).toBeCloseTo(99, 12);
  expect(qualityScore({ missing: 1 }, 100)).toBeCloseTo(90, 12);
  expect(qualityScore({ spike: 2 }, 100)).toBeCloseTo(90, 12);
  expect(qualityScore({ missing: 500 }, 100)).toBe(0);
});

const damaged = (): Bars => {
  const bars = clean(60);
  bars.close[20] = -1;
  bars.high[30] = bars.low[30]! - 1;
  bars.time[40] = bars.time[39]!;
  return bars;
};

it('drops faulty rows and duplicates', () => {
  const bars = damaged();
  const repaired = repairBars(bars, check(bars), 'drop');
  expect(repaired.time.length).toBe(57);
  expect(check(repaired).totals).toEqual({ gap: 3 });
});

it('fills faulty rows and gaps with the close before them and no volume', () => {
  const bars = damaged();
  const repaired = repairBars(bars, check(bars), 'fill');
  expect(repaired.time.length).toBe(60);
  expect(repaired.close[20]).toBe(bars.close[19]);
  expect(repaired.high[40]).toBe(bars.close[39]);
  expect(repaired.volume[20]).toBe(0);
  expect(check(repaired).totals).toEqual({ 'zero-volume': 3 });
});

it('interpolates between the closes around', () => {
  const bars = damaged();
  const repaired = repairBars(bars, check(bars), 'interpolate');
  expect(repaired.close[20]).toBeCloseTo((bars.close[19]! + bars.close[21]!) / 2, 12);
  expect(repaired.time.length).toBe(60);
});

it('fills the sessions that are missing, not the weekend', () => {
  const days = clean(10, '1d');
  const weekdaysOnly = without(without(days, 5, 7), 2, 3);
  const repaired = repairBars(weekdaysOnly, check(weekdaysOnly, 'weekdays'), 'fill', 'weekdays');
  expect(repaired.time.length).toBe(8);
  expect(check(repaired, 'weekdays').totals).toEqual({ 'zero-volume': 1 });
});

it('leaves out what comes before the first good row and, when interpolating, after the last', () => {
  const bars = clean(10);
  bars.close[0] = bars.close[9] = Number.NaN;
  const report = check(bars);
  expect(repairBars(bars, report, 'fill').time.length).toBe(9);
  expect(repairBars(bars, report, 'interpolate').time.length).toBe(8);
  bars.close.fill(Number.NaN);
  expect(repairBars(bars, check(bars), 'fill').time.length).toBe(0);
});

it('fails on the first fault, naming row and time, and passes clean bars through', () => {
  const bars = damaged();
  expect(() => repairBars(bars, check(bars), 'fail')).toThrow(/X row 20 .*not-positive: close is -1/);
  expect(repairBars(clean(), check(clean()), 'fail').close).toEqual(clean().close);
});

it('never changes its input, and repairs any rows into valid bars in time order', () => {
  const value = fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 50, max: 150, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -5, Number.NaN, Number.POSITIVE_INFINITY) },
  );
  const row = fc.record({
    time: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(Number.NaN)),
    a: value,
    b: value,
    c: value,
    d: value,
    v: value,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.constantFrom(...repairPolicies.slice(0, 3)), (rows, policy) => {
      const column = (pick: (r: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
      const bars: Bars = {
        ...clean(0),
        time: column((r) => r.time * hour),
        open: column((r) => r.a),
        high: column((r) => r.b),
        low: column((r) => r.c),
        close: column((r) => r.d),
        volume: column((r) => r.v),
      };
      const copy = structuredClone(bars);
      const report = check(bars);
      const repaired = repairBars(bars, report, policy);
      expect(bars).toEqual(copy);
      expect(report.score >= 0 || rows.length === 0 || Number.isNaN(report.score)).toBe(true);
      const after = check(repaired).issues.filter((each) => issueKinds[each.kind].severity === 'error');
      expect(after).toEqual([]);
    }),
  );
});
