/** Runs, studies and sessions take artifacts from the registry, note which they read, and can be made again after the alias has moved. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ArtifactSet,
  artifactSource,
  artifactsFor,
  artifactUpdates,
  blocksFromBars,
  createEngine,
  defaultRunConfig,
  type JournalEntry,
  openRegistry,
  replayJournal,
  resolveParams,
  runSession,
  type SigmaError,
  simulatedExchange,
  venueFor,
  withArtifactUpdates,
} from '../../src/lib/index.ts';
import { fileRunStore, fileTrialLedger, parquetTables } from '../../src/lib/registry/index.ts';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { replayFile, reproduceRun, runStrategy, strategySource } from '../../src/lib/runs/index.ts';
import { runStudy } from '../../src/lib/studies/index.ts';
import { createThreadPool } from '../../src/lib/workers/index.ts';
import { panel } from '../market.ts';
import { draft } from '../registry/artifacts/sample.ts';

const data = panel(['A', 'B'], 120, 5);

let folder = '';
let artifacts = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-artifacts-'));
  artifacts = join(folder, 'artifacts');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Saves a level and calls it `levels@production`. */
async function promote(level: number): Promise<string> {
  const store = openRegistry(artifacts);
  const { hash } = await store.save(draft(level));
  await store.move({ hash, alias: 'production', action: 'promote', note: '' });
  return hash;
}

/** Buys as many units as the level says, once, and logs each version it meets. */
const code = `
import { defineStrategy, integer, text } from 'sigma-quant';
const readLevel = (content: unknown): { level: number; told: boolean } => {
  const level = Number((content as { level?: unknown }).level);
  if (!(level >= 0)) throw new Error('the level is missing');
  return { level, told: false };
};
export default defineStrategy({
  name: 'leveller',
  params: { model: text({ default: 'levels@production' }), times: integer({ default: 1, min: 1, max: 9 }) },
  artifacts: { model: { reference: (p) => p.model, decode: readLevel, hint: 'make one with node make-levels.mjs' } },
  onBar: (ctx) => {
    const { model } = ctx.artifacts;
    if (model.told) return;
    model.told = true;
    ctx.log('level ' + model.level);
    ctx.submit({ kind: 'market', side: 'buy', quantity: model.level * ctx.params.times });
  },
});`;

const source = async () => {
  const path = join(folder, 'leveller.ts');
  await writeFile(path, code);
  return strategySource(path);
};
const context = () => ({
  markets: catalogMarkets(),
  ledger: fileTrialLedger(join(folder, 'ledger')),
  artifacts: artifactSource(openRegistry(artifacts)),
});
const messages = (log: Iterable<{ readonly message: string }>) => [...log].map(({ message }) => message);

describe('a run', () => {
  it('notes the hash of what it read, and is another run with another version', async () => {
    const first = await promote(1);
    const one = await runStrategy(await source(), { data }, context());
    expect(one.decision.artifacts).toEqual({ 'levels@production': first });
    await promote(2);
    const two = await runStrategy(await source(), { data }, context());
    expect([one.id === two.id, messages(two.result.log)]).toEqual([false, ['level 2']]);
    expect(two.metrics['trials']).toBe(2);
  });

  it('is reproduced with the version it read after the alias has moved on', async () => {
    await promote(1);
    const store = fileRunStore(join(folder, 'runs'), parquetTables);
    const { id } = await runStrategy(await source(), { data: 'us-bars', symbols: ['AAPL'] }, { ...context(), store });
    await promote(2);
    const stored = await store.load(id);
    const again = await reproduceRun(stored, {
      ...context(),
      artifacts: artifactSource(openRegistry(artifacts), stored.manifest.artifacts),
      scratch: fileRunStore(join(folder, 'scratch'), parquetTables),
    });
    expect(again.equal).toBe(true);
  });

  it('is neither equal nor different when its reproduction is stopped', async () => {
    await promote(1);
    const store = fileRunStore(join(folder, 'runs'), parquetTables);
    const { id } = await runStrategy(await source(), { data: 'us-bars', symbols: ['AAPL'] }, { ...context(), store });
    const scratch = fileRunStore(join(folder, 'scratch'), parquetTables);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(reproduceRun(await store.load(id), { ...context(), signal, scratch })).rejects.toThrow('enough');
  });

  it('is refused without the artifact, with the names there are and how to make one', async () => {
    const none = runStrategy(await source(), { data }, context());
    await expect(none).rejects.toMatchObject({
      code: 'usage/unknown-artifact',
      where: 'strategy leveller',
      found: "the registry has no artifact 'levels@production'",
      hint: expect.stringContaining('make one with node make-levels.mjs'),
    });
    await promote(1);
    const near = runStrategy(await source(), { data, params: { model: 'levels@producton' } }, context());
    await expect(near).rejects.toMatchObject({ hint: expect.stringContaining('levels@production') });
  });

  it('that is journalled is replayed without the registry', async () => {
    await promote(3);
    const journal = join(folder, 'session.jsonl');
    const run = await runStrategy(await source(), { data }, { ...context(), journal });
    await rm(artifacts, { recursive: true });
    const { equal, result } = await replayFile(journal);
    expect([equal, messages(result.log)]).toEqual([true, messages(run.result.log)]);
  });
});

