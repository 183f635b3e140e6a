import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readParquet } from '../../../src/lib/data/index.ts';
import { resampleBars } from '../../../src/lib/data/resample/index.ts';
import { generateMarket, syntheticCrypto } from '../../../src/lib/data/synthetic/index.ts';
import { type Bars, betweenTimes, formatTime, instrument, type Timeframe } from '../../../src/lib/model/index.ts';

const sp500 = (await readParquet('datasets/sp500/bars.parquet'))[0]!;
const hourly = (await readParquet('datasets/synthetic-crypto/bars.parquet'))[0]!;
const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);
const dates = (bars: Bars) => [...bars.time].map(formatTime);

function row(bars: Bars, i: number): number[] {
  return [bars.open[i]!, bars.high[i]!, bars.low[i]!, bars.close[i]!, bars.volume[i]!];
}

/** Bars whose prices count up from 1, one a given timeframe from a given time. */
function counting(timeframe: Timeframe, from: string, rows: number, ms: number): Bars {
  const start = Date.parse(from);
  const price = Float64Array.from({ length: rows }, (_, i) => i + 1);
  return {
    instrument: instrument('X'),
    timeframe,
    closeOnly: false,
    time: price.map((p) => start + (p - 1) * ms),
    open: price,
    high: price.map((p) => p + 0.5),
    low: price.map((p) => p - 0.5),
    close: price.map((p) => p + 0.25),
    volume: price.map(() => 1),
  };
}

const hour = 3_600_000;

// Golden: pandas 3.1.1, resample('W-MON', closed='left', label='left'), resample('MS'), resample('1D') after tz_convert.
it('makes the weeks of pandas, which begin on Monday', () => {
  const weeks = resampleBars(sp500, '1w', { partial: 'keep' });
  expect(weeks.time.length).toBe(1044);
  expect(row(weeks, 140)).toEqual([1085.780029, 1096.939941, 1073.150024, 1092.540039, 1276600000]);
  expect(formatTime(weeks.time[140]!)).toBe('2001-09-10');
  expect(sum(weeks.close)).toBeCloseTo(1562507.80187, 4);
  expect(sum(weeks.high)).toBeCloseTo(1583370.061711, 4);
  expect(sum(weeks.volume)).toBe(14865656850000);
});

it('makes the months of pandas', () => {
  const months = resampleBars(sp500, '1M', { partial: 'keep' });
  expect(months.time.length).toBe(240);
  expect(formatTime(months.time[20]!)).toBe('2000-09-01');
  expect(row(months, 20)).toEqual([1517.680054, 1530.089966, 1419.439941, 1436.51001, 20838300000]);
  expect(sum(months.close)).toBeCloseTo(359405.54968, 4);
  expect(sum(months.low)).toBeCloseTo(345884.29986, 4);
});

it('makes the New York days of pandas, 23 or 25 hours long when clocks change', () => {
  const days = resampleBars(hourly, '1d', { timeZone: 'America/New_York', partial: 'keep' });
  expect(days.time.length).toBe(2193);
  expect(formatTime(days.time[67]!)).toBe('2020-03-07T05:00Z');
  expect(days.time[69]! - days.time[68]!).toBe(23 * hour);
  expect(row(days, 68).slice(0, 4)).toEqual([6223, 6565, 6190, 6531]);
  expect(row(days, 68)[4]).toBeCloseTo(28941.61, 6);
  expect([sum(days.close), sum(days.high), sum(days.low)]).toEqual([129888635, 132274488, 127496937]);
});

it('drops a last bucket that the data end inside of, and keeps it when asked to', () => {
  const bars = counting('1h', '2024-01-01', 30, hour);
  expect(dates(resampleBars(bars, '1d'))).toEqual(['2024-01-01']);
  expect(dates(resampleBars(bars, '1d', { partial: 'keep' }))).toEqual(['2024-01-01', '2024-01-02']);
  expect(dates(resampleBars(counting('1h', '2024-01-01', 48, hour), '1d'))).toEqual(['2024-01-01', '2024-01-02']);
});

it('makes one bar a session and leaves what trades after hours to the day', () => {
  const bars = counting('1h', '2024-01-05', 24 * 5, hour);
  const sessions = resampleBars(bars, '1d', { calendar: 'nyse', partial: 'keep' });
  // Friday from New York's midnight, the weekend with Monday, then Tuesday; the first five hours are Thursday's.
  expect(dates(sessions)).toEqual(['2024-01-04', '2024-01-05', '2024-01-08', '2024-01-09']);
  expect(sessions.volume).toEqual(Float64Array.of(5, 24, 72, 19));
});

