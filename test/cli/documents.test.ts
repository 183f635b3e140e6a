/** Every command once, as text and as a document: the schema is the one that docs/json.md names, and text and document do not mix. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/cli/run.ts';
import { openRegistry } from '../../src/lib/index.ts';
import { savePlantedMarket, writeFeatureSpec } from '../../src/lib/lab/index.ts';
import { draft } from '../registry/artifacts/sample.ts';
import { barsCsv } from './sigma.ts';

const home = process.cwd();
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-documents-'));
  process.chdir(folder);
  writeFileSync('prices.csv', barsCsv(250));
  await plantedFiles();
  const store = openRegistry();
  for (const [level, alias] of [
    [1, 'first'],
    [2, 'candidate'],
  ] as const)
    await store.move({ ...(await store.save(draft(level))), alias, action: 'promote', note: '' });
});
afterAll(() => {
  process.chdir(home);
  process.exitCode = 0;
  rmSync(folder, { recursive: true, force: true });
});

/** A planted market with patterns often enough to survive, as `sigma experiment market` leaves one. */
async function plantedFiles(): Promise<void> {
  const options = { seed: 1, instruments: 12, days: 40, slots: 130, patternRate: 0.25, amplitude: 3 };
  const { features, events } = await savePlantedMarket('planted', options, { folders: ['datasets'] });
  await writeFeatureSpec('planted.features.json', features);
  const rows = events.map(({ symbol, time }) => `${symbol},${new Date(time).toISOString()}`);
  writeFileSync('planted.csv', ['symbol,time', ...rows, ''].join('\n'));
}

/** The command in this process, with what it wrote. */
async function run(
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  const { stdout: out, stderr: err } = process;
  const write = { out: out.write, err: err.write };
  out.write = (text: string | Uint8Array): boolean => {
    stdout += String(text);
    return true;
  };
  err.write = (text: string | Uint8Array): boolean => {
    stderr += String(text);
    return true;
  };
  process.exitCode = 0;
  try {
    return { code: await runCommandLine(args), stdout, stderr };
  } finally {
    out.write = write.out;
    err.write = write.err;
  }
}

const planted = ['--features', 'planted.features.json', '--data', 'planted'] as const;
const cross = ['backtest', '-s', 'moving-average-cross', '-p', 'slow=40', '--data', 'prices.csv'] as const;

