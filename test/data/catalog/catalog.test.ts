import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  contentHash,
  listDatasets,
  openDataset,
  packageRoot,
  removeDataset,
  saveDataset,
  writeCsv,
  writeParquet,
} from '../../../src/lib/data/index.ts';
import { barsFixture } from '../bars-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const catalog = { folders: [join(folder, 'datasets')] };
const bars = [barsFixture('AAA', 300, { instrument: { kind: 'equity' } }), barsFixture('BBB', 200, { seed: 2 })];

describe('a stored data set', () => {
  it('is found by name, listed, read whole and in part, and removed', async () => {
    await saveDataset({ name: 'mine', title: 'Mine', licence: 'CC0-1.0', sessions: 'nyse' }, bars, catalog);
    expect((await listDatasets(catalog)).map((e) => e.name)).toEqual(['mine']);
    const dataset = await openDataset('mine', catalog);
    expect(dataset.meta).toMatchObject({
      rows: 500,
      timeframe: '1d',
      closeOnly: false,
      contentHash: contentHash(bars),
      periodsPerYear: 252,
    });
    expect((await dataset.read())[0]!.instrument).toEqual(bars[0]!.instrument);
    const [part] = await dataset.read({ symbols: ['BBB'], from: bars[1]!.time[150]! });
    expect(Array.from(part!.close)).toEqual(Array.from(bars[1]!.close.subarray(150)));
    expect((await dataset.source({ symbols: ['BBB'] })).rows).toBe(200);
    await expect(dataset.read({ symbols: ['AAB'] })).rejects.toMatchObject({ code: 'usage/unknown-instrument' });
    await removeDataset('mine', catalog);
    expect(await listDatasets(catalog)).toEqual([]);
    await expect(removeDataset('../mine', catalog)).rejects.toMatchObject({ code: 'usage/unknown-dataset' });
  });

  it('is not overwritten unless asked, and nothing half-written stays', async () => {
    await saveDataset({ name: 'kept' }, bars, catalog);
    const before = readFileSync(join(folder, 'datasets/kept/dataset.json'), 'utf8');
    await expect(saveDataset({ name: 'kept' }, bars.slice(1), catalog)).rejects.toMatchObject({ code: 'data/exists' });
    expect(readFileSync(join(folder, 'datasets/kept/dataset.json'), 'utf8')).toBe(before);
    await saveDataset({ name: 'kept' }, bars.slice(1), { ...catalog, replace: true });
    expect((await openDataset('kept', catalog)).meta.rows).toBe(200);
    expect(readdirSync(join(folder, 'datasets'))).toEqual(['kept']);
    await expect(saveDataset({ name: '../out' }, bars, catalog)).rejects.toMatchObject({ code: 'usage/bad-option' });
    await expect(saveDataset({ name: 'none' }, [], catalog)).rejects.toMatchObject({ code: 'data/empty' });
  });

  it('with a description that is broken is listed with its problem', async () => {
    const broken = join(folder, 'broken', 'bad');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'dataset.json'), '{"name": "bad", "rows": "many"}');
    const [entry] = await listDatasets({ folders: [join(folder, 'broken')] });
    expect(entry).toMatchObject({ name: 'bad', problem: { code: 'data/unreadable' } });
    writeFileSync(join(broken, 'dataset.json'), '{');
    await expect(openDataset('bad', { folders: [join(folder, 'broken')] })).rejects.toMatchObject({
      code: 'data/unreadable',
    });
  });

  it('is suggested when its name is misspelt', async () => {
    await saveDataset({ name: 'us-equities' }, bars, { ...catalog, replace: true });
    await expect(openDataset('us-equites', catalog)).rejects.toMatchObject({
      code: 'usage/unknown-dataset',
      hint: 'did you mean us-equities?',
      exitCode: 2,
    });
  });
});

describe('an anonymous data set', () => {
  it('is a CSV file, a Parquet file or a directory, with one content hash', async () => {
    const csv = join(folder, 'AAA.csv');
    const parquet = join(folder, 'other', 'AAA.parquet');
    await writeCsv(csv, [bars[0]!]);
    await writeParquet(parquet, [bars[0]!]);
    const sets = [await openDataset(csv), await openDataset(parquet), await openDataset(join(folder, 'other'))];
    for (const dataset of sets) {
      expect(dataset.meta).toMatchObject({ rows: 300, timeframe: '1d', contentHash: contentHash([bars[0]!]) });
      expect((await dataset.read({ from: bars[0]!.time[290]! }))[0]!.time.length).toBe(10);
    }
    expect(sets[0]!.meta.name).toBe('AAA');
  });

  it('of a market that rests at weekends has about 252 periods a year', async () => {
    const daily = barsFixture('AAA', 700);
    const workdays = Array.from(daily.time, (t, i) => (new Date(t).getUTCDay() % 6 === 0 ? -1 : i)).filter(
      (i) => i >= 0,
    );
    const csv = join(folder, 'week.csv');
    writeFileSync(
      csv,
      `time,close\n${workdays.map((i) => `${new Date(daily.time[i]!).toISOString()},${daily.close[i]}`).join('\n')}\n`,
    );
    expect((await openDataset(csv)).meta.periodsPerYear).toBe(252);
  });
});

describe('the content hash', () => {
  it('does not depend on the order of instruments and depends on every value', () => {
    expect(contentHash([bars[1]!, bars[0]!])).toBe(contentHash(bars));
    const close = bars[0]!.close.slice();
    close[7] = close[7]! + 1e-12;
    expect(contentHash([{ ...bars[0]!, close }, bars[1]!])).not.toBe(contentHash(bars));
  });
});

it('finds the data sets that come with the package from any folder', async () => {
  expect(existsSync(join(packageRoot(), 'package.json'))).toBe(true);
  const names = (await listDatasets({ project: folder })).map((e) => e.name);
  expect(names).toContain('us-equities');
});
