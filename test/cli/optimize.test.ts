/** `sigma optimize` as a user meets it: mistakes named, interruptions survived, nothing evaluated twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { barsCsv, binary, inFolder } from './sigma.ts';

const search = ['optimize', '-s', 'momentum', '--data', 'prices.csv', '--threads', '1'];

describe('sigma optimize', () => {
  it.each<[RegExp, number, ...string[]]>([
    [/did you mean lookback/, 2, '--space', 'lookbak=5:20'],
    [/both searched and held/, 2, '--space', 'lookback=5:20', '-p', 'lookback=9'],
    [/is empty/, 2, '--space', 'lookback=20:5'],
    [/--space lookback: no values are given/, 2, '--space', 'lookback='],
    [/no point of the space meets/, 2, '--where', 'lookback<threshold', '--method', 'random'],
    [/did you mean sharpe/, 2, '--objective', 'sharp'],
    [/neither a figure nor a parameter/, 2, '--where', 'maxdrawdwn>-0.3'],
    [/windows of 250 periods/, 3, '--walk-forward', '60'],
    [/groups of 250 periods are too short/, 3, '--cpcv', '40,2'],
    [/no share of the range|out of range/, 2, '--holdout', '2'],
    [/is not groups,tested/, 2, '--cpcv', 'six'],
    [/shapes a walk-forward/, 2, '--anchored'],
    [/cannot stop some early/, 2, '--halving', '--method', 'tpe'],
    [/not known of a part of the time/, 2, '--cpcv', '--objective', 'winRate', '--space', 'lookback=5:8'],
    [/meets sharpe>99/, 3, '--where', 'sharpe>99', '--space', 'lookback=5:8'],
  ])('says %s', async (message, exit, ...args) => {
    await inFolder({ 'prices.csv': barsCsv(250) }, async ({ sigma, path }) => {
      const { code, stderr, stdout } = await sigma([...search, ...args]);
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([exit, '']);
      expect(existsSync(path('artifacts/runs'))).toBe(false);
    });
  });

  it('ends with exit code 3 when a set throws, after it has measured the others', async () => {
    const strategy = `import { defineStrategy, integer } from 'sigma-quant';
export default defineStrategy({
  name: 'moody',
  params: { n: integer({ default: 1, min: 1, max: 5 }) },
  target: (row, p) => { if (p.n === 3) throw new Error('not three'); return p.n % 2; },
});
`;
    await inFolder({ 'prices.csv': barsCsv(250), 'moody.ts': strategy }, async ({ sigma }) => {
      const { code, stdout } = await sigma(['optimize', '-s', './moody.ts', '--data', 'prices.csv', '--json']);
      const document = JSON.parse(stdout);
      expect(code).toBe(3);
      expect(document.counts).toMatchObject({ trials: 5, failed: 1 });
      expect(document.failures[0]).toMatchObject({ params: { n: 3 }, code: 'strategy/threw' });
    });
  });

  it('counts trials without keeping a study, and deflates later backtests of the family by them', async () => {
    await inFolder({ 'prices.csv': barsCsv(250) }, async ({ sigma, path }) => {
      await sigma([...search, '--space', 'lookback=5:24', '--no-store']);
      expect(existsSync(path('artifacts/studies'))).toBe(false);
      const run = JSON.parse((await sigma(['backtest', '-s', 'momentum', '--data', 'prices.csv', '--json'])).stdout);
      // Twenty searched and the one just made.
      expect(run.metrics.trials).toBe(21);
      expect(run.metrics.dsr).toBeLessThan(run.metrics.psr);
      const [listed] = JSON.parse((await sigma(['runs', 'list', '--json'])).stdout).runs;
      expect(listed.metrics.dsr).toBeCloseTo(run.metrics.dsr, 12);
      expect((await sigma(['reproduce', 'latest'])).code).toBe(0);
    });
  });

  it('is taken up where Ctrl-C stopped it, and ends as if it had not been stopped', async () => {
    const args = ['-s', 'momentum', '--data', 'prices.csv', '--trials', '400', '--method', 'random', '--threads', '1'];
    await inFolder({ 'prices.csv': barsCsv(1500) }, async ({ sigma, path }) => {
      const child = spawn(process.execPath, [binary, 'optimize', ...args, '--engine', 'event'], {
        cwd: path('.'),
        env: { PATH: process.env['PATH'] ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const exit = once(child, 'exit');
      // The journal changes when the first batch has been evaluated.
      for await (const { filename, eventType } of watch(path('.'), { recursive: true }))
        if (eventType === 'change' && filename?.endsWith('search.journal') === true) break;
      child.kill('SIGINT');
      const [code] = await exit;
      const rest = JSON.parse((await sigma(['optimize', ...args, '--engine', 'event', '--json'])).stdout);
      const whole = JSON.parse(
        (await sigma(['optimize', ...args, '--engine', 'event', '--json', '--artifacts', 'other'])).stdout,
      );
      // A fast machine may have been done before it was interrupted.
      if (code === 130) expect(rest.evaluated).toBeLessThan(400);
      expect(rest.top).toEqual(whole.top);
      expect(rest.honesty).toEqual(whole.honesty);
    });
  });
});