/** In order: later ones use what earlier ones stored. `%` stands for text or json, where a name may be used once. */
const commands: readonly (readonly [schema: string, ...args: string[]])[] = [
  ['sigma.run/1', ...cross, '--journal', 'journal-%.jsonl', '--out', 'out.html'],
  [
    'sigma.run/1',
    ...cross,
    '--max-drawdown',
    '0.5:stop',
    '--max-daily-loss',
    '0.2',
    '--drawdown-scaling',
    '0.2:0.4',
    '--sizing',
    'atr:14,3,0.01',
    '--fees',
    'per-share:0.01,min=1',
    '--slippage',
    'square-root:0.5',
  ],
  [
    'sigma.run/1',
    ...cross,
    '--sizing',
    'kelly:60,0.5',
    '--fees',
    'bps:maker=1,taker=4',
    '--slippage',
    'volume-share',
    '--benchmark',
    'sp500',
    '--borrow-rate',
    '0.02',
    '--interest-rate',
    '0.03',
    '--spread-bps',
    '3',
  ],
  [
    'sigma.run/1',
    ...cross,
    '--sizing',
    'volatility:20,0.2',
    '--timeframe',
    '2d',
    '--detail',
    '1d',
    '--path',
    'bounds',
    '--fill',
    'open',
    '--no-store',
    '--benchmark',
    'none',
  ],
  ['sigma.runs/1', 'runs', 'list', '--limit', '2'],
  ['sigma.run/1', 'runs', 'show', 'latest'],
  ['sigma.comparison/1', 'runs', 'compare', 'latest', 'latest', '--all'],
  ['sigma.allocation/1', 'allocate', '--data', 'us-equities', '--symbols', 'AAPL,MSFT,XOM', '--from', '2018-01-01'],
  ['sigma.note/1', 'runs', 'note', 'latest', 'a', 'note'],
  ['sigma.exported/1', 'runs', 'export', 'latest', '-f', 'parquet', '--out', 'x-%'],
  ['sigma.exported/1', 'runs', 'export', 'latest', '-f', 'arrow', '--out', 'x-%'],
  ['sigma.exported/1', 'runs', 'export', 'latest', '-f', 'csv', '--table', 'fills', '--out', 'x-%'],
  ['sigma.exported/1', 'runs', 'export', 'latest', '-f', 'json', '--out', 'x-%.json'],
  ['sigma.report/1', 'report', 'latest'],
  ['sigma.report/1', 'report', 'latest', '--format', 'md'],
  ['sigma.report/1', 'report', 'latest', '--format', 'svg'],
  ['sigma.report/1', 'report', 'latest', '--format', 'png'],
  ['sigma.report/1', 'report', 'latest', '--format', 'json'],
  ['sigma.reproduction/1', 'reproduce', 'latest'],
  [
    'sigma.study/1',
    'optimize',
    '-s',
    'momentum',
    '--data',
    'prices.csv',
    '--space',
    'lookback=5:20:5',
    '--pareto',
    'sharpe,cagr',
  ],
  [
    'sigma.study/1',
    'sweep',
    '-s',
    'momentum',
    '--data',
    'prices.csv',
    '--trials',
    '20',
    '--method',
    'de',
    '--no-store',
  ],
  ['sigma.studies/1', 'studies', 'list'],
  ['sigma.study/1', 'studies', 'show', 'latest', '--top', '3'],
  ['sigma.exported/1', 'studies', 'export', 'latest', '-f', 'parquet', '--out', 'trials-%.parquet'],
  ['sigma.replay/1', 'replay', 'journal-%.jsonl'],
  [
    'sigma.dataset/1',
    'data',
    'import',
    'prices.csv',
    '--name',
    'mine-%',
    '--kind',
    'equity',
    '--currency',
    'USD',
    '--title',
    'mine',
    '--licence',
    'own',
    '--sessions',
    '24/7',
    '--periods-per-year',
    '365',
  ],
  ['sigma.datasets/1', 'data', 'list'],
  ['sigma.dataset/1', 'data', 'show', 'mine-%'],
  ['sigma.quality/1', 'data', 'check', 'mine-%', '--calendar', 'nyse'],
  ['sigma.dataset/1', 'data', 'resample', 'mine-%', '1w', '--partial'],
  ['sigma.exported/1', 'data', 'export', 'mine-%', 'mine-%.parquet', '--from', '2021-02-01'],
  ['sigma.exported/1', 'data', 'export', 'mine-%', 'mine-%.arrow', '--symbols', 'prices'],
  ['sigma.dataset/1', 'data', 'generate', 'syn-%', '--assets', '1', '--from', '2024-01-01', '--to', '2024-01-08'],
  ['sigma.removed/1', 'data', 'rm', 'mine-%', 'syn-%'],
  ['sigma.created/1', 'strategies', 'new', 'idea-%'],
  ['sigma.strategies/1', 'strategies', 'list'],
  ['sigma.strategy/1', 'strategies', 'show', 'breakout'],
  ['sigma.strategy-check/1', 'strategies', 'check', 'idea-%', '--data', 'prices.csv', '-p', 'slow=40', '--cuts', '3'],
  ['sigma.indicators/1', 'indicators', 'list', '--group', 'volatility'],
  ['sigma.indicator/1', 'indicators', 'show', 'macd'],
  ['sigma.metrics/1', 'metrics', 'list', '--group', 'drawdown'],
  ['sigma.planted-market/1', 'experiment', 'market', 'small-%', '--instruments', '2', '--days', '6'],
  ['sigma.created/1', 'features', 'new', 'fresh-%', '--data', 'planted'],
  ['sigma.features-check/1', 'features', 'check', 'planted.features.json'],
  ['sigma.dataset-built/1', 'dataset', 'build', ...planted, '--when', 'roc(close, 5) > 0.002', '--name', 'jumps'],
  ['sigma.dataset-built/1', 'dataset', 'build', ...planted, '--events', 'planted.csv'],
  ['sigma.discovery-made/1', 'discover', 'planted', '--min-cluster', '8'],
  ['sigma.validation-made/1', 'validate', 'planted', '--permutations', '99'],
  ['sigma.precursor-made/1', 'distill', 'planted', '--per-day', '5'],
  ['sigma.drift/1', 'drift', 'planted@candidate', '--events', 'planted.csv', '--from', '2024-05-23'],
  ['sigma.registry/1', 'registry', 'list'],
  ['sigma.artifact-shown/1', 'registry', 'show', 'levels@candidate'],
  ['sigma.alias-moved/1', 'registry', 'promote', 'levels@candidate', 'production-%'],
  ['sigma.alias-moved/1', 'registry', 'promote', 'levels@first', 'production-%'],
  ['sigma.alias-moved/1', 'registry', 'rollback', 'levels@production-%'],
  ['sigma.artifact-diff/1', 'registry', 'diff', 'levels@first', 'levels@candidate'],
  ['sigma.verification/1', 'registry', 'verify'],
  ['sigma.bundle-carried/1', 'registry', 'export', 'levels@candidate', '--out', 'levels-%'],
  ['sigma.bundle-carried/1', 'registry', 'import', 'levels-%'],
  ['sigma.garbage/1', 'registry', 'gc', '--dry-run'],
  ['sigma.doctor/1', 'doctor'],
];

/** Their data is a planted market. */
const ofTheResearch = /dataset-built|discovery-made|validation-made|precursor-made|drift/;

describe('every command', () => {
  it.each(commands)('%s: sigma %s %s %s', async (schema, ...args) => {
    const named = (mode: string): string[] => args.map((arg) => arg.replaceAll('%', mode));
    const text = await run(named('text'));
    expect(text.stderr).not.toContain('bug');
    expect(text.code).toBe(0);
    expect(text.stdout.trim()).not.toBe('');
    expect(() => JSON.parse(text.stdout)).toThrow();
    const json = await run([...named('json'), '--json', '--quiet']);
    expect(json.stderr).toBe('');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ schema });
    if (!ofTheResearch.test(schema)) return;
    expect(text.stdout).toContain('SYNTHETIC DATA');
    expect(JSON.parse(json.stdout)).toMatchObject({ synthetic: true });
  });

  it('has its document in docs/json.md', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/json.md', import.meta.url)), 'utf8');
    const printed = readdirSync(join(home, 'src/cli'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(home, 'src/cli', path), 'utf8'))
      .flatMap((source) => [...source.matchAll(/document\('(sigma\.[^']+)'/g)].map(([, name]) => name!));
    expect(printed.length).toBeGreaterThan(40);
    // A worker ends when it is told to, and needs a Redis: no page can be made of it in passing.
    const named = new Set([...commands.map(([name]) => name), ...printed].filter((name) => name !== 'sigma.worker/1'));
    for (const schema of named) expect(page).toContain(`\`${schema}\``);
  });
});
