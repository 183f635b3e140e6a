/** Data sets through the command line: imported, shown, checked, resampled, exported, removed, and never harmed by a mistake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barsCsv, inFolder } from './sigma.ts';

describe('a data set', () => {
  it('goes from a CSV file through the catalog and back', async () => {
    await inFolder({ 'prices.csv': barsCsv(120) }, async (here) => {
      const imported = await here.sigma(['data', 'import', 'prices.csv', '--name', 'mine', '--title', 'my prices']);
      expect(imported.code).toBe(0);
      expect(imported.stderr).toMatch(/read as: delimiter ',', decimal '\.', with a header; times iso, zone UTC/);
      expect(imported.stdout).toMatch(/stored mine: 1 instrument, 120 bars of 1d, 2021-01-01 to 2021-04-30/);

      const before = here.tree();
      const again = await here.sigma(['data', 'import', 'prices.csv', '--name', 'mine']);
      expect(again.code).toBe(3);
      expect(again.stderr).toMatch(/mine/);
      expect(here.tree()).toEqual(before);

      const [listed, shown, checked, weekly, exported] = await Promise.all([
        here.sigma(['data', 'list']),
        here.sigma(['data', 'show', 'mine', '--json']),
        here.sigma(['data', 'check', 'mine', '--calendar', '24/7', '--min-score', '99']),
        here.sigma(['data', 'resample', 'mine', '1w']),
        here.sigma(['data', 'export', 'mine', 'out.csv', '--to', '2021-01-31']),
      ]);
      expect([listed.code, shown.code, checked.code, weekly.code, exported.code]).toEqual([0, 0, 0, 0, 0]);
      expect(listed.stdout).toContain('my prices');
      expect(JSON.parse(shown.stdout)).toMatchObject({ schema: 'sigma.dataset/1', name: 'mine', rows: 120 });
      expect(readFileSync(here.path('out.csv'), 'utf8').trim().split('\n')).toHaveLength(32);
      expect((await here.sigma(['data', 'show', 'mine-1w', '--json'])).stdout).toContain('"timeframe":"1w"');

      expect((await here.sigma(['data', 'rm', 'mine', 'mine-1w'])).code).toBe(0);
      expect((await here.sigma(['data', 'list'])).stdout).not.toContain('mine');
    });
  });

  it('whose instruments were chosen with hindsight says so in runs, stored ones and searches', async () => {
    await inFolder({ 'prices.csv': barsCsv(120) }, async (here) => {
      await here.sigma(['data', 'import', 'prices.csv', '--name', 'winners', '--hindsight']);
      await here.sigma(['data', 'import', 'prices.csv', '--name', 'all']);
      expect((await here.sigma(['data', 'resample', 'winners', '1w', '--json'])).stdout).toContain('"hindsight":true');
      const run = (data: string) => here.sigma(['backtest', '-s', 'buy-and-hold', '--data', data]);
      const [winners, all] = [await run('winners'), await run('all')];
      expect(winners.stdout).toContain('! Chosen with hindsight');
      expect(all.stdout).not.toContain('hindsight');
      const id = /run (\w+)/.exec(winners.stdout)![1]!;
      expect((await here.sigma(['runs', 'show', id])).stdout).toContain('! Chosen with hindsight');
      const searched = await here.sigma([
        'optimize',
        '-s',
        'momentum',
        '--data',
        'winners',
        '--space',
        'lookback=5:20:5',
      ]);
      expect(searched.stdout).toMatch(/Verdict: [^!]*! Chosen with hindsight/);
      expect((await here.sigma(['data', 'show', 'winners'])).stdout).toMatch(/chosen +with hindsight/);
      const lazy = await here.sigma(['backtest', '-s', 'momentum', '--data', 'all', '-p', 'lookback=20', '--json']);
      const allocated = await here.sigma(['allocate', id, JSON.parse(lazy.stdout).id, '--lookback', '60', '--json']);
      expect(JSON.parse(allocated.stdout).notes).toEqual([expect.stringContaining('survivorship bias')]);
    });
  });

  it('is repaired on import only when that was asked for', async () => {
    const broken = barsCsv(60, (row, line) => (row === 20 ? line.replace(/,\d+(\.\d+)?,/, ',-4,') : line));
    await inFolder({ 'broken.csv': broken }, async (here) => {
      const refused = await here.sigma(['data', 'import', 'broken.csv']);
      expect(refused.code).toBe(3);
      expect(here.tree()).not.toHaveProperty('datasets/broken/bars.parquet');
      const checked = await here.sigma(['data', 'check', 'broken.csv', '--min-score', '99.9']);
      expect(checked.code).toBe(4);
      expect(checked.stdout).toMatch(/broken +21 +2021-01-21 +not-positive/);
      const dropped = await here.sigma(['data', 'import', 'broken.csv', '--repair', 'drop', '--json']);
      expect(JSON.parse(dropped.stdout)).toMatchObject({ rows: 59 });
    });
  });

  it('that is generated is the same for the same seed and says that it is synthetic', async () => {
    await inFolder({}, async (here) => {
      const generate = async (name: string, seed: string) =>
        JSON.parse(
          (
            await here.sigma([
              'data',
              'generate',
              name,
              '--seed',
              seed,
              '--assets',
              '2',
              '--from',
              '2024-01-01',
              '--to',
              '2024-02-29',
              '--json',
            ])
          ).stdout,
        );
      const [a, b, c] = [await generate('a', '7'), await generate('b', '7'), await generate('c', '8')];
      expect(a).toMatchObject({ synthetic: true, rows: 2880 });
      expect(b.contentHash).toBe(a.contentHash);
      expect(c.contentHash).not.toBe(a.contentHash);
      const run = await here.sigma([
        'backtest',
        '-s',
        'buy-and-hold',
        '--data',
        'a',
        '--timeframe',
        '1d',
        '--detail',
        '1h',
      ]);
      expect(run.stdout).toContain('SYNTHETIC DATA');
      expect((await here.sigma(['runs', 'list'])).stdout).toMatch(/ a +SYNTHETIC /);
      const compared = await here.sigma(['runs', 'compare', 'latest', 'latest', '--json']);
      expect(JSON.parse(compared.stdout)).toMatchObject({ synthetic: true });
      expect(run.stdout).toContain('1d');

      // Finer bars of a file decide a run by what they are; where they lie is noted beside it.
      await here.sigma(['data', 'export', 'a', 'hours.parquet']);
      const daily = ['backtest', '-s', 'buy-and-hold', '--data', 'a', '--timeframe', '1d', '--json'] as const;
      const fine = await here.sigma([...daily, '--detail', here.path('hours.parquet')]);
      const { id } = JSON.parse(fine.stdout);
      const stored = (name: string) => readFileSync(here.path(join('artifacts', 'runs', id, name)), 'utf8');
      expect(JSON.parse(stored('manifest.json')).config.detail).toBe('hours');
      expect(JSON.parse(stored('meta.json')).source.detail).toBe(here.path('hours.parquet'));
      expect(stored('manifest.json')).not.toContain(here.path(''));
      expect((await here.sigma(['reproduce', id])).stdout).toContain('equal to the byte');
    });
  });

  it('cannot be removed when it belongs to the package', async () => {
    await inFolder({}, async (here) => expect((await here.sigma(['data', 'rm', 'us-equities'])).code).toBe(2));
  });
});

describe('a strategy of one’s own', () => {
  it('is written, checked, found by name, and caught when it looks ahead', async () => {
    const peeking =
      "import { defineStrategy } from 'sigma-quant';\nconst seen: number[] = [];\nexport default defineStrategy({ name: 'peeking', target: (row) => {\n  // What an earlier run left behind tells the next one the future.\n  seen.push(row.close);\n  return seen.length > 450 ? 1 : 0;\n} });\n";
    await inFolder({ 'prices.csv': barsCsv(400), 'peeking.ts': peeking }, async (here) => {
      const made = await here.sigma(['strategies', 'new', 'idea']);
      expect(made.code).toBe(0);
      const before = here.tree();
      expect((await here.sigma(['strategies', 'new', 'idea'])).code).toBe(3);
      expect(here.tree()).toEqual(before);
      const [run, checked, shown, caught] = await Promise.all([
        here.sigma(['backtest', '-s', 'idea', '-p', 'slow=40', '--data', 'prices.csv', '--no-store', '--json']),
        here.sigma(['strategies', 'check', 'idea', '--data', 'prices.csv']),
        here.sigma(['strategies', 'show', 'idea', '--json']),
        here.sigma(['strategies', 'check', './peeking.ts', '--data', 'prices.csv']),
      ]);
      expect(JSON.parse(run.stdout).strategy.name).toBe('idea');
      expect(checked.stdout).toContain('no look-ahead found');
      expect(JSON.parse(shown.stdout).params.fast.default).toBe(20);
      expect(caught.code).toBe(4);
    });
  });
});
