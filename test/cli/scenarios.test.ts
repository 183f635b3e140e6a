/** Scenarios as a user runs them: exit codes, what is printed, what is kept. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inFolder } from './sigma.ts';

const walk = `title: A walk
description: One asset walks.
market:
  synthetic:
    seed: 5
    timeframe: 1d
    from: 2019-01-01
    to: 2021-01-01
    assets: [{ symbol: A, price: 10, volatility: 0.3 }]
strategies:
  momentum:
    params: { lookback: 20 }
    expect: { orders: [1, null] }
`;

it('lists and shows the shipped scenarios', async () => {
  await inFolder({}, async ({ sigma }) => {
    const [listed, shown] = await Promise.all([
      sigma(['scenarios', 'list']),
      sigma(['scenarios', 'show', 'flash-crash', '--json']),
    ]);
    expect([listed.code, shown.code]).toEqual([0, 0]);
    expect(listed.stdout).toMatch(/flash-crash +synthetic +\d+ {2}Down by a third/);
    expect(JSON.parse(shown.stdout)).toMatchObject({ schema: 'sigma.scenario/1', name: 'flash-crash' });
  });
});

it('accepts results, guards them, and exits 4 with what moved by how much', async () => {
  await inFolder({}, async (here) => {
    mkdirSync(here.path('scenarios'));
    writeFileSync(here.path('scenarios/walk.yaml'), walk);
    const fresh = await here.sigma(['scenarios', 'run', '--no-speed']);
    expect(fresh.code).toBe(0);
    expect(fresh.stdout).toMatch(/1 not in the baseline yet, sigma scenarios run --update adds them/);
    expect((await here.sigma(['scenarios', 'run', '--update', '--no-speed'])).code).toBe(0);
    expect((await here.sigma(['scenarios', 'run', 'walk', '--no-speed'])).stdout).toMatch(
      /ok\n\nno regression in 1 cases/,
    );

    writeFileSync(here.path('scenarios/walk.yaml'), walk.replace('lookback: 20', 'lookback: 21'));
    const moved = await here.sigma(['scenarios', 'run', '--no-speed']);
    expect(moved.code).toBe(4);
    expect(moved.stdout).toMatch(/walk\/momentum: pnl moved from -?[\d.]+ to -?[\d.]+ \([+-][\d.]+, [+-][\d.]+%\)/);
    const document = await here.sigma(['scenarios', 'run', '--no-speed', '--json']);
    expect(document.code).toBe(4);
    expect(JSON.parse(document.stdout)).toMatchObject({ schema: 'sigma.scenario-results/1', regressions: 1 });
  });
});

it('says where a file is wrong and leaves the baseline alone', async () => {
  await inFolder({}, async (here) => {
    mkdirSync(here.path('scenarios'));
    writeFileSync(here.path('scenarios/walk.yaml'), walk);
    await here.sigma(['scenarios', 'run', '--update', '--no-speed']);
    const before = readFileSync(here.path('scenarios/baseline.json'), 'utf8');
    writeFileSync(here.path('scenarios/bad.yaml'), walk.replace('params', 'parms'));
    const { code, stderr } = await here.sigma(['scenarios', 'run', '--update']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:12:5: strategies\.momentum\.parms: there is no such key/);
    expect(readFileSync(here.path('scenarios/baseline.json'), 'utf8')).toBe(before);
  });
});
