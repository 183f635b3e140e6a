import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset, readPostgres, writePostgres } from '../../src/lib/data/index.ts';
import { barsFixture } from '../data/bars-fixture.ts';
import { freePort, type PostgresServer, startPostgres } from './postgres-server.ts';

let server: PostgresServer;
const created: string[] = [];

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function table(name: string): string {
  created.push(name);
  return name;
}

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  for (const name of created) await query(`DROP TABLE IF EXISTS "${name}"`);
  server.stop();
});

describe('Postgres', () => {
  const bars = [barsFixture('AAA', 500), barsFixture('BBB', 400, { seed: 2 })];

  it('gives back exactly the bars that were written', async () => {
    const name = table('sigma_round_trip');
    expect(await writePostgres(server.url, bars, { table: name })).toBe(900);
    const { bars: read, location } = await readPostgres(`${server.url}?table=${name}`);
    expect(read.map((b) => b.instrument.symbol)).toEqual(['AAA', 'BBB']);
    for (const [i, b] of read.entries())
      for (const field of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
        expect(Array.from(b[field])).toEqual(Array.from(bars[i]![field]));
    expect(location).not.toContain('secret-word');
  });

  it('reads only the instruments and the range asked for', async () => {
    const name = table('sigma_part');
    await writePostgres(server.url, bars, { table: name });
    const from = bars[0]!.time[450]!;
    const { bars: read } = await readPostgres(server.url, { table: name, symbols: ['BBB', 'AAA'], from });
    expect(read.map((b) => [b.instrument.symbol, b.time.length])).toEqual([
      ['BBB', 0],
      ['AAA', 50],
    ]);
    await expect(readPostgres(server.url, { table: name, symbols: ['AAB'] })).rejects.toMatchObject({
      code: 'usage/unknown-instrument',
      hint: expect.stringContaining('AAA'),
    });
  });

  it('reads dates, times without a zone and epoch numbers as UTC, whatever the zone of the server', async () => {
    const rows = `SELECT d.*, 10.5 AS close FROM (VALUES ('2024-01-01'), ('2024-01-02'), ('2024-01-03')) v(day)`;
    for (const time of [
      'v.day::date',
      'v.day::timestamp',
      `extract(epoch FROM (v.day || ' 00:00+00')::timestamptz) * 1000`,
    ]) {
      const sql = `${rows.replace('d.*', `${time} AS time`)}`;
      const { bars: read } = await readPostgres(server.url, { query: sql, symbol: 'X' });
      expect(Array.from(read[0]!.time)).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3)]);
      expect(read[0]!.closeOnly).toBe(true);
    }
  });

  it('opens a table as an anonymous data set', async () => {
    const name = table('sigma_open');
    await writePostgres(server.url, bars, { table: name });
    const dataset = await openDataset(`${server.url}?table=${name}`);
    expect(dataset.meta).toMatchObject({ rows: 900, timeframe: '1d' });
    expect(JSON.stringify(dataset)).not.toContain('secret-word');
  });

  it('refuses to overwrite a table, and leaves nothing behind when rows break its key', async () => {
    const name = table('sigma_keep');
    await writePostgres(server.url, bars.slice(0, 1), { table: name });
    await expect(writePostgres(server.url, bars, { table: name })).rejects.toMatchObject({ code: 'data/exists' });
    expect(await query(`SELECT count(*)::int AS n FROM ${name}`)).toEqual([{ n: 500 }]);

    const twice = [bars[0]!, bars[0]!];
    await expect(writePostgres(server.url, twice, { table: name, replace: true })).rejects.toMatchObject({
      code: 'service/refused',
    });
    expect(await query(`SELECT count(*)::int AS n FROM ${name}`)).toEqual([{ n: 500 }]);
  });

  it('names a missing table, a missing column and a refusal, and never the password', async () => {
    const name = table('sigma_columns');
    await query(`CREATE TABLE ${name} (time timestamptz, open float8, low float8, close float8)`);
    await expect(readPostgres(server.url, { table: 'sigma_nowhere' })).rejects.toMatchObject({
      code: 'data/not-found',
    });
    await expect(readPostgres(server.url, { table: name })).rejects.toMatchObject({
      code: 'data/missing-column',
      found: 'no column for high',
    });
    await expect(readPostgres(server.url.replace('secret-word', 'wrong-word'), { table: name })).rejects.toSatisfy(
      (error: Error) => !error.message.includes('wrong-word') && 'code' in error && error.code === 'service/refused',
    );
    await expect(readPostgres(server.url, { query: 'SELECT 1/0 AS time, 1 AS close' })).rejects.toMatchObject({
      code: 'service/refused',
    });
  });

  it('cannot change the database through a query', async () => {
    const name = table('sigma_safe');
    await writePostgres(server.url, bars, { table: name });
    await expect(readPostgres(server.url, { query: `DELETE FROM ${name} RETURNING *` })).rejects.toMatchObject({
      code: 'service/refused',
    });
    expect(await query(`SELECT count(*)::int AS n FROM ${name}`)).toEqual([{ n: 900 }]);
  });

  it('says that nobody answers', async () => {
    const url = `postgres://sigma:secret-word@127.0.0.1:${await freePort()}/postgres?table=bars`;
    await expect(readPostgres(url)).rejects.toMatchObject({ code: 'service/unreachable' });
    await expect(readPostgres(url)).rejects.not.toMatchObject({ message: expect.stringContaining('secret-word') });
  });
});
