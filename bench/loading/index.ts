/** Loading speed: CSV, Parquet and tape against peers in one interleaved run. Peers: SIGMA_BENCH_PEERS (a folder with node_modules), SIGMA_BENCH_PYTHON (a Python with pandas, polars). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRng } from '../../src/lib/core/index.ts';
import { readCsv, readParquet, saveDataset, writeCsv, writeParquet } from '../../src/lib/data/index.ts';
import { openTape } from '../../src/lib/data/tape/open-tape.ts';
import { type Bars, instrument } from '../../src/lib/model/index.ts';

type Contender = {
  readonly name: string;
  readonly rows: number /** Rows, or milliseconds with an own clock. */;
  readonly run: () => Promise<number>;
  readonly ownClock?: boolean;
};

const ROUNDS = 5;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  try {
    const rows = Number(process.env['SIGMA_BENCH_ROWS'] ?? 2_000_000);
    const one = randomBars('ONE', rows, 1);
    const csv = join(folder, 'one.csv');
    const parquet = join(folder, 'one.parquet');
    await writeCsv(csv, [one]);
    await writeParquet(parquet, [one]);
    const many = Array.from({ length: 200 }, (_, i) => randomBars(`S${i}`, rows / 200, i));
    const dataset = await saveDataset({ name: 'many', synthetic: true }, many, { folders: [folder] });
    const origin = { meta: dataset.meta, folder: dataset.location, file: join(dataset.location, 'bars.parquet') };
    const tapeRows = async (): Promise<number> => {
      let seen = 0;
      for (const block of (await openTape(origin)).blocks())
        for (const r of block.order) if (block.close[r]! > 0) seen++;
      return seen;
    };
    await tapeRows();
    await race([
      { name: 'CSV, sigma', rows, run: async () => (await readCsv(csv)).bars[0]!.time.length },
      ...python('CSV, pandas', rows, `pd.read_csv(${JSON.stringify(csv)}, parse_dates=['time'])`),
      ...python('CSV, polars', rows, `pl.read_csv(${JSON.stringify(csv)}, try_parse_dates=True)`),
    ]);
    await race([
      { name: 'Parquet, sigma', rows, run: async () => (await readParquet(parquet))[0]!.time.length },
      ...(await hyparquet(parquet, rows)),
    ]);
    await race([{ name: 'tape, warm', rows, run: tapeRows }]);
    console.log(
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; Node ${process.version}; ${cpus()[0]?.model}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rounds alternate between the contenders, so that a busy machine is busy for all. */
async function race(contenders: readonly Contender[]): Promise<void> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, contender] of contenders.entries()) times[i]!.push(await timed(contender));
  const medians = times.map((t) => [...t].sort((a, b) => a - b)[ROUNDS >> 1]!);
  contenders.forEach(({ name, rows }, i) => {
    const spread = [...times[i]!].sort((a, b) => a - b);
    const rate = (ms: number): string => (rows / ms / 1000).toFixed(2);
    const ratio = i === 0 ? '' : `, sigma is ${(medians[i]! / medians[0]!).toFixed(2)}x as fast`;
    console.log(`${name}: ${rate(medians[i]!)} M rows/s (${rate(spread.at(-1)!)} to ${rate(spread[0]!)})${ratio}`);
  });
}

/** Milliseconds of one run; a peer in another process tells its own, without its start. */
async function timed({ run, ownClock }: Contender): Promise<number> {
  const started = performance.now();
  const result = await run();
  return ownClock === true ? result : performance.now() - started;
}

/** The time inside of Python, without its start. */
function python(name: string, rows: number, expression: string): Contender[] {
  const program = process.env['SIGMA_BENCH_PYTHON'];
  if (program === undefined) {
    console.log(`${name}: skipped, SIGMA_BENCH_PYTHON names no Python`);
    return [];
  }
  const module = name.endsWith('pandas') ? 'import pandas as pd' : 'import polars as pl';
  execFileSync(program, ['-c', module]);
  const script = `import time\n${module}\nt = time.perf_counter()\n${expression}\nprint((time.perf_counter() - t) * 1000)`;
  return [{ name, rows, ownClock: true, run: async () => Number(execFileSync(program, ['-c', script])) }];
}

async function hyparquet(path: string, rows: number): Promise<Contender[]> {
  const peers = process.env['SIGMA_BENCH_PEERS'];
  const found = peers !== undefined && existsSync(join(peers, 'node_modules', 'hyparquet'));
  if (!found) {
    console.log('Parquet, hyparquet: skipped, SIGMA_BENCH_PEERS has no hyparquet');
    return [];
  }
  const require = createRequire(pathToFileURL(join(peers, 'package.json')));
  const load = async (name: string): Promise<Record<string, (...args: unknown[]) => Promise<unknown>>> =>
    import(require.resolve(name));
  const { asyncBufferFromFile, parquetReadObjects } = await load('hyparquet');
  const { compressors } = await load('hyparquet-compressors');
  const run = async (): Promise<number> => {
    const file = await asyncBufferFromFile!(path);
    const read = await parquetReadObjects!({ file, compressors });
    return Array.isArray(read) ? read.length : 0;
  };
  return [{ name: 'Parquet, hyparquet', rows, run }];
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

await main();
