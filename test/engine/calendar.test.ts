import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf } from '../../src/lib/engine/index.ts';

describe('a rebalance calendar', () => {
  it('counts months, quarters and years as the UTC calendar does, leap days and times before 1970 included', () => {
    const times = fc.date({ min: new Date('1600-01-01'), max: new Date('2400-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, (date) => {
        const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
        expect(periodOf('month', date.getTime())).toBe(month);
        expect(periodOf('quarter', date.getTime())).toBe(Math.floor(month / 3));
        expect(periodOf('year', date.getTime())).toBe(date.getUTCFullYear());
      }),
      { numRuns: 500 },
    );
    for (const day of ['2000-02-29', '1900-03-01', '1999-12-31', '2001-01-01', '1969-12-31'])
      expect(periodOf('month', Date.parse(day))).toBe(Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1);
  });
});
