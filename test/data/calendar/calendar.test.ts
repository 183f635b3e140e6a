import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calendar, calendarNames, localDay, zonedTime } from '../../../src/lib/data/calendar/index.ts';
import { DAY, formatTime, HOUR } from '../../../src/lib/model/index.ts';

const date = (text: string) => Date.parse(text);
const nyse = calendar('nyse');

async function datesOf(dataset: string): Promise<number[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  const result = await connection.runAndReadAll(
    `select distinct epoch_ms("time")::double as t from 'datasets/${dataset}/bars.parquet' order by t`,
  );
  return result.getColumns()[0]!.map(Number);
}

it('knows every New York session from 1990 to 2022 that a published price history has', async () => {
  const traded = await datesOf('us-equities');
  expect([...nyse.sessions(traded[0]!, traded.at(-1)! + DAY)]).toEqual(traded);
});

it('knows every day from 1999 on which the ECB published rates', async () => {
  const published = await datesOf('fx-ecb');
  expect([...calendar('target').sessions(published[0]!, published.at(-1)! + DAY)]).toEqual(published);
});

it.each([
  // Counts from exchange_calendars 4.13.2 (XNYS, XKRX).
  ['nyse', 1990, 253],
  ['nyse', 2001, 248],
  ['nyse', 2012, 250],
  ['nyse', 2025, 250],
  ['krx', 2010, 251],
  ['krx', 2017, 243],
  ['krx', 2025, 242],
  // Weekdays less the public holidays of the PyPI package holidays 0.109 (KR), Labour Day and the last weekday.
  ['krx', 2026, 244],
  ['krx', 2027, 245],
])('%s held its sessions of %i', (name, year, count) => {
  expect(calendar(name).sessions(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)).length).toBe(count);
});

it.each([
  ['2024-03-29', 'Good Friday'],
  ['2022-06-20', 'Juneteenth kept on Monday'],
  ['2021-12-24', 'Christmas kept on Friday'],
  ['2012-10-29', 'hurricane Sandy'],
  ['2025-01-09', "a president's funeral"],
  ['2024-01-06', 'a Saturday'],
])('New York is closed on %s: %s', (day) => {
  expect(nyse.isSession(date(day))).toBe(false);
  expect(nyse.sessionOpen(date(day))).toBeNaN();
  expect(nyse.sessionClose(date(day))).toBeNaN();
});

it('keeps the last session of a year when New Year falls on a Saturday', () => {
  expect(nyse.isSession(date('2021-12-31'))).toBe(true);
  expect(formatTime(nyse.next(date('2021-12-31')))).toBe('2022-01-03');
  expect(formatTime(nyse.previous(date('2022-01-03')))).toBe('2021-12-31');
});

it('opens New York at half past nine local time on both sides of a clock change', () => {
  expect(formatTime(nyse.sessionOpen(date('2024-03-08')))).toBe('2024-03-08T14:30Z');
  expect(formatTime(nyse.sessionOpen(date('2024-03-11')))).toBe('2024-03-11T13:30Z');
});

it.each([
  ['2023-11-24', 13],
  ['2024-07-03', 13],
  ['2002-07-05', 13],
  ['2002-07-03', 16],
  ['2020-12-24', 13],
  ['1992-11-27', 14],
  ['1990-11-23', 16],
  ['2023-11-27', 16],
])('closes New York on %s at %i o’clock', (day, hour) => {
  expect(nyse.sessionClose(date(day))).toBe(zonedTime('America/New_York', date(day), hour * 60));
});

it('closed Seoul half an hour earlier until July 2016', () => {
  const krx = calendar('krx');
  expect(formatTime(krx.sessionClose(date('2016-07-29')))).toBe('2016-07-29T06:00Z');
  expect(formatTime(krx.sessionClose(date('2016-08-01')))).toBe('2016-08-01T06:30Z');
});

it('begins a currency session on the evening before', () => {
  const fx = calendar('fx');
  const monday = date('2024-01-08');
  expect(formatTime(fx.sessionOpen(monday))).toBe('2024-01-07T22:00Z');
  expect(fx.sessionOf(date('2024-01-07T23:00Z'))).toBe(monday);
  expect(fx.sessionOf(date('2024-01-05T23:00Z'))).toBe(monday);
  expect(fx.sessionOf(date('2024-01-05T21:59Z'))).toBe(date('2024-01-05'));
});

it('names the nearest calendar for one it does not know, and the years that it knows', () => {
  expect(() => calendar('nsye')).toThrow(/nyse/);
  expect(() => calendar('krx').isSession(date('2031-01-06'))).toThrow(/2010 to 2027/);
});

it('reads a repeated local hour as its first and a skipped one as the time after the gap', () => {
  // 2024-11-03 01:30 happens twice in New York, 2024-03-10 02:30 never.
  expect(formatTime(zonedTime('America/New_York', date('2024-11-03'), 90))).toBe('2024-11-03T05:30Z');
  expect(formatTime(zonedTime('America/New_York', date('2024-03-10'), 150))).toBe('2024-03-10T07:30Z');
  expect(() => zonedTime('Mars/Olympus', 0, 0)).toThrow(/not a time zone/);
});

it('has sessions that follow each other without overlap, each counted to itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendarNames),
      fc.integer({ min: date('2010-02-01'), max: date('2025-10-01') }),
      (name, time) => {
        const market = calendar(name);
        const session = market.next(time);
        const following = market.next(session);
        expect(market.previous(following)).toBe(session);
        expect(market.sessionOpen(session)).toBeLessThan(market.sessionClose(session));
        expect(market.sessionClose(session)).toBeLessThanOrEqual(market.sessionOpen(following));
        expect(market.sessionOf(market.sessionOpen(session))).toBe(session);
        expect(market.sessionOf(market.sessionClose(session) - 1)).toBe(session);
      },
    ),
  );
});

it('turns a local midnight into an instant of that local date in every zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('UTC', 'Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo'),
      fc.integer({ min: 0, max: 22_000 }),
      (zone, day) => {
        expect(localDay(zone, zonedTime(zone, day * DAY, 0))).toBe(day * DAY);
        expect(localDay(zone, zonedTime(zone, day * DAY, 0) - HOUR)).toBe((day - 1) * DAY);
      },
    ),
  );
});
