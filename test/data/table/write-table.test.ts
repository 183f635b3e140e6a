import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { writeTable } from '../../../src/lib/data/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const columns = {
  time: Float64Array.of(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2, 9, 30)),
  symbol: ['AAPL', 'a,"b"'],
  quantity: [1, 2.5],
  id: Int32Array.of(1, 2),
  maker: [true, false],
  pnl: Float64Array.of(Number.NaN, -3),
};
const times = { times: ['time'] };

describe('a table of results', () => {
  it('is written as CSV with quotes where needed and nothing for NaN', async () => {
    const path = join(folder, 't.csv');
    await writeTable(path, columns, 'csv', times);
    expect(readFileSync(path, 'utf8')).toBe(
      'time,symbol,quantity,id,maker,pnl\n2024-01-01T00:00:00Z,AAPL,1,1,true,\n2024-01-02T09:30:00Z,"a,""b""",2.5,2,false,-3\n',
    );
  });

  it('is written as JSON rows with null for NaN', async () => {
    const path = join(folder, 't.json');
    await writeTable(path, columns, 'json', times);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([
      { time: '2024-01-01T00:00:00Z', symbol: 'AAPL', quantity: 1, id: 1, maker: true, pnl: null },
      { time: '2024-01-02T09:30:00Z', symbol: 'a,"b"', quantity: 2.5, id: 2, maker: false, pnl: -3 },
    ]);
  });

  it('is written as Parquet with typed columns', async () => {
    const path = join(folder, 't.parquet');
    await writeTable(path, columns, 'parquet', times);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const read = await connection.runAndReadAll(
      `SELECT epoch_ms(time)::DOUBLE, symbol, quantity, id, maker, pnl FROM '${path}'`,
    );
    expect(read.getRows()).toEqual([
      [columns.time[0], 'AAPL', 1, 1, true, Number.NaN],
      [columns.time[1], 'a,"b"', 2.5, 2, false, -3],
    ]);
  });

  it('is written as Arrow IPC', async () => {
    const path = join(folder, 't.arrow');
    await writeTable(path, columns, 'arrow', times);
    const table = tableFromIPC(readFileSync(path));
    expect([...table.getChild('symbol')!]).toEqual(columns.symbol);
    expect(Number(table.getChild('time')!.get(1))).toBe(columns.time[1]);
  });

  it('without rows is still a table', async () => {
    await writeTable(join(folder, 'empty.json'), { time: new Float64Array(0) }, 'json');
    expect(JSON.parse(readFileSync(join(folder, 'empty.json'), 'utf8'))).toEqual([]);
  });

  it('refuses columns of different lengths and leaves nothing behind', async () => {
    await expect(writeTable(join(folder, 'no.csv'), { a: [1], b: [1, 2] }, 'csv')).rejects.toMatchObject({
      code: 'frame/bad-column',
    });
    await expect(writeTable(join(folder, 't.csv', 't.csv'), columns, 'csv')).rejects.toMatchObject({
      code: 'store/write-failed',
    });
    expect(existsSync(join(folder, 'no.csv'))).toBe(false);
    expect(readdirSync(folder).filter((n) => n.includes('.tmp'))).toEqual([]);
  });
});
