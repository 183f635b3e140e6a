import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packDecimals, packSignificant, packTimes, unpack } from '../../src/lib/report/chart/codec.ts';
import { drawChart } from '../../src/lib/report/chart/draw.ts';
import { linearTicks, logScale, logTicks, timeTicks } from '../../src/lib/report/chart/scale.ts';
import {
  type ColumnChart,
  formatTick,
  formatValue,
  type LineChart,
  type PriceChart,
} from '../../src/lib/report/chart/spec.ts';
import { candleStride, keepExtremes } from '../../src/lib/report/downsample.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const line = (values: readonly number[], more: Partial<LineChart> = {}): LineChart => ({
  kind: 'line',
  title: 'a line',
  unit: 'ratio',
  time: values.map((_, i) => Date.UTC(2021, 0, 1 + i)),
  series: [{ name: 'a', tone: 'accent', values }],
  ...more,
});
const size = { width: 600, height: 200 };

describe('ticks', () => {
  it('are round, ascending and inside the range', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const ticks = linearTicks(low, high, 5);
        const room = (high - low) * 1e-6 + 1e-9;
        expect(ticks.every((t, i) => t >= low - room && t <= high + room && (i === 0 || t > ticks[i - 1]!))).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(9);
      }),
    );
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('of a log axis step by 1, 2 and 5 over decades and evenly below one', () => {
    expect(logTicks(1, 100, 5)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logTicks(1, 1e5, 5)).toEqual([1, 10, 100, 1000, 10_000, 100_000]);
    expect(logTicks(100, 150, 5)).toEqual([100, 110, 120, 130, 140, 150]);
    expect(logScale(1, 100, 0, 10)(10)).toBeCloseTo(5, 12);
  });

  it.each([
    [1, '12:15'],
    [24 * 20, '7 Jan'],
    [24 * 200, 'Feb'],
    [24 * 4000, '2022'],
  ])('of time over %i hours fall on round UTC times', (hours, label) => {
    const start = Date.UTC(2021, 0, 1, 12, 1);
    const ticks = timeTicks(start, start + hours * 3_600_000, 8);
    expect(ticks.length).toBeLessThanOrEqual(10);
    expect(ticks.map((tick) => tick.label)).toContain(label);
  });

  it('carry no more digits than their step', () => {
    expect(formatTick('percent', 0.05, 0.05)).toBe('5%');
    expect(formatTick('percent', 0.005, 0.005)).toBe('0.5%');
    expect(formatTick('money', 1_500_000, 500_000)).toBe('1.5M');
    expect(formatTick('count', 1200, 200)).toBe('1,200');
    expect(formatTick('ratio', 0.25, 0.05)).toBe('0.25');
  });

  it('and values read in their unit', () => {
    expect(formatValue('money', 123456)).toBe('123,456');
    expect(formatValue('percent', 0.5)).toBe('50.0%');
    expect(formatValue('price', 1.5)).toBe('1.5000');
    expect(formatValue('count', 3)).toBe('3');
    expect(formatValue('ratio', 1.234)).toBe('1.23');
  });
});

