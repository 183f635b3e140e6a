/** HDBSCAN of 20,000 points in ten columns, and the matrix profile of 20,000 values, against the packages they are known from. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng, hdbscan, type Matrix, matrix, matrixProfile } from 'sigma-quant';
import { type Contender, interleave, python, script, skipped, table, timed } from '../measure.ts';

const POINTS = 20_000;
const COLUMNS = 10;
const VALUES = 20_000;
const LENGTH = 50;

export async function benchLearning(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  try {
    await clusters('30 clusters in noise', thirtyClusters(), folder);
    await clusters('uniform', uniform(), folder);
    await profile(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function clusters(name: string, points: Matrix, folder: string): Promise<void> {
  const results = new Map<string, string>();
  const file = written(folder, points.values);
  const ours: Contender = {
    name: 'sigma',
    run: () =>
      timed(() => {
        const { labels, persistence } = hdbscan(points, { minClusterSize: 12, minSamples: 4, selection: 'leaf' });
        results.set('sigma', `${persistence.length} clusters, ${labels.filter((l) => l < 0).length} noise`);
      }),
  };
  const algorithms = ['best', 'prims_kdtree'].map((algorithm) => [`hdbscan, ${algorithm}`, 'hdbscan', algorithm, file]);
  await compare(`HDBSCAN, ${name}, ${POINTS} x ${COLUMNS}`, ours, results, {
    peers: algorithms.map(([peer, ...args]) => ({ name: peer!, args: [...args, String(COLUMNS)] })),
    amount: POINTS,
    unit: 'points',
  });
}

async function profile(folder: string): Promise<void> {
  const rng = createRng(1);
  let at = 0;
  const walk = Float64Array.from({ length: VALUES }, () => (at += rng.normal()));
  const results = new Map<string, string>();
  const ours: Contender = {
    name: 'sigma',
    run: () =>
      timed(() => {
        const { distance } = matrixProfile(walk, LENGTH);
        results.set('sigma', `sum ${distance.reduce((sum, d) => sum + d, 0).toFixed(6)}`);
      }),
  };
  await compare(`matrix profile, ${VALUES} values, windows of ${LENGTH}`, ours, results, {
    peers: [{ name: 'stumpy, one thread', args: ['stumpy', written(folder, walk), String(LENGTH)] }],
    amount: VALUES,
    unit: 'values',
  });
}

type Comparison = {
  readonly peers: readonly { readonly name: string; readonly args: readonly string[] }[];
  readonly amount: number;
  readonly unit: string;
};

async function compare(
  title: string,
  ours: Contender,
  results: Map<string, string>,
  comparison: Comparison,
): Promise<void> {
  const contenders = [ours];
  for (const { name, args } of comparison.peers)
    if (python === undefined) skipped(name, 'SIGMA_BENCH_PYTHON is not set');
    else contenders.push({ name, run: () => runPython(name, args, results) });
  table(title, await interleave(contenders, 3), comparison.amount, comparison.unit);
  for (const [name, result] of results) console.log(`  ${name}: ${result}`);
}

function runPython(name: string, args: readonly string[], results: Map<string, string>): number {
  const text = execFileSync(python!, [script('learning/peers.py'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NUMBA_NUM_THREADS: '1' },
  });
  const { seconds, result } = JSON.parse(text.trim().split('\n').at(-1)!) as { seconds: number; result: string };
  results.set(name, result);
  return seconds;
}

function written(folder: string, values: Float64Array): string {
  const file = join(folder, `${values.length}.f64`);
  writeFileSync(file, new Uint8Array(values.buffer));
  return file;
}

function uniform(): Matrix {
  const rng = createRng(2);
  return matrix(
    POINTS,
    COLUMNS,
    Float64Array.from({ length: POINTS * COLUMNS }, () => rng.next()),
  );
}

/** Four fifths of the points in round clusters about 30 random centres, the rest anywhere. */
function thirtyClusters(): Matrix {
  const rng = createRng(3);
  const centres = Float64Array.from({ length: 30 * COLUMNS }, () => 6 * rng.normal());
  const points = matrix(POINTS, COLUMNS);
  for (let i = 0; i < POINTS; i++) {
    const centre = rng.integer(30);
    for (let k = 0; k < COLUMNS; k++)
      points.values[i * COLUMNS + k] =
        i % 5 === 0 ? 30 * rng.next() - 15 : centres[centre * COLUMNS + k]! + rng.normal();
  }
  return points;
}
