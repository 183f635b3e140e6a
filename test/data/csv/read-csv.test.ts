import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvOptions, type CsvRead, readBars, readCsv, writeCsv } from '../../../src/lib/data/index.ts';
import { barsFixture } from '../bars-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;

function file(text: string | Uint8Array, name = `file-${++files}.csv`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function read(text: string, options: CsvOptions = {}): Promise<CsvRead> {
  return readCsv(file(text), options);
}

const day = (d: number): number => Date.UTC(2024, 0, d);

describe('detection', () => {
  it.each([
    ['ISO dates', ['2024-01-01', '2024-01-02', '2024-01-03'], 'iso'],
    ['ISO with slashes', ['2024/01/01', '2024/01/02', '2024/01/03'], 'iso'],
    ['times in UTC', ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00.000Z', '2024-01-03T00:00Z'], 'iso'],
    ['offsets', ['2024-01-01 09:00:00+09:00', '2024-01-02 09:00:00+0900', '2024-01-03 09:00:00+09'], 'iso'],
    ['epoch seconds', ['1704067200', '1704153600', '1704240000'], 'epoch-s'],
    ['epoch milliseconds', ['1704067200000', '1704153600000', '1704240000000'], 'epoch-ms'],
    ['epoch microseconds', ['1704067200000000', '1704153600000000', '1704240000000000'], 'epoch-us'],
    ['epoch nanoseconds', ['1704067200000000000', '1704153600000000000', '1704240000000000000'], 'epoch-ns'],
    ['compact dates', ['20240101', '20240102', '20240103'], 'yyyymmdd'],
    ['day first with dots', ['01.01.2024', '02.01.2024', '03.01.2024'], 'day-first'],
    ['named months', ['01-Jan-2024', '02-Jan-2024', '03-Jan-2024'], 'named-month'],
    ['American named months', ['"Jan 1, 2024"', '"Jan 2, 2024"', '"Jan 3, 2024"'], 'named-month'],
  ])('reads %s', async (_, cells, timeFormat) => {
    const { bars, format } = await read(`time,close\n${cells.map((c, i) => `${c},${i + 1}`).join('\n')}\n`);
    expect(format.timeFormat).toBe(timeFormat);
    expect(Array.from(bars[0]!.time)).toEqual([day(1), day(2), day(3)]);
    expect(bars[0]).toMatchObject({ closeOnly: true, timeframe: '1d' });
  });

  it('knows an adjusted close that is not taken, and takes it alone when it is named', async () => {
    const text = 'Date,Open,High,Low,Close,Adj Close\n2024-01-01,9,12,8,10,5\n2024-01-02,10,13,9,11,5.5\n';
    const raw = await read(text);
    expect(raw.format.layout).toMatchObject({ columns: { close: 'Close' }, adjusted: 'Adj Close', closeOnly: false });
    const taken = await read(text, { columns: { close: 'Adj Close' } });
    expect(taken.format.layout).toEqual({
      kind: 'long',
      columns: { time: 'Date', close: 'Adj Close' },
      closeOnly: true,
    });
    expect([...taken.bars[0]!.close]).toEqual([5, 5.5]);
    await expect(read(text, { columns: { open: 'Close', close: 'Close' } })).rejects.toMatchObject({
      code: 'usage/bad-option',
    });
  });

  it('tells day from month by a day above twelve', async () => {
    const american = await read('Date,Close\n01/30/2024,1\n01/31/2024,2\n02/01/2024,3\n');
    expect(american.format.timeFormat).toBe('month-first');
    expect(american.bars[0]!.time[2]).toBe(Date.UTC(2024, 1, 1));
    const european = await read('Date,Close\n30/01/2024,1\n31/01/2024,2\n01/02/2024,3\n');
    expect(european.format.timeFormat).toBe('day-first');
    expect(european.bars[0]!.time[2]).toBe(Date.UTC(2024, 1, 1));
  });

  it('refuses to guess when day and month cannot be told apart, and takes the answer', async () => {
    const text = 'Date,Close\n01/01/2024,1\n01/02/2024,2\n01/03/2024,3\n';
    await expect(read(text)).rejects.toMatchObject({
      code: 'data/bad-time',
      hint: expect.stringContaining('--time-format'),
    });
    const { bars } = await read(text, { timeFormat: 'day-first' });
    expect(bars[0]).toMatchObject({ timeframe: '1M' });
    expect(bars[0]!.time[1]).toBe(Date.UTC(2024, 1, 1));
  });

  it('reads semicolons with decimal commas and thousands', async () => {
    const { bars, format } = await read(
      'Datum;Open;High;Low;Close\n02.01.2024;1.234,5;1.300,25;1.200;1.250,75\n03.01.2024;1.250,5;1.300;1.200;1.210\n',
      {
        columns: { time: 'Datum' },
      },
    );
    expect(format).toMatchObject({ delimiter: ';', decimal: ',' });
    expect([bars[0]!.open[0], bars[0]!.high[0], bars[0]!.close[0]]).toEqual([1234.5, 1300.25, 1250.75]);
  });

  it('reads tabs, a byte order mark, Windows line ends, quotes and no newline at the end', async () => {
    const { bars, format } = await read('\uFEFF"Date"\t"Close"\r\n"2024-01-01"\t"1,000.5"\r\n"2024-01-02"\t"2"');
    expect(format.columns).toEqual(['Date', 'Close']);
    expect(Array.from(bars[0]!.close)).toEqual([1000.5, 2]);
  });

  it('skips titles, comments and blank lines, and still counts lines right', async () => {
    const text =
      'https://example.org/data\n# comment\nDate,Open,High,Low,Close\n2024-01-01,1,2,1,2\n\n2024-01-02,1,2,1,2\n2024-01-02,1,2,1,2\n';
    await expect(read(text)).rejects.toMatchObject({
      code: 'data/duplicate-time',
      where: expect.stringMatching(/:7$/),
    });
  });

  it('takes columns without a header by their place', async () => {
    const { bars, format } = await read(
      '1704067200000,1,2,0.5,1.5,10,1704153599999\n1704153600000,1,2,0.5,1.5,11,1704239999999\n',
    );
    expect(format.header).toBe(false);
    expect(bars[0]!.volume[1]).toBe(11);
    expect(bars[0]!.low[0]).toBe(0.5);
  });

  it('joins a date and a time of day', async () => {
    const { bars } = await read('Date,Time,Open,High,Low,Close\n20240102,09:30,1,1,1,1\n20240102,09:31,1,1,1,1\n');
    expect(Array.from(bars[0]!.time)).toEqual([Date.UTC(2024, 0, 2, 9, 30), Date.UTC(2024, 0, 2, 9, 31)]);
    expect(bars[0]!.timeframe).toBe('1m');
  });

  it('prefers the raw close to the adjusted one, and takes the other when told', async () => {
    const text = 'Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-01,1,2,1,2,1.8,5\n2024-01-02,1,2,1,2,1.9,5\n';
    expect((await read(text)).bars[0]!.close[0]).toBe(2);
    expect((await read(text, { columns: { close: 'Adj Close' } })).bars[0]!.close[0]).toBe(1.8);
  });

  it('splits a long file by symbol and a wide one by column', async () => {
    const long = await read('date,ticker,close\n2024-01-01,B,1\n2024-01-01,A,2\n2024-01-02,B,3\n2024-01-02,A,4\n');
    expect(long.bars.map((b) => [b.instrument.symbol, ...b.close])).toEqual([
      ['A', 2, 4],
      ['B', 1, 3],
    ]);
    const wide = await read('Date,AAPL,MSFT\n2024-01-01,1,\n2024-01-02,2,20\n2024-01-03,3,30\n');
    expect(wide.bars.map((b) => [b.instrument.symbol, ...b.close])).toEqual([
      ['AAPL', 1, 2, 3],
      ['MSFT', 20, 30],
    ]);
  });

  it('names the instrument after the file', async () => {
    const [bars] = await readBars(file('time,close\n2024-01-01,1\n2024-01-02,1\n', 'BTC-USD.csv'));
    expect(bars!.instrument.symbol).toBe('BTC-USD');
  });
});

describe('time zones', () => {
  it('reads times without an offset in the zone that is named, over a change of the clock', async () => {
    const text = 'time,close\n2024-03-08 09:30,1\n2024-03-11 09:30,2\n';
    const { bars } = await read(text, { timeZone: 'America/New_York', timeframe: '1d' });
    expect(Array.from(bars[0]!.time)).toEqual([Date.UTC(2024, 2, 8, 14, 30), Date.UTC(2024, 2, 11, 13, 30)]);
  });

  it('accepts summer and winter offsets of one zone and refuses a mixture of zones', async () => {
    const summer = await read('time,close\n2024-03-30T00:00:00+01:00,1\n2024-04-01T00:00:00+02:00,2\n', {
      timeframe: '1d',
    });
    expect(summer.format.timeZone).toBe('offset');
    for (const second of ['2024-04-01T00:00:00', '2024-04-01T00:00:00+09:00'])
      await expect(read(`time,close\n2024-03-30T00:00:00Z,1\n${second},2\n`)).rejects.toMatchObject({
        code: 'data/mixed-zones',
        where: expect.stringMatching(/:3$/),
      });
  });

  it('refuses a zone that does not exist', async () => {
    await expect(read('time,close\n2024-01-01,1\n', { timeZone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'usage/bad-option',
    });
  });
});

describe('bad input', () => {
  const head = 'time,open,high,low,close,volume\n2024-01-01,10,12,9,11,100\n';
  it.each([
    ['an unparsable number', '2024-01-02,10,12,x9,11,100', 'data/bad-number'],
    ['an unparsable time', '2024-01-32,10,12,9,11,100', 'data/bad-time'],
    ['a day that February does not have', '2024-02-30,10,12,9,11,100', 'data/bad-time'],
    ['a missing time', ',10,12,9,11,100', 'data/bad-time'],
    ['a row out of order', '2023-12-31,10,12,9,11,100', 'data/unsorted'],
    ['a time that occurs twice', '2024-01-01,10,12,9,11,100', 'data/duplicate-time'],
    ['high below low', '2024-01-02,10,8,9,9,100', 'data/bad-bar'],
    ['a negative price', '2024-01-02,10,12,-9,11,100', 'data/bad-bar'],
    ['a price of zero', '2024-01-02,0,12,9,11,100', 'data/bad-bar'],
    ['a missing price', '2024-01-02,10,12,9,,100', 'data/bad-bar'],
    ['a negative volume', '2024-01-02,10,12,9,11,-1', 'data/bad-bar'],
    ['a row that is too short', '2024-01-02,10,12', 'data/missing-column'],
  ])('reports %s with file and line', async (_, row, code) => {
    const path = file(`${head}${row}\n2024-01-03,10,12,9,11,100\n`);
    await expect(readCsv(path)).rejects.toMatchObject({ code, where: `${path}:3`, exitCode: 3 });
  });

  it('reports a missing column, an empty file, a header alone, a missing file and binary', async () => {
    await expect(read('time,open,low,close\n2024-01-01,1,1,1\n')).rejects.toMatchObject({
      code: 'data/missing-column',
      found: 'no column for high',
    });
    await expect(read('foo,bar\na,b\n')).rejects.toMatchObject({ code: 'data/missing-column' });
    await expect(read('time,close\n2024-01-01,1\n', { columns: { close: 'Price' } })).rejects.toMatchObject({
      code: 'data/missing-column',
    });
    await expect(read('')).rejects.toMatchObject({ code: 'data/empty' });
    await expect(read('time,close\n')).rejects.toMatchObject({ code: 'data/empty' });
    await expect(readCsv(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'data/not-found' });
    await expect(readCsv(file(Uint8Array.of(80, 65, 82, 49, 0, 1, 2)))).rejects.toMatchObject({
      code: 'data/unreadable',
    });
  });

  it('sorts when asked, and still names the line of a bad bar', async () => {
    const text = 'time,open,high,low,close\n2024-01-03,1,2,1,2\n2024-01-02,1,1,2,2\n2024-01-01,1,2,1,2\n';
    await expect(read(text, { sort: true })).rejects.toMatchObject({
      code: 'data/bad-bar',
      where: expect.stringMatching(/:3$/),
    });
    const { bars } = await read(text, { sort: true, check: false });
    expect(Array.from(bars[0]!.time)).toEqual([day(1), day(2), day(3)]);
    expect(Array.from(bars[0]!.low)).toEqual([1, 2, 1]);
  });

  it('cuts to the range, and says when nothing is left or the range is upside down', async () => {
    const text = 'time,close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n';
    const { bars } = await read(text, { from: day(2), to: day(3), timeframe: '1d' });
    expect(Array.from(bars[0]!.close)).toEqual([2]);
    await expect(read(text, { from: day(9) })).rejects.toMatchObject({ code: 'usage/empty-range', exitCode: 2 });
    await expect(read(text, { from: day(3), to: day(2) })).rejects.toMatchObject({ code: 'usage/empty-range' });
  });

  it('suggests the instrument that was meant', async () => {
    const text = 'time,symbol,close\n2024-01-01,AAPL,1\n2024-01-02,AAPL,1\n';
    await expect(read(text, { symbols: ['APL'] })).rejects.toMatchObject({
      code: 'usage/unknown-instrument',
      hint: 'did you mean AAPL?',
    });
  });
});

describe('numbers', () => {
  it('reads every decimal as the double nearest to it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.double({ min: 1e-12, max: 1e21, noNaN: true }).map(String),
            fc.tuple(fc.nat(), fc.nat(), fc.nat(12)).map(([a, b, z]) => `${a + 1}.${'0'.repeat(z)}${b}`),
          ),
          { minLength: 2, maxLength: 60 },
        ),
        async (cells) => {
          const { bars } = await read(`time,close\n${cells.map((c, i) => `${1704067200 + i * 60},${c}`).join('\n')}\n`);
          expect(Array.from(bars[0]!.close)).toEqual(cells.map(Number));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads every moment of four centuries to the millisecond', async () => {
    const times = fc.sample(fc.integer({ min: -62e8, max: 64e11 }), { numRuns: 2000, seed: 7 }).sort((a, b) => a - b);
    const distinct = [...new Set(times)];
    const { bars } = await read(`time,close\n${distinct.map((t) => `${new Date(t).toISOString()},1`).join('\n')}\n`, {
      timeframe: '1d',
    });
    expect(Array.from(bars[0]!.time)).toEqual(distinct);
  });
});

it('gives back exactly the bars that were written, also over the border of two chunks', async () => {
  const path = join(folder, 'round.csv');
  const written = [
    barsFixture('A', 20_000, { timeframe: '1m' }),
    barsFixture('B,"x"', 15_000, { timeframe: '1m', seed: 3 }),
  ];
  await writeCsv(path, written);
  const { bars } = await readCsv(path);
  for (const [i, b] of bars.entries()) {
    expect(b.instrument.symbol).toBe(written[i]!.instrument.symbol);
    for (const field of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
      expect(b[field]).toEqual(shared(written[i]![field]));
  }
});

/** Readers return columns in shared memory. */
function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

describe('directories', () => {
  it('read one file an instrument', async () => {
    const directory = join(folder, 'many');
    await writeCsv(join(directory, 'AAA.csv'), [barsFixture('x', 50)]);
    await writeCsv(join(directory, 'BBB.csv'), [barsFixture('y', 40, { seed: 4 })]);
    const bars = await readBars(directory);
    expect(bars.map((b) => [b.instrument.symbol, b.time.length])).toEqual([
      ['AAA', 50],
      ['BBB', 40],
    ]);
    expect((await readBars(directory, { symbols: ['BBB'], from: bars[1]!.time[30]! }))[0]!.time.length).toBe(10);
    await expect(readBars(directory, { symbols: ['CCC'] })).rejects.toMatchObject({ code: 'usage/unknown-instrument' });
  });

  it('refuse files of different timeframes, files of unknown kinds and empty directories', async () => {
    const directory = join(folder, 'mixed');
    await writeCsv(join(directory, 'AAA.csv'), [barsFixture('x', 50)]);
    await writeCsv(join(directory, 'BBB.csv'), [barsFixture('y', 40, { timeframe: '1h' })]);
    await expect(readBars(directory)).rejects.toMatchObject({ code: 'data/bad-time' });
    await expect(readBars(file('x', 'data.xlsx'))).rejects.toMatchObject({ code: 'data/unreadable' });
    await expect(readBars(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'data/not-found' });
  });
});
