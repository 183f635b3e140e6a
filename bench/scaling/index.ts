/** The same sweep on one thread, on all cores, and on worker processes behind Redis: seconds, and whether the answers are equal; then what a sweep costs by its size. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createThreadPool,
  defaultRunConfig,
  directoryBlocks,
  loadStrategy,
  openSweepQueue,
  type ParamSet,
  type SweepSpec,
} from 'sigma-quant';
import { type Contender, interleave, skipped, table } from '../measure.ts';
import { walk } from '../walk.ts';
import { benchCurve } from './curve.ts';

const BARS = 100_000;
const BATCHES = 12;
const SETS_PER_BATCH = Number(process.env['SIGMA_BENCH_SETS'] ?? 768);
const PROCESSES = 3;

type Evaluate = (batch: readonly ParamSet[]) => Promise<{ readonly figures: { readonly finalEquity: Float64Array } }>;

export async function benchScaling(): Promise<void> {
  const { code } = await loadStrategy('moving-average-cross');
  const spec: SweepSpec = {
    strategy: { origin: 'moving-average-cross', code },
    bars: [walk(BARS, 1)],
    config: defaultRunConfig,
    engine: 'auto',
  };
  const answers = new Map<string, string>();
  const contenders: Contender[] = [];
  const ends: (() => Promise<void>)[] = [];
  for (const threads of [1, 2, PROCESSES]) {
    const pool = createThreadPool(threads);
    const executor = await pool.open(spec);
    const name = `${threads} thread${threads === 1 ? '' : 's'}`;
    contenders.push({ name, run: () => sweep(name, executor.evaluate, answers) });
    ends.push(() => pool.close());
  }
  /** Milliseconds that a batch for the workers took of this process. */
  let dealing = Number.NaN;
  const line = await workerLine(spec);
  if (line === undefined) skipped(`${PROCESSES} worker processes`, 'redis-server is not installed');
  else {
    const name = `${PROCESSES} worker processes over Redis`;
    const run = async (): Promise<number> => {
      const before = process.cpuUsage();
      const seconds = await sweep(name, line.evaluate, answers);
      const { user, system } = process.cpuUsage(before);
      dealing = (user + system) / 1000 / BATCHES;
      return seconds;
    };
    contenders.push({ name, run });
    ends.push(line.end);
  }
  try {
    const measured = await interleave(contenders, 5, 2);
    const work = BATCHES * SETS_PER_BATCH * BARS;
    table(
      `${BATCHES * SETS_PER_BATCH} sets x ${BARS} bars on ${availableParallelism()} cores`,
      measured,
      work,
      'bar-sets',
    );
    const seconds = new Map(measured.map(({ name, median }) => [name, median]));
    const ratio = (a: string, b: string): string =>
      `${((seconds.get(b) ?? Number.NaN) / (seconds.get(a) ?? Number.NaN)).toFixed(2)}x`;
    console.log(
      `  2 threads are ${ratio('2 threads', '1 thread')} one; ${PROCESSES} worker processes are ${ratio(`${PROCESSES} worker processes over Redis`, `${PROCESSES} threads`)} as many threads`,
    );
    console.log(`  answers equal to the bit: ${new Set(answers.values()).size === 1}`);
    console.log(`  a batch for the workers takes ${dealing.toFixed(1)} ms of the process that deals it`);
  } finally {
    for (const end of ends) await end();
  }
  await benchCurve();
}

async function sweep(name: string, evaluate: Evaluate, answers: Map<string, string>): Promise<number> {
  const batches = Array.from({ length: BATCHES }, (_, b) =>
    Array.from({ length: SETS_PER_BATCH }, (_, k) => ({
      fast: 2 + ((b * SETS_PER_BATCH + k) % 60),
      slow: 70 + b * 20 + Math.floor(k / 8),
      band: 0.001,
      average: 'simple',
      short: true,
    })),
  );
  const start = process.hrtime.bigint();
  const results = await Promise.all(batches.map((batch) => evaluate(batch)));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  answers.set(name, results.map(({ figures }) => [...figures.finalEquity].join(' ')).join(' '));
  return seconds;
}

/** A private Redis with worker processes, one thread each. */
async function workerLine(
  spec: SweepSpec,
): Promise<{ readonly evaluate: Evaluate; readonly end: () => Promise<void> } | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-queue-'));
  const port = await freePort();
  const redis = `redis://127.0.0.1:${port}`;
  const server = await started(
    spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]),
    'Ready to accept',
  );
  if (server === undefined) return undefined;
  const blocks = join(folder, 'blocks');
  const main = join(process.cwd(), 'dist', 'cli', 'main.js');
  const args = [
    main,
    'worker',
    '--redis',
    redis,
    '--blocks',
    blocks,
    '--cache',
    join(folder, 'cache'),
    '--threads',
    '1',
  ];
  const workers: (ChildProcess | undefined)[] = [];
  for (let k = 0; k < PROCESSES; k++) workers.push(await started(spawn(process.execPath, args), 'takes work'));
  const queue = await openSweepQueue({ redis, blocks: directoryBlocks(blocks) });
  const executor = await queue.open(spec);
  return {
    evaluate: executor.evaluate,
    end: async () => {
      await queue.close();
      for (const child of [...workers, server]) {
        if (child === undefined) continue;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The process once it has said `text`; undefined when it cannot be started. */
async function started(child: ChildProcess, text: string): Promise<ChildProcess | undefined> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    for (const input of [child.stdout, child.stderr])
      if (input !== null)
        createInterface({ input }).on('line', (said) => {
          if (said.includes(text)) resolve(child);
        });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