it('counts parts of a session from its open to its close and drops what is outside', () => {
  const bars = counting('30m', '2024-07-03', 96, hour / 2);
  const parts = resampleBars(bars, '1h', { calendar: 'nyse' });
  // Half past nine to one o'clock: the day before Independence Day is short.
  expect(dates(parts)).toEqual(['2024-07-03T13:30Z', '2024-07-03T14:30Z', '2024-07-03T15:30Z', '2024-07-03T16:30Z']);
  expect(parts.volume).toEqual(Float64Array.of(2, 2, 2, 1));
});

it('takes a daily series by session into weeks and knows when the week is complete', () => {
  const days = betweenTimes(sp500, Date.parse('2012-10-22'), Date.parse('2012-11-03'));
  expect(dates(resampleBars(days, '1w', { calendar: 'nyse' }))).toEqual(['2012-10-22', '2012-10-29']);
  const open = betweenTimes(days, 0, Date.parse('2012-11-02'));
  expect(dates(resampleBars(open, '1w', { calendar: 'nyse' }))).toEqual(['2012-10-22']);
});

it('begins a currency day at five in the afternoon of New York', () => {
  const bars = counting('1h', '2024-01-07T22:00Z', 48, hour);
  const days = resampleBars(bars, '1d', { calendar: 'fx' });
  expect(dates(days)).toEqual(['2024-01-08', '2024-01-09']);
  expect(days.volume).toEqual(Float64Array.of(24, 24));
});

it('holds four-hour bars to local midnight across a clock change', () => {
  const bars = counting('1h', '2024-03-10T05:00Z', 23, hour);
  const parts = resampleBars(bars, '4h', { timeZone: 'America/New_York' });
  expect([...parts.volume]).toEqual([3, 4, 4, 4, 4, 4]);
});

it('passes over missing values, sums no volume to missing, and makes no row without bars', () => {
  const bars = counting('1h', '2024-01-01', 72, hour);
  const { open, close, volume, high, low } = bars;
  open[0] = high[3] = low[3] = close[23] = Number.NaN;
  volume.fill(Number.NaN, 0, 24);
  const days = resampleBars(bars, '1d');
  expect(row(days, 0)).toEqual([2, 24.5, 0.5, 23.25, Number.NaN]);
  expect(days.volume[1]).toBe(24);
  const gap = { ...bars, time: bars.time.map((t, i) => (i < 24 ? t : t + 24 * hour)) };
  expect(dates(resampleBars(gap, '1d'))).toEqual(['2024-01-01', '2024-01-03', '2024-01-04']);
});

it('keeps a close-only series close-only, with the last close in every price', () => {
  const bars = { ...counting('1h', '2024-01-01', 24, hour), closeOnly: true };
  expect(row(resampleBars(bars, '1d'), 0)).toEqual([24.25, 24.25, 24.25, 24.25, 24]);
});

it('gives no rows for no bars', () => {
  expect(resampleBars(counting('1h', '2024-01-01', 0, hour), '1d').time.length).toBe(0);
});

it.each([
  ['1h', '1h'],
  ['1h', '30m'],
  ['1h', '90m'],
  ['1w', '1M'],
  ['2M', '3M'],
] as const)('refuses to make %s bars into %s', (source, target) => {
  expect(() => resampleBars(counting(source, '2024-01-01', 3, hour), target)).toThrow(/cannot make/);
});

it('gives the same bars in two steps as in one, in any zone and calendar', () => {
  const { bars } = generateMarket({
    ...syntheticCrypto,
    timeframe: '30m',
    to: '2020-06-01',
    assets: [syntheticCrypto.assets[0]!],
  });
  fc.assert(
    fc.property(
      fc.constantFrom<[Timeframe, Timeframe]>(['1h', '4h'], ['1h', '1d'], ['1d', '1w'], ['1d', '1M'], ['6h', '1w']),
      fc.constantFrom('UTC', 'Asia/Seoul', 'America/New_York', 'Europe/Berlin'),
      fc.constantFrom(undefined, 'nyse', 'fx', '24/7'),
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 4000 }),
      ([middle, target], timeZone, calendar, skip, length) => {
        // Sessions that end at noon are no multiple of six hours: those bars end inside of a longer bucket all the same.
        const source = betweenTimes(bars[0]!, bars[0]!.time[skip]!, bars[0]!.time[skip]! + length * (hour / 2));
        const options = { timeZone, partial: 'keep' as const, ...(calendar === undefined ? {} : { calendar }) };
        const inSession = calendar === undefined || middle === '1d' ? source : resampleBars(source, '1h', options);
        const one = resampleBars(inSession, target, options);
        const two = resampleBars(resampleBars(source, middle, options), target, options);
        expect(two.time).toEqual(one.time);
        for (const field of ['open', 'high', 'low', 'close'] as const) expect(two[field]).toEqual(one[field]);
        expect(sum(two.volume)).toBeCloseTo(sum(one.volume), 4);
      },
    ),
    { numRuns: 25 },
  );
});
