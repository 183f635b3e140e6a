/** Loading speed: CSV and Parquet against peers in interleaved runs, and the tape. SIGMA_BENCH_ROWS sets the rows of CSV; Parquet and the tape have three times as many. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  type Bars,
  createRng,
  instrument,
  readCsv,
  readParquet,
  saveDataset,
  writeCsv,
  writeParquet,
} from 'sigma-quant';
import { type Contender, interleave, peers, python, skipped, table } from '../measure.ts';

const ROWS = Number(process.env['SIGMA_BENCH_ROWS'] ?? 3_000_000);

export async function benchLoading(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-loading-'));
  try {
    await benchCsv(folder);
    await benchParquet(folder);
    await benchTape(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchCsv(folder: string): Promise<void> {
  const iso = join(folder, 'iso.csv');
  const epoch = join(folder, 'epoch.csv');
  await writeCsv(iso, [randomBars('ONE', ROWS, 1)]);
  writeEpochCopy(iso, epoch);
  for (const [name, path, dates] of [
    ['epoch milliseconds', epoch, ''],
    ['ISO times', iso, ", parse_dates=['time']"],
  ] as const) {
    const rows = async (): Promise<void> => {
      const read = (await readCsv(path)).bars[0]?.time.length;
      if (read !== ROWS) throw new Error(`read ${read} rows`);
    };
    const contenders = [
      clocked('sigma', rows),
      ...inPython('pandas', `pd.read_csv(${JSON.stringify(path)}${dates})`),
      ...inPython('polars', `pl.read_csv(${JSON.stringify(path)}, try_parse_dates=True)`),
    ];
    table(`CSV, ${ROWS} rows x 6 columns, ${name}`, await interleave(contenders, 3), ROWS, 'rows');
  }
}

async function benchParquet(folder: string): Promise<void> {
  const path = join(folder, 'one.parquet');
  const count = 3 * ROWS;
  await writeParquet(path, [randomBars('ONE', count, 2)]);
  const contenders = [
    clocked('sigma', async () => {
      await readParquet(path);
    }),
    ...(await hyparquet(path)),
  ];
  table(`Parquet, ${count} rows x 6 columns`, await interleave(contenders, 3), count, 'rows');
  console.log(`  ${'sigma, a process of its own'.padEnd(34)} ${alone(path, count)}`);
}

/** One read by the built library in a fresh process, the median of three: what a user sees who reads once, and the most memory it takes. */
function alone(path: string, rows: number): string {
  const script = `
    const { readParquet } = await import('sigma-quant');
    const start = performance.now();
    await readParquet(${JSON.stringify(path)});
    console.log(performance.now() - start, process.resourceUsage().maxRSS);`;
  const runs = Array.from({ length: 3 }, () =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).split(' ').map(Number),
  );
  const [, milliseconds] = runs.map(([time]) => time!).sort((x, y) => x - y);
  const kilobytes = Math.max(...runs.map(([, peak]) => peak!));
  return `${(rows / milliseconds! / 1000).toFixed(2).padStart(8)} M rows/s, peak memory ${Math.round(kilobytes / 1024)} MB`;
}

async function benchTape(folder: string): Promise<void> {
  const instruments = 1000;
  const length = Math.ceil((3 * ROWS) / instruments / 9) * 10;
  const bars = Array.from({ length: instruments }, (_, i) => randomBars(`S${i}`, length, i));
  const dataset = await saveDataset({ name: 'many', synthetic: true }, bars, { folders: [folder] });
  const read = async (): Promise<void> => {
    let rows = 0;
    for (const block of (await dataset.source()).blocks()) rows += block.rows;
    if (rows !== instruments * length) throw new Error(`the tape has ${rows} rows`);
  };
  const contenders = [
    clocked('warm tape', read),
    clocked('built from Parquet, then read', read, () =>
      rmSync(join(dataset.location, '.cache'), { recursive: true, force: true }),
    ),
  ];
  const rows = instruments * length;
  table(`tape, ${instruments} instruments x ${length} bars`, await interleave(contenders, 3), rows, 'rows');
}

/** @param before what is done first and not measured */
function clocked(name: string, work: () => Promise<void>, before: () => void = () => undefined): Contender {
  return {
    name,
    run: async () => {
      before();
      const start = process.hrtime.bigint();
      await work();
      return Number(process.hrtime.bigint() - start) / 1e9;
    },
  };
}

/** The time inside of Python, without its start. */
function inPython(name: 'pandas' | 'polars', expression: string): Contender[] {
  if (python === undefined) {
    skipped(name, 'SIGMA_BENCH_PYTHON names no Python');
    return [];
  }
  const program = python;
  const module = name === 'pandas' ? 'import pandas as pd' : 'import polars as pl';
  const script = `import time\n${module}\nt = time.perf_counter()\n${expression}\nprint(time.perf_counter() - t)`;
  return [{ name, run: () => Number(execFileSync(program, ['-c', script])) }];
}

async function hyparquet(path: string): Promise<Contender[]> {
  if (peers === undefined || !existsSync(join(peers, 'node_modules', 'hyparquet'))) {
    skipped('hyparquet', 'SIGMA_BENCH_PEERS has no hyparquet');
    return [];
  }
  const require = createRequire(pathToFileURL(join(peers, 'package.json')));
  const load = async (name: string): Promise<Record<string, (...args: unknown[]) => Promise<unknown>>> =>
    import(require.resolve(name));
  const { asyncBufferFromFile, parquetRead } = await load('hyparquet');
  // It has no zstd of its own, so it gets a Snappy copy.
  const copy = `${path}.snappy`;
  const connection = await (await DuckDBInstance.create(':memory:', { memory_limit: '1GB' })).connect();
  await connection.run(
    `COPY (SELECT * FROM read_parquet('${path}')) TO '${copy}' (FORMAT parquet, COMPRESSION snappy)`,
  );
  const work = async (): Promise<void> => {
    const file = await asyncBufferFromFile!(copy);
    await parquetRead!({ file, onChunk: () => undefined });
  };
  return [clocked('hyparquet, Snappy', work)];
}

/** The same rows with epoch milliseconds for times. */
function writeEpochCopy(iso: string, path: string): void {
  const lines = readFileSync(iso, 'latin1').split('\n');
  for (let i = 1; i < lines.length; i++) {
    const comma = lines[i]!.indexOf(',');
    if (comma > 0) lines[i] = `${Date.parse(lines[i]!.slice(0, comma))}${lines[i]!.slice(comma)}`;
  }
  writeFileSync(path, lines.join('\n'));
}

function randomBars(symbol: string, rows: number, seed: number): Bars {
  const rng = createRng(seed);
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) => value(i));
  const cents = (price: number): number => Math.round(price * 100) / 100;
  let price = 30_000;
  const close = column(() => {
    price *= Math.exp(1e-4 * rng.normal());
    return cents(price);
  });
  const open = column((i) => close[Math.max(0, i - 1)]!);
  return {
    instrument: instrument(symbol),
    timeframe: '1m',
    closeOnly: false,
    time: column((i) => Date.UTC(2021, 0, 1) + i * 60_000),
    open,
    high: column((i) => cents(Math.max(open[i]!, close[i]!) + 5)),
    low: column((i) => cents(Math.min(open[i]!, close[i]!) - 5)),
    close,
    volume: column(() => Math.round(rng.next() * 1e6) / 1e4),
  };
}
