/** A history too long to hold is streamed, and makes the same run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveDataset } from '../../src/lib/data/index.ts';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import { type CorporateAction, DAY } from '../../src/lib/model/index.ts';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { buyAndHold, type RunOptions, runStrategy, strategySource } from '../../src/lib/runs/index.ts';
import { digestOf } from '../../src/lib/runs/stream-digest.ts';
import { panel, START } from '../market.ts';

const bars = panel(['A', 'B', 'C'], 1500, 7);
let folder = '';
let data = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-stream-'));
  data = (await saveDataset({ name: 'walks' }, bars, { folders: [folder] })).location;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = async (rowsInMemory: number, options: RunOptions = {}) =>
  runStrategy(
    await strategySource('momentum'),
    { data, from: '2022-01-01', params: { lookback: 40 }, ...options },
    { markets: catalogMarkets(), rowsInMemory, ledger: undefined },
  );

describe('a streamed run', () => {
  it.each<[string, RunOptions]>([
    ['all instruments', {}],
    ['some instruments', { symbols: ['C', 'A'] }],
    ['a benchmark among the traded', { benchmark: 'B' }],
    ['both intrabar paths', { path: 'bounds', wholeUnits: true }],
    ['a last day', { to: '2023-06-30' }],
  ])('of %s gives the tables, figures and benchmark of one in memory', async (_what, options) => {
    const [held, streamed] = [await run(Number.POSITIVE_INFINITY, options), await run(0, options)];
    for (const [name, table] of Object.entries(held.tables))
      for (const column of table.names)
        expect(streamed.tables[name as keyof typeof held.tables].column(column)).toEqual(table.column(column));
    expect(streamed.metrics).toEqual(held.metrics);
    expect(streamed.view.bounds).toEqual(held.view.bounds);
    expect(streamed.view.quality).toEqual([]);
    expect(streamed.warnings.join()).toMatch(/streamed.*data check/);
    expect(held.warnings).toEqual([]);
  });

  it('refuses to adjust prices that it cannot hold', async () => {
    const actions: CorporateAction[] = [{ kind: 'split', symbol: 'A', time: START + 900 * DAY, ratio: 2 }];
    await expect(run(0, { actions, applyActions: 'prices' })).rejects.toThrow(/too many bars.*data import/);
    expect((await run(0, { actions })).decision.actions?.count).toBe(1);
  });

  it('refuses a range that only warms up', async () => {
    await expect(run(0, { from: '2031-01-01' })).rejects.toMatchObject({ code: 'usage/empty-range' });
  });
});

describe('what is kept of a stream', () => {
  it('is a bounded number of rows with the extremes and the volume of all', () => {
    const digest = digestOf(blocksFromBars(bars), { start: Number.NEGATIVE_INFINITY, cash: 1, points: 3 * 256 });
    for (const _ of digest.source.blocks());
    digest.bars().forEach((thin, i) => {
      const whole = bars[i]!;
      expect(thin.time.length).toBeLessThanOrEqual(256);
      expect(thin.time.length).toBeGreaterThan(100);
      expect(Math.max(...thin.high)).toBe(Math.max(...whole.high));
      expect(Math.min(...thin.low)).toBe(Math.min(...whole.low));
      expect(thin.close.at(-1)).toBe(whole.close.at(-1));
      expect(thin.open[0]).toBe(whole.open[0]);
      const sum = (column: Float64Array): number => column.reduce((a, b) => a + b, 0);
      expect(sum(thin.volume)).toBeCloseTo(sum(whole.volume), 3);
    });
  });

  it('holds as buy and hold does, from the start that counts', () => {
    const start = START + 700 * DAY;
    const digest = digestOf(blocksFromBars(bars), { start, cash: 1000 });
    for (const _ of digest.source.blocks());
    const times = Float64Array.from(bars[0]!.time, (time) => time + DAY).filter((time) => time > start);
    expect(digest.held(times.length)).toEqual(buyAndHold(bars, times, 1000));
  });
});
