/** Stored runs: whole or not at all, checked when read, named by what decided them. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { frame } from '../../src/lib/frame/index.ts';
import {
  fileRunStore,
  type RunContent,
  type RunDecision,
  resolveRun,
  runId,
  type TableFiles,
} from '../../src/lib/registry/index.ts';

/** Tables as JSON: the store knows nothing of their format. */
const jsonTables: TableFiles = {
  extension: 'json',
  write: (table, path) =>
    writeFile(path, JSON.stringify(Object.fromEntries(table.names.map((n) => [n, [...table.column(n)]])))),
  read: async (path) => frame(JSON.parse(await readFile(path, 'utf8'))),
};

const decision: RunDecision = {
  schema: 'sigma.run/1',
  strategy: { name: 'momentum', codeHash: 'c0de' },
  params: { lookback: 90 },
  config: { seed: 1 },
  data: {
    name: 'us-equities',
    contentHash: 'da7a',
    timeframe: '1d',
    symbols: ['AAPL'],
    from: '2021-01-04T00:00:00.000Z',
    to: '2021-12-31T00:00:00.000Z',
    rows: 252,
    closeOnly: true,
    synthetic: false,
    licence: 'BSD-3-Clause',
  },
  seed: 1,
  versions: { sigma: '0.1.0', node: '20.20.2' },
  status: 'complete',
};

function content(changes: Partial<RunContent> = {}): RunContent {
  const table = frame({ id: Int32Array.of(1, 2), symbol: ['AAPL', 'AAPL'], price: Float64Array.of(1.5, 2.5) });
  return {
    decision,
    meta: {
      created: '2026-01-01T00:00:00.000Z',
      durationMs: 12,
      source: { strategy: 'momentum', data: 'us-equities' },
    },
    tables: { orders: table, fills: table, trades: table, equity: table },
    metrics: { sharpe: 1.25, alpha: Number.NaN, profitFactor: Number.POSITIVE_INFINITY },
    intervals: { sharpe: [0.5, 2] },
    log: [{ time: 1, level: 'info', message: 'warm' }],
    outcome: { totals: { initial: 1, final: 2 } },
    code: 'export default {}',
    ...changes,
  };
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof SigmaError ? error.code : String(error)),
  );

describe('the id of a run', () => {
  it('is the same for the same decision whatever the order of its keys', () => {
    const reordered = Object.fromEntries(Object.entries(decision).reverse()) as RunDecision;
    expect(runId(reordered)).toBe(runId(decision));
    expect(runId(decision)).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    ['a parameter', { params: { lookback: 91 } }],
    ['the seed', { seed: 2 }],
    ['the code', { strategy: { name: 'momentum', codeHash: 'c0df' } }],
    ['the data', { data: { ...decision.data, contentHash: 'other' } }],
    ['the benchmark', { benchmark: 'AAPL' }],
    ['the Node version', { versions: { sigma: '0.1.0', node: '22.0.0' } }],
    ['being partial', { status: 'partial' as const }],
  ])('changes with %s', (_what, change) => {
    expect(runId({ ...decision, ...change })).not.toBe(runId(decision));
  });

  it('does not depend on when or how long the run was made', async () => {
    const store = fileRunStore(folder, jsonTables);
    const first = await store.save(content());
    const second = await store.save(
      content({ meta: { created: '2030-01-01T00:00:00.000Z', durationMs: 99, source: { strategy: 'x', data: 'y' } } }),
    );
    expect(second).toEqual({ id: first.id, outcome: 'same' });
  });
});

