import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { readParquet, writeParquet } from '../../../src/lib/data/index.ts';
import { barsFixture } from '../bars-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();

async function make(name: string, select: string): Promise<string> {
  const path = join(folder, name);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

describe('reading', () => {
  const day = [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3)];
  it.each([
    ['TIMESTAMP', `TIMESTAMP '2024-01-01' + INTERVAL (i) DAY`],
    ['TIMESTAMP_MS', `(TIMESTAMP '2024-01-01' + INTERVAL (i) DAY)::TIMESTAMP_MS`],
    ['TIMESTAMP_S', `(TIMESTAMP '2024-01-01' + INTERVAL (i) DAY)::TIMESTAMP_S`],
    ['TIMESTAMP_NS', `(TIMESTAMP '2024-01-01' + INTERVAL (i) DAY)::TIMESTAMP_NS`],
    ['TIMESTAMP WITH TIME ZONE', `to_timestamp(1704067200 + i * 86400)`],
    ['DATE', `(TIMESTAMP '2024-01-01' + INTERVAL (i) DAY)::DATE`],
    ['epoch seconds', `1704067200 + i * 86400`],
    ['epoch milliseconds', `(1704067200 + i * 86400) * 1000`],
    ['epoch nanoseconds', `(1704067200 + i * 86400) * 1000000000`],
    ['whole numbers of dates', `20240101 + i`],
    ['ISO text', `(TIMESTAMP '2024-01-01' + INTERVAL (i) DAY)::VARCHAR`],
  ])('takes times of type %s, whole and cut', async (type, sql) => {
    const path = await make(
      `${type.replaceAll(' ', '-')}.parquet`,
      `SELECT ${sql} AS time, 1.5 + i AS close FROM range(3) t(i)`,
    );
    const [bars] = await readParquet(path);
    expect(Array.from(bars!.time)).toEqual(day);
    expect(bars).toMatchObject({ closeOnly: true, timeframe: '1d' });
    const [cut] = await readParquet(path, { from: day[1]!, to: day[2]!, timeframe: '1d' });
    expect(Array.from(cut!.close)).toEqual([2.5]);
  });

  it('reads times without a zone in the zone that is named', async () => {
    const path = await make(
      'zone.parquet',
      `SELECT TIMESTAMP '2024-07-01 09:30' + INTERVAL (i) DAY AS time, 1.0 AS close FROM range(2) t(i)`,
    );
    const [bars] = await readParquet(path, { timeZone: 'Asia/Seoul' });
    expect(bars!.time[0]).toBe(Date.UTC(2024, 6, 1, 0, 30));
  });

  it('splits symbols that are mixed, in the order asked for', async () => {
    const path = await make(
      'mixed.parquet',
      `SELECT chr(65 + (i % 3)::INT) AS symbol, DATE '2024-01-01' + (i // 3)::INT AS date, i + 1 AS close FROM range(30) t(i)`,
    );
    const bars = await readParquet(path, { symbols: ['C', 'A'] });
    expect(bars.map((b) => [b.instrument.symbol, b.close[0], b.close[9]])).toEqual([
      ['C', 3, 30],
      ['A', 1, 28],
    ]);
  });

  it('knows whose rows are whose in a file sorted by falling symbol with groups of many lengths, whole, chosen and cut', async () => {
    const path = await make(
      'falling.parquet',
      `SELECT 'S' || (9 - s) AS symbol, TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS time, 1.0 + s + i / 10000 AS close
       FROM range(9) a(s), range(5000) b(i) WHERE i < 500 * (s + 1) ORDER BY s, i`,
    );
    const firstAndRows = (bars: Awaited<ReturnType<typeof readParquet>>) =>
      bars.map((b) => [b.instrument.symbol, b.close[0], b.close.length]);
    expect(firstAndRows(await readParquet(path))).toEqual(
      Array.from({ length: 9 }, (_, k) => [`S${k + 1}`, 9 - k, 500 * (9 - k)]),
    );
    const from = Date.UTC(2024, 0, 1, 20);
    expect(firstAndRows(await readParquet(path, { symbols: ['S2', 'S9', 'S5'], from }))).toEqual([
      ['S2', 8.12, 2800],
      ['S9', undefined, 0],
      ['S5', 5.12, 1300],
    ]);
  });

  it('reads several files at the same time', async () => {
    const paths = await Promise.all(
      [1, 2, 3].map((n) =>
        make(
          `together-${n}.parquet`,
          `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS time, ${n}.0 + i AS close FROM range(${n * 20_000}) t(i)`,
        ),
      ),
    );
    const read = await Promise.all(paths.map((path) => readParquet(path)));
    expect(read.map(([bars]) => [bars!.close.length, bars!.close.at(-1)])).toEqual([
      [20_000, 20_000],
      [40_000, 40_001],
      [60_000, 60_002],
    ]);
  });

  it('reads a wide file as closes, without the empty cells', async () => {
    const path = await make(
      'wide.parquet',
      `SELECT DATE '2024-01-01' + i::INT AS date, i + 1.0 AS AAPL, CASE WHEN i > 0 THEN i * 10.0 END AS MSFT FROM range(3) t(i)`,
    );
    const bars = await readParquet(path);
    expect(bars.map((b) => [b.instrument.symbol, ...b.close])).toEqual([
      ['AAPL', 1, 2, 3],
      ['MSFT', 10, 20],
    ]);
  });

  it('takes a missing volume for unknown and refuses a missing price', async () => {
    const columns = (low: string): string =>
      `SELECT DATE '2024-01-01' + i::INT AS date, 2 AS open, 3 AS high, ${low} AS low, 2 AS close, NULL::DOUBLE AS volume FROM range(3) t(i)`;
    const [bars] = await readParquet(await make('null.parquet', columns('1')));
    expect(Array.from(bars!.volume)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    await expect(readParquet(await make('hole.parquet', columns('CASE WHEN i <> 1 THEN 1 END')))).rejects.toMatchObject(
      { code: 'data/bad-bar', found: 'low is missing' },
    );
  });
});

describe('writing', () => {
  const bars = [barsFixture('BBB', 5000), barsFixture('AAA', 3000, { seed: 5 })];
  const path = join(folder, 'round.parquet');
  beforeAll(() => writeParquet(path, bars));

  it('gives back exactly the bars, sorted by symbol', async () => {
    const read = await readParquet(path);
    expect(read.map((b) => b.instrument.symbol)).toEqual(['AAA', 'BBB']);
    for (const b of read) {
      const written = bars.find((w) => w.instrument.symbol === b.instrument.symbol)!;
      for (const field of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
        expect(Array.from(b[field])).toEqual(Array.from(written[field]));
    }
  });

  it('keeps closes alone for close-only bars', async () => {
    const closes = join(folder, 'closes.parquet');
    await writeParquet(closes, [barsFixture('AAA', 100, { closeOnly: true })]);
    const [read] = await readParquet(closes);
    expect(read!.closeOnly).toBe(true);
    expect(read!.open).toBe(read!.close);
  });

  it('calls a truncated file and a text file unreadable, and a missing one missing', async () => {
    const bytes = readFileSync(path);
    for (const [name, content] of [
      ['cut.parquet', bytes.subarray(0, bytes.length - 100)],
      ['half.parquet', bytes.subarray(0, bytes.length / 2)],
      ['text.parquet', Buffer.from('time,close\n')],
    ] as const) {
      writeFileSync(join(folder, name), content);
      await expect(readParquet(join(folder, name))).rejects.toMatchObject({
        code: 'data/unreadable',
        where: join(folder, name),
        exitCode: 3,
      });
    }
    await expect(readParquet(join(folder, 'none.parquet'))).rejects.toMatchObject({ code: 'data/not-found' });
  });

  it('leaves no trace when the target cannot be written', async () => {
    const taken = join(folder, 'taken.parquet');
    mkdirSync(taken);
    writeFileSync(join(taken, 'inside'), '');
    await expect(writeParquet(taken, bars)).rejects.toMatchObject({ code: 'store/write-failed', exitCode: 5 });
    await expect(writeParquet(join(path, 'x.parquet'), bars)).rejects.toMatchObject({ code: 'store/write-failed' });
  });

  it('says when a range leaves nothing', async () => {
    await expect(readParquet(path, { from: Date.UTC(2100, 0, 1) })).rejects.toMatchObject({
      code: 'usage/empty-range',
    });
    await expect(readParquet(path, { symbols: ['AAB'] })).rejects.toMatchObject({
      code: 'usage/unknown-instrument',
      hint: expect.stringContaining('AAA'),
    });
  });
});
