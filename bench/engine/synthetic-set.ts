/** A large data set written straight to Parquet by DuckDB: bounded memory however large it is. Prices are smooth waves of different periods. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export type SyntheticSet = { readonly folder: string; readonly remove: () => void };

/** One-minute bars from 2020-01-01, as a data set folder that `openDataset` reads. */
export async function syntheticSet(instruments: number, bars: number): Promise<SyntheticSet> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-set-'));
  const symbols = Array.from({ length: instruments }, (_, i) => `S${String(i).padStart(4, '0')}`);
  const connection = await (await DuckDBInstance.create(':memory:', { memory_limit: '1GB' })).connect();
  await connection.run(`COPY (
    WITH places AS (SELECT k // ${bars} AS i, k % ${bars} AS t FROM range(${instruments * bars}) AS r(k)),
    raw AS (SELECT i, t, 100 * (1 + 0.05 * sin(t / (200.0 + i)) + 0.01 * sin(t / (7.0 + i % 5))) AS close FROM places)
    SELECT 'S' || lpad(i::VARCHAR, 4, '0') AS symbol, make_timestamp_ms(1577836800000 + t * 60000)::TIMESTAMP_MS AS time,
           close * 0.9995 AS open, close * 1.001 AS high, close * 0.999 AS low, close, 1000::DOUBLE AS volume
    FROM raw
  ) TO '${join(folder, 'bars.parquet')}' (FORMAT parquet, COMPRESSION zstd)`);
  const at = (bar: number): string => new Date(Date.UTC(2020, 0, 1) + bar * 60_000).toISOString();
  const meta = {
    name: 'bench',
    title: 'Waves',
    description: 'Made by a benchmark',
    timeframe: '1m',
    closeOnly: false,
    licence: 'none',
    synthetic: true,
    sessions: '24/7',
    periodsPerYear: 525_600,
    instruments: symbols.map((symbol) => ({
      symbol,
      kind: 'spot',
      currency: 'USD',
      tickSize: 0,
      lotSize: 0,
      minQuantity: 0,
      minNotional: 0,
      multiplier: 1,
    })),
    rows: instruments * bars,
    from: at(0),
    to: at(bars - 1),
    contentHash: '0'.repeat(64),
  };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(meta));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