describe('a stored run', () => {
  it('comes back as it was saved, missing and infinite figures included', async () => {
    const store = fileRunStore(folder, jsonTables);
    const { id, outcome } = await store.save(content());
    expect(outcome).toBe('new');
    const run = await store.load(id);
    expect(run.metrics).toEqual({ sharpe: 1.25, alpha: Number.NaN, profitFactor: Number.POSITIVE_INFINITY });
    expect(run.intervals).toEqual({ sharpe: [0.5, 2] });
    expect(run.log).toEqual([{ time: 1, level: 'info', message: 'warm' }]);
    expect(run.code).toBe('export default {}');
    expect([...(await run.table('fills')).column('price')]).toEqual([1.5, 2.5]);
    expect(Object.keys(run.manifest.files)).toContain('orders.json');
  });

  it.each(['orders.json', 'metrics.json', 'log.jsonl', 'strategy.mjs', 'outcome.json'])(
    'is refused when %s was changed',
    async (name) => {
      const store = fileRunStore(folder, jsonTables);
      const { id } = await store.save(content());
      await writeFile(join(folder, id, name), '{"metrics":{},"intervals":{}}');
      expect(await codeOf(store.load(id))).toBe('store/corrupt');
    },
  );

  it('is refused when a file is gone or the manifest was edited', async () => {
    const store = fileRunStore(folder, jsonTables);
    const { id } = await store.save(content());
    const manifest = join(folder, id, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await rm(join(folder, id, 'equity.json'));
    expect(await codeOf(store.load(id))).toBe('store/corrupt');
    await writeFile(manifest, text.replace('"lookback":90', '"lookback":95'));
    expect(await codeOf(store.load(id))).toBe('store/corrupt');
    await writeFile(manifest, text.slice(0, 20));
    expect(await codeOf(store.load(id))).toBe('store/corrupt');
  });

  it('takes the place of an earlier one of its id whose results differ', async () => {
    const store = fileRunStore(folder, jsonTables);
    await store.save(content());
    const { id, outcome } = await store.save(content({ metrics: { sharpe: 2 } }));
    expect(outcome).toBe('replaced');
    expect((await store.load(id)).metrics).toEqual({ sharpe: 2 });
  });

  it('keeps notes beside what is hashed', async () => {
    const store = fileRunStore(folder, jsonTables);
    const { id } = await store.save(content());
    await store.annotate(id, 'before fees were raised');
    await store.annotate(id, 'two lines\nin one note');
    expect((await store.load(id)).notes.map((note) => note.text)).toEqual([
      'before fees were raised',
      'two lines\nin one note',
    ]);
  });

  it('is gone after it was removed, and cannot be removed twice', async () => {
    const store = fileRunStore(folder, jsonTables);
    const { id } = await store.save(content());
    await store.remove(id);
    expect(await store.list()).toEqual([]);
    expect(await codeOf(store.remove(id))).toBe('usage/unknown-run');
    expect(await codeOf(store.annotate(id, 'x'))).toBe('usage/unknown-run');
  });
});

describe('the store', () => {
  it('lists newest first and passes over what is no run', async () => {
    const store = fileRunStore(folder, jsonTables);
    expect(await fileRunStore(join(folder, 'not-there'), jsonTables).list()).toEqual([]);
    const meta = content().meta;
    await store.save(content({ meta: { ...meta, created: '2026-01-01T00:00:00.000Z' } }));
    await store.save(
      content({ decision: { ...decision, seed: 2 }, meta: { ...meta, created: '2026-01-03T00:00:00.000Z' } }),
    );
    await mkdir(join(folder, 'something-else'));
    await mkdir(join(folder, '0123456789ab'));
    expect((await store.list()).map((run) => run.manifest.seed)).toEqual([2, 1]);
  });

  it('leaves nothing behind when a table cannot be written', async () => {
    const failing: TableFiles = { ...jsonTables, write: () => Promise.reject(new Error('No space left on device')) };
    const store = fileRunStore(folder, failing);
    expect(await codeOf(store.save(content()))).toBe('store/write-failed');
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps the earlier run whole when its replacement cannot be written', async () => {
    const { id } = await fileRunStore(folder, jsonTables).save(content());
    const failing: TableFiles = { ...jsonTables, write: () => Promise.reject(new Error('No space left on device')) };
    expect(await codeOf(fileRunStore(folder, failing).save(content({ metrics: {} })))).toBe('store/write-failed');
    expect((await fileRunStore(folder, jsonTables).load(id)).metrics['sharpe']).toBe(1.25);
    expect(await readdir(folder)).toEqual([id]);
  });

  it('says so when its folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await codeOf(fileRunStore(join(folder, 'file', 'runs'), jsonTables).save(content()))).toBe(
      'store/write-failed',
    );
  });

  it('stores once when many save the same run at the same time', async () => {
    const stores = Array.from({ length: 8 }, () => fileRunStore(folder, jsonTables));
    const outcomes = await Promise.all(stores.map((store) => store.save(content())));
    expect(new Set(outcomes.map((o) => o.id)).size).toBe(1);
    expect(outcomes.filter((o) => o.outcome === 'new')).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(1);
    expect((await stores[0]!.load(outcomes[0]!.id)).metrics['sharpe']).toBe(1.25);
  });
});

describe('a reference to a run', () => {
  const ids = ['aaaa00000001', 'aaaa00000002', 'bbbb00000003'];

  it('is an id, the only start of one, or latest', () => {
    expect(resolveRun('latest', ids)).toBe('aaaa00000001');
    expect(resolveRun('b', ids)).toBe('bbbb00000003');
    expect(resolveRun('aaaa00000002', ids)).toBe('aaaa00000002');
  });

  it('is refused when several or none match, and says which', () => {
    expect(() => resolveRun('aaaa', ids)).toThrow(/start of 2 runs.*aaaa00000001, aaaa00000002/);
    expect(() => resolveRun('cccc', ids)).toThrow(/no stored run 'cccc'/);
    expect(() => resolveRun('latest', [])).toThrow(/no run is stored yet/);
  });
});