describe('charts', () => {
  it('break a line where values are missing and still show a lone point', () => {
    const path = drawChart(line([1, 2, Number.NaN, 4, Number.NaN, 6, 7]), size).match(
      /class="line accent" d="([^"]*)"/,
    )?.[1];
    expect(path?.match(/M/g)).toHaveLength(3);
    expect(path).toContain('h0.1');
  });

  it('hold every point inside the plot for any values', () => {
    const values = fc.array(fc.oneof(finite, fc.constant(Number.NaN)), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.boolean(), (v, log) => {
        const svg = drawChart(line(v, { log }), size);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        const path = svg.match(/class="line accent" d="([^"]*)"/)?.[1] ?? '';
        for (const [, x, y] of path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(62);
          expect(Number(x)).toBeLessThanOrEqual(590);
          expect(Number(y)).toBeGreaterThanOrEqual(10);
          expect(Number(y)).toBeLessThanOrEqual(176);
        }
      }),
    );
  });

  it('say so when there is not enough to draw', () => {
    expect(drawChart(line([1]), size)).toContain('not enough data');
  });

  it('draw candles when there is room and closes with their range when there is not', () => {
    const n = 400;
    const close = Array.from({ length: n }, (_, i) => 100 + Math.sin(i / 9));
    const chart: PriceChart = {
      kind: 'price',
      title: 'x',
      unit: 'price',
      time: close.map((_, i) => i * 86_400_000),
      close,
      candles: { open: close.map((c) => c - 0.1), high: close.map((c) => c + 1), low: close.map((c) => c - 1) },
      marks: [],
    };
    expect(drawChart(chart, size)).toContain('class="line plain"');
    expect(drawChart(chart, size, { from: 0, to: 60 })).toContain('class="candle gain"');
  });

  it.each([
    ['in the tail', [18, 20], 700],
    ['where both stand at the left edge', [1, 2], 400],
    ['close to each other on a phone', [12, 13], 350],
  ])('lay no mark of a histogram across the label of another %s', (_, [low = 0, high = 0], width) => {
    const chart: ColumnChart = {
      kind: 'column',
      title: 'x',
      unit: 'count',
      labels: Array.from({ length: 40 }, (_, i) => String(i)),
      values: new Array(40).fill(1),
      tone: 'accent',
      marks: [
        { at: low, label: 'CVaR 95% -1.79%', tone: 'loss' },
        { at: high, label: 'VaR 95% -1.16%', tone: 'warn' },
      ],
    };
    const drawn = drawChart(chart, { width, height: 200 });
    const lines = [...drawn.matchAll(/class="mark \w+" x1="([\d.]+)" x2="[\d.]+" y1="([\d.]+)"/g)];
    const labels = [
      ...drawn.matchAll(/class="mark-label \w+" x="([\d.]+)"( text-anchor="end")? y="([\d.]+)">([^<]*)/g),
    ];
    expect([lines.length, labels.length]).toEqual([2, 2]);
    for (const [, x, end, y, text = ''] of labels) {
      const reach = 6 * text.length;
      const [from, to] = end === undefined ? [Number(x), Number(x) + reach] : [Number(x) - reach, Number(x)];
      expect(from).toBeGreaterThan(0);
      expect(to).toBeLessThan(width);
      for (const [, at, top] of lines)
        expect(Number(at) > from && Number(at) < to && Number(top) < Number(y) - 10).toBe(false);
    }
  });

  it('mark trades only where they are', () => {
    const close = [10, 11, 12, 13, 14, 15];
    const day = 86_400_000;
    const chart: PriceChart = {
      kind: 'price',
      title: 'x',
      unit: 'price',
      time: close.map((_, i) => i * day),
      close,
      marks: [
        { side: 'long', entryTime: 0, entryPrice: 10, exitTime: day, exitPrice: 11, pnl: 1 },
        { side: 'short', entryTime: 3 * day, entryPrice: 13, exitTime: Number.NaN, exitPrice: 15, pnl: -2 },
      ],
    };
    expect(drawChart(chart, size).match(/class="entry/g)).toHaveLength(2);
    expect(drawChart(chart, size).match(/class="exit/g)).toHaveLength(1);
    const late = drawChart(chart, size, { from: 2, to: 5 });
    expect(late.match(/class="entry/g)).toHaveLength(1);
    expect(late).toContain('entry short');
  });
});

describe('packed columns', () => {
  it('come back as they went, to the digits kept', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(finite, fc.constant(Number.NaN))), (values) => {
        const back = unpack(packDecimals(values, 3));
        expect(back).toHaveLength(values.length);
        for (const [i, value] of values.entries()) {
          if (Number.isNaN(value)) expect(back[i]).toBeNaN();
          else expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(0.0005 + 1e-9);
        }
      }),
    );
  });

  it('keep the digits of the smallest price', () => {
    expect(unpack(packSignificant([0.00012345, 1.5, 0], 5))).toEqual([0.00012345, 1.5, 0]);
    expect(unpack(packSignificant([], 5))).toEqual([]);
  });

  it('hold times in the largest unit they share', () => {
    const days = [0, 86_400_000, 3 * 86_400_000];
    expect(packTimes(days)).toEqual({ m: 86_400_000, d: 1, v: [0, 1, 2] });
    const odd = [1_600_000_000_123, Number.NaN, 1_600_000_000_456];
    expect(unpack(packTimes(odd))).toEqual(odd);
  });
});

describe('thinning', () => {
  it('keeps the ends and the extremes of every series, in order, within the limit', () => {
    const values = fc.array(finite, { minLength: 50, maxLength: 600 });
    fc.assert(
      fc.property(values, fc.integer({ min: 6, max: 60 }), (v, most) => {
        const rows = Array.from(keepExtremes([v], v.length, most));
        expect(rows.length).toBeLessThanOrEqual(Math.max(most, 4));
        expect([rows[0], rows.at(-1)]).toEqual([0, v.length - 1]);
        expect(rows.every((row, i) => i === 0 || row > rows[i - 1]!)).toBe(true);
        const kept = rows.map((row) => v[row]!);
        expect(Math.max(...kept)).toBe(Math.max(...v));
        expect(Math.min(...kept)).toBe(Math.min(...v));
      }),
    );
  });

  it('leaves short series alone', () => {
    expect(Array.from(keepExtremes([[3, 1, 2]], 3, 10))).toEqual([0, 1, 2]);
    expect([candleStride(10, 20), candleStride(21, 20)]).toEqual([1, 2]);
  });
});
