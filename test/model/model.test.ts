import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approximateMs,
  barsPerYear,
  betweenTimes,
  closeTime,
  DAY,
  formatTime,
  HOUR,
  instrument,
  lowerBound,
  parseTime,
  parseTimeframe,
  timeframeMs,
} from '../../src/lib/model/index.ts';
import { randomBars, START } from '../market.ts';

describe('times', () => {
  it('are UTC unless they carry an offset', () => {
    expect(parseTime('2021-01-01')).toBe(Date.UTC(2021, 0, 1));
    expect(parseTime('2021-01-01 09:30')).toBe(Date.UTC(2021, 0, 1, 9, 30));
    expect(parseTime('2021-01-01T09:30:00+09:00')).toBe(Date.UTC(2021, 0, 1, 0, 30));
    expect(parseTime('2021-01-01T09:30:00.5Z')).toBe(Date.UTC(2021, 0, 1, 9, 30, 0, 500));
  });

  it('that are none are refused with an example', () => {
    for (const text of ['', 'yesterday', '2021-13-01', '01/02/2021', '2021-1-1'])
      expect(() => parseTime(text, '--from')).toThrow(/^--from: .*write 2021-01-01/);
  });

  it('print as short as they can and read back the same', () => {
    expect(formatTime(Date.UTC(2021, 0, 1))).toBe('2021-01-01');
    expect(formatTime(Date.UTC(2021, 0, 1, 9, 30))).toBe('2021-01-01T09:30Z');
    expect(formatTime(Date.UTC(2021, 0, 1, 9, 30, 5))).toBe('2021-01-01T09:30:05Z');
    expect(formatTime(Number.NaN)).toBe('never');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (time) => parseTime(formatTime(time)) === time),
    );
  });
});

describe('timeframes', () => {
  it('have a length, except months', () => {
    expect(timeframeMs('4h')).toBe(4 * HOUR);
    expect(timeframeMs('1M')).toBeNaN();
    expect(approximateMs('1M')).toBeCloseTo(30.44 * DAY, -8);
    expect(closeTime('3M', Date.UTC(2021, 10, 1))).toBe(Date.UTC(2022, 1, 1));
    expect(closeTime('1d', START)).toBe(START + DAY);
  });

  it('that are none are refused', () => {
    for (const text of ['0h', 'h', '1y', '1.5h']) expect(() => parseTimeframe(text)).toThrow('is not a timeframe');
    expect(parseTimeframe('15m')).toBe('15m');
  });

  it('know how many of them a year of sessions holds', () => {
    expect(barsPerYear('1d', 252, 6.5)).toBe(252);
    expect(barsPerYear('1h', 365, 24)).toBe(8760);
    expect(barsPerYear('1w', 252, 6.5)).toBeCloseTo(52.18, 2);
  });
});

describe('bars', () => {
  it('are cut by open time, start included and end excluded', () => {
    const bars = randomBars(10, 1);
    const cut = betweenTimes(bars, START + 2 * DAY, START + 5 * DAY);
    expect([...cut.time]).toEqual([START + 2 * DAY, START + 3 * DAY, START + 4 * DAY]);
    expect(lowerBound(bars.time, START + 1)).toBe(1);
    expect(lowerBound(bars.time, START + 100 * DAY)).toBe(10);
  });

  it('of equities trade in whole shares unless told otherwise', () => {
    expect(instrument('AAPL', { kind: 'equity' }).lotSize).toBe(1);
    expect(instrument('AAPL', { kind: 'equity', lotSize: 0 }).lotSize).toBe(0);
    expect(instrument('BTC/USDT').lotSize).toBe(0);
  });
});
