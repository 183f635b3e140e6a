import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { sha256 } from '../lib/core/index.ts';
import { frame } from '../lib/frame/index.ts';
import { type Bars, instrument } from '../lib/model/index.ts';
import type { TableFiles } from '../lib/registry/index.ts';
import { type Markets, packageRoot } from '../lib/runs/index.ts';

export const temporaryTables: TableFiles = {
  extension: 'json',
  write: async (table, path) => {
    await writeFile(path, JSON.stringify(Object.fromEntries(table.names.map((n) => [n, [...table.column(n)]]))));
  },
  read: async (path) => frame(JSON.parse(await readFile(path, 'utf8'))),
};

export async function temporaryMarkets(): Promise<Markets> {
  return {
    inMemory: async () => {
      throw new Error('no');
    },
    open: async (name) => {
      const dir = `${packageRoot()}/datasets/${name}`;
      const meta = JSON.parse(readFileSync(`${dir}/dataset.json`, 'utf8'));
      const symbols = meta.instruments.map((i: { symbol: string }) => i.symbol);
      return {
        info: {
          name,
          title: meta.title,
          timeframe: meta.timeframe,
          closeOnly: meta.closeOnly,
          synthetic: meta.synthetic,
          licence: meta.licence,
          contentHash: sha256(readFileSync(`${dir}/bars.parquet`)),
          symbols,
          periodsPerYear: meta.periodsPerYear,
        },
        quality: () => [],
        actions: async () => [],
        at: async () => {
          throw new Error('no');
        },
        read: async ({ from, to, symbols: wanted = symbols }) => {
          const db = await DuckDBInstance.create(':memory:');
          const c = await db.connect();
          const out: Bars[] = [];
          const rows = (
            await c.runAndReadAll(
              `select symbol, epoch_ms(time)::double t, * from '${dir}/bars.parquet' order by symbol, time`,
            )
          ).getRowObjectsJS() as Record<string, number | string>[];
          for (const s of wanted) {
            const r = rows.filter((x) => x['symbol'] === s && Number(x['t']) >= from && Number(x['t']) < to);
            const col = (n: string) => Float64Array.from(r, (x) => Number(x[n] ?? x['close'] ?? NaN));
            out.push({
              time: col('t'),
              open: col('open'),
              high: col('high'),
              low: col('low'),
              close: col('close'),
              volume: Float64Array.from(r, () => NaN),
              timeframe: meta.timeframe,
              closeOnly: meta.closeOnly,
              instrument: instrument(
                s,
                meta.instruments.find((i: { symbol: string }) => i.symbol === s),
              ),
            });
          }
          return out;
        },
      };
    },
  };
}
