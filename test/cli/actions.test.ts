/** Splits and dividends through the command line: a four-for-one split changes prices, not wealth. */
import { describe, expect, it } from 'vitest';
import { barsCsv, inFolder } from './sigma.ts';

/** A quarter of the price from the hundredth day on, as a split leaves it. */
const split = barsCsv(200, (row, line) => {
  if (row < 100) return `${line},1,0`;
  const [time, ...cells] = line.split(',');
  return [time, ...cells.map((cell, i) => (i < 4 ? Number(cell) / 4 : Number(cell) * 4)), row === 100 ? 4 : 1, 0].join(
    ',',
  );
}).replace('volume\n', 'volume,split_coefficient,dividend_amount\n');
const actions = 'symbol,time,kind,ratio,amount\nraw,2021-04-11,split,4,\n';
const hold = ['backtest', '-s', 'buy-and-hold', '--json', '--whole-units', '--fees', 'none'] as const;

describe('sigma backtest --actions', () => {
  it('gives one result whether applied to prices or positions, from a table or the columns of the bars, and reproduces', async () => {
    await inFolder({ 'raw.csv': split, 'actions.csv': actions, 'smooth.csv': barsCsv(200) }, async (here) => {
      const run = async (...args: readonly string[]) => {
        const { stdout, stderr, code } = await here.sigma([...hold, ...args]);
        expect(code, stderr).toBe(0);
        return { ...JSON.parse(stdout), stderr };
      };
      const ignored = await run('--data', 'raw.csv');
      expect(ignored.stderr).toMatch(/carries 1 splits and dividends that were not applied.*--apply-actions/);
      expect(ignored.metrics.maxDrawdown).toBeLessThan(-0.7);
      const smooth = await run('--data', 'smooth.csv');
      const ways = [
        ['--data', 'raw.csv', '--actions', 'actions.csv'],
        ['--data', 'raw.csv', '--apply-actions', 'positions'],
        ['--data', 'raw.csv', '--apply-actions', 'prices', '--no-whole-units'],
      ];
      for (const way of ways) {
        const made = await run(...way);
        expect(made.totals.final / smooth.totals.final).toBeCloseTo(1, 2);
        expect(made.metrics.maxDrawdown).toBeGreaterThan(-0.5);
        expect((await here.sigma(['reproduce', made.id])).stdout).toContain('equal to the byte');
      }
    });
  });

  it('is met by later runs when it was imported, and taken out of prices when that was asked for', async () => {
    await inFolder({ 'raw.csv': split, 'actions.csv': actions }, async (here) => {
      const kept = await here.sigma(['data', 'import', 'raw.csv', '--name', 'kept', '--actions', 'actions.csv']);
      expect(kept.code, kept.stderr).toBe(0);
      expect(here.tree()).toHaveProperty('datasets/kept/actions.json');
      await here.sigma(['data', 'import', 'raw.csv', '--name', 'adjusted', '--apply-actions', 'prices']);
      expect(here.tree()).not.toHaveProperty('datasets/adjusted/actions.json');
      const weekly = await here.sigma(['data', 'resample', 'kept', '1w']);
      expect(weekly.code, weekly.stderr).toBe(0);
      for (const data of ['kept', 'kept-1w', 'adjusted']) {
        const { stdout } = await here.sigma([...hold, '--data', data, '--benchmark', 'none']);
        expect(JSON.parse(stdout).metrics.maxDrawdown).toBeGreaterThan(-0.5);
      }
      const wrong = await here.sigma([
        'data',
        'import',
        'raw.csv',
        '--name',
        'other',
        '--actions',
        'raw.csv',
        '--symbol',
        'X',
      ]);
      expect(wrong.stderr).toMatch(/raw\.csv: has no splits or dividends of these instruments/);
      expect(wrong.code).toBe(3);
    });
  });
});

describe('a column of adjusted closes', () => {
  it('is named where it is not used, and taken as closes alone where it is asked for', async () => {
    const both = barsCsv(200, (_, line) => `${line},${Number(line.split(',')[4]) / 2},1`).replace(
      'volume\n',
      'volume,adjusted_close,split_coefficient\n',
    );
    await inFolder({ 'raw.csv': both, 'raw/X.csv': both }, async (here) => {
      const named = /warning: raw\S* has a column adjusted_close that was not used; .*--columns "close=adjusted_close"/;
      expect((await here.sigma(['data', 'import', 'raw.csv'])).stderr).toMatch(named);
      expect((await here.sigma([...hold, '--data', './raw.csv'])).stderr).toMatch(named);
      expect((await here.sigma([...hold, '--data', './raw'])).stderr).toMatch(named);
      const chosen = ['data', 'import', 'raw.csv', '--name', 'adjusted', '--columns', 'close=adjusted_close'];
      expect((await here.sigma(chosen)).stderr).not.toContain('warning');
      const { stdout } = await here.sigma(['data', 'show', 'adjusted', '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ closeOnly: true });
    });
  });
});