describe('a study', () => {
  it('reads each artifact that its space names, in this thread and in others', async () => {
    await promote(1);
    const store = openRegistry(artifacts);
    const { hash } = await store.save(draft(4));
    await store.move({ hash, alias: 'candidate', action: 'promote', note: '' });
    const options = {
      data,
      space: { model: 'levels@production,levels@candidate', times: '1:2:1' },
      objective: 'totalReturn',
    };
    const alone = await runStudy(await source(), options, context());
    const pool = createThreadPool(1);
    try {
      const spread = await runStudy(await source(), options, {
        ...context(),
        executor: async (spec) => pool.open(spec),
      });
      expect(spread.view.top).toEqual(alone.view.top);
      expect(new Set(spread.view.top.map(({ figures }) => figures['totalReturn'])).size).toBe(4);
    } finally {
      await pool.close();
    }
  });
});

describe('a session', () => {
  it('goes on with a version that is promoted meanwhile, from the next instant on, and a replay does the same', async () => {
    await promote(1);
    const { strategy } = await source();
    const params = resolveParams(strategy);
    const registry = artifactSource(openRegistry(artifacts));
    const known: ArtifactSet = await artifactsFor(strategy, [params], registry);
    const blocks = blocksFromBars(data);
    const venue = venueFor(blocks, defaultRunConfig);
    const exchange = simulatedExchange({ source: blocks, venue });
    const problems: SigmaError[] = [];
    const look = artifactUpdates(registry, { known, everyMs: 0, onProblem: (problem) => problems.push(problem) });
    let instants = 0;
    const events = withArtifactUpdates(exchange.events, async () => {
      instants++;
      if (instants === 30) await promote(2);
      if (instants === 60) await promote(-1); // refused by the strategy
      if (instants === 70) await rm(artifacts, { recursive: true }); // unreadable from here on
      return look();
    });
    const options = { strategy, params, artifacts: known, instruments: blocks.instruments, config: defaultRunConfig };
    const entries: JournalEntry[] = [];
    const result = await runSession({
      engine: createEngine(options),
      timeframe: blocks.timeframe,
      instruments: blocks.instruments.length,
      events,
      venue: exchange.port,
      journal: { append: (entry) => void entries.push(JSON.parse(JSON.stringify(entry))) },
    });
    expect(messages(result.log)).toEqual([
      'level 1',
      expect.stringMatching(/^levels@production is [0-9a-f]{12} now$/),
      'level 2',
      expect.stringMatching(/stays in use: .*the level is missing/),
    ]);
    expect(problems[0]?.code).toBe('usage/unknown-artifact');
    expect(entries.filter((entry) => 'in' in entry && entry.in.kind === 'artifact').length).toBe(2);
    const replayed = replayJournal({
      engine: createEngine(options),
      timeframe: blocks.timeframe,
      instruments: blocks.instruments.length,
      entries,
    });
    expect([...replayed.log]).toEqual([...result.log]);
    expect([...replayed.equity.equity]).toEqual([...result.equity.equity]);
  });
});
