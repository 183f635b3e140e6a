/** A project of a user: strict TypeScript with library checks on, the package by link, a typed strategy, a backtest. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const project = realpathSync(mkdtempSync(join(tmpdir(), 'sigma-consumer-')));

const config = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    types: [],
    outDir: 'out',
    rootDir: '.',
  },
  files: ['main.ts', 'mistakes.ts'],
};

const program = `
import { backtest, type Bars, createRng, DAY, defineStrategy, instrument, integer, number, sma } from 'sigma-quant';

export const cross = defineStrategy({
  name: 'cross',
  params: { fast: integer({ default: 3, min: 2, max: 50 }), band: number({ default: 0, min: 0, max: 1 }) },
  signals: ({ close }, p) => ({ fast: sma(close, p.fast), slow: sma(close, 10) }),
  target: (row, p) => {
    const gap: number = row.fast - row.slow;
    return gap > p.band ? 1 : 0;
  },
});

const rng = createRng(7);
const close = new Float64Array(300);
for (let i = 0; i < close.length; i++) close[i] = (close[i - 1] ?? 100) * Math.exp(0.01 * rng.normal());
const bars: Bars = {
  instrument: instrument('WALK'),
  timeframe: '1d',
  closeOnly: true,
  time: Float64Array.from(close, (_, i) => Date.UTC(2020, 0, 1) + i * DAY),
  open: close,
  high: close,
  low: close,
  close,
  volume: new Float64Array(300).fill(Number.NaN),
};

const run = await backtest(cross, { data: bars, params: { fast: 4 } });
const trades: readonly { readonly pnl: number }[] = [...run.result.trades];
console.log(JSON.stringify({ params: run.params, trades: trades.length, final: run.result.totals.final, sharpe: run.metrics['sharpe'] }));
`;

/** Each line holds one mistake that inference of params and signals has to find. */
const mistakes = `
import { defineStrategy, integer, sma } from 'sigma-quant';

const params = { fast: integer({ default: 3, min: 2, max: 50 }) };
defineStrategy({ name: 'a', params, signals: ({ close }, p) => ({ x: sma(close, p.slow) }), target: () => 1 });
defineStrategy({ name: 'b', params, signals: ({ close }) => ({ x: sma(close, 3) }), target: (row) => row.y });
defineStrategy({ name: 'c', params, target: (row, p) => p.fast.length });
defineStrategy({ name: 'd', params, target: () => 'long' });
`;

type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

function node(...args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: project, encoding: 'utf8' }, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : 1, stdout, stderr });
    });
  });
}

/** What the compiler reports of the project: one compilation, for it reads the declarations of every dependency. */
let reported: readonly string[];

beforeAll(async () => {
  expect(inject('buildProblem')).toBe('');
  const declarations = await node(tsc, '-p', join(root, 'tsconfig.build.json'));
  expect(declarations.stdout).toBe('');
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules', 'sigma-quant'), 'junction');
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(project, 'main.ts'), program);
  writeFileSync(join(project, 'mistakes.ts'), mistakes);
  const compiled = await node(tsc, '-p', project, '--pretty', 'false');
  reported = compiled.stdout.split('\n').filter((line) => line !== '');
}, 240_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('a project that uses the package', () => {
  it('compiles a typed strategy with library checks on, and runs a backtest', async () => {
    expect(reported.filter((line) => !line.startsWith('mistakes.ts') && !line.startsWith(' '))).toEqual([]);
    const ran = await node(join(project, 'out', 'main.js'));
    expect(ran.stderr).toBe('');
    const printed = JSON.parse(ran.stdout);
    expect(printed.params).toEqual({ fast: 4, band: 0 });
    expect(printed.trades).toBeGreaterThan(3);
    expect(printed.final).toBeGreaterThan(0);
    expect(Number.isFinite(printed.sharpe)).toBe(true);
  });

  it('is told of parameters and signals that do not exist, and of targets that are none', () => {
    const lines = reported.flatMap((line) => /^mistakes\.ts\((\d+),/.exec(line)?.[1] ?? []);
    expect([...new Set(lines)].sort()).toEqual(['5', '6', '7', '8']);
    expect(reported.join('\n')).toContain("Property 'slow' does not exist");
    expect(reported.join('\n')).toContain("Property 'y' does not exist");
  });
});
