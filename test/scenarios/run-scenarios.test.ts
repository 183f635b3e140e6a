/** Scenarios against bands and baseline: what counts as a regression, and what an update accepts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { loadScenarios, runScenarios, type ScenariosOptions } from '../../src/lib/scenarios/index.ts';

const scenario = (expect: string, seed = 5): string => `title: A walk
description: Two assets walk.
market:
  synthetic:
    seed: ${seed}
    timeframe: 1d
    from: 2019-01-01
    to: 2021-01-01
    assets:
      - { symbol: A, price: 10, volatility: 0.3 }
      - { symbol: B, price: 20, volatility: 0.3 }
strategies:
  momentum:
    params: { lookback: 20 }
    expect: ${expect}
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-scenarios-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (options: Partial<ScenariosOptions> = {}) =>
  runScenarios({ markets: catalogMarkets(), folder, speed: false, ...options });

describe('running scenarios', () => {
  it('calls a case new until its results are accepted, then the same', async () => {
    write('walk.yaml', scenario('{ orders: [1, null] }'));
    const first = await run();
    expect(first.cases.map((one) => [one.scenario, one.case, one.baseline, one.regression])).toEqual([
      ['walk', 'momentum', 'new', false],
    ]);
    expect((await run({ update: true })).updated).toBe(true);
    const again = await run();
    expect(again).toMatchObject({ regressions: 0, missing: [], cases: [{ baseline: 'same', moved: [] }] });
    // The same seed gives the same figures to the last bit.
    expect(again.cases[0]!.figures).toEqual(first.cases[0]!.figures);
  });

  it('reports a figure that moved by how much, and that the market is another one', async () => {
    write('walk.yaml', scenario('{}'));
    await run({ update: true });
    write('walk.yaml', scenario('{}', 6));
    const { cases, regressions } = await run();
    expect(regressions).toBe(1);
    expect(cases[0]).toMatchObject({ baseline: 'moved', marketChanged: true, regression: true });
    const pnl = cases[0]!.moved.find((each) => each.figure === 'pnl');
    expect(pnl?.now).toBe(cases[0]!.figures['pnl']);
    expect(pnl?.before).not.toBe(pnl?.now);
    expect((await run({ update: true })).regressions).toBe(0);
  });

  it('holds bands even when the baseline is accepted', async () => {
    write('walk.yaml', scenario('{ orders: [0, 1], trades: [1000, null] }'));
    const { cases, regressions } = await run({ update: true });
    expect(regressions).toBe(1);
    expect(cases[0]!.broken.map((each) => each.figure)).toEqual(['orders', 'trades']);
  });

  it('takes a figure that is not a number to be outside of every band', async () => {
    write(
      'walk.yaml',
      scenario('{ winRate: [0, 1], orders: 0 }').replace('lookback: 20', 'lookback: 20, threshold: 0.5'),
    );
    const { cases } = await run();
    expect(cases[0]!.figures['orders']).toBe(0);
    expect(cases[0]!.broken.map((each) => each.figure)).toEqual(['winRate']);
  });

  it('counts a case that is gone as a regression of the whole suite, not of a chosen part', async () => {
    write('walk.yaml', scenario('{}'));
    write('other.yaml', scenario('{}'));
    await run({ update: true });
    rmSync(join(folder, 'other.yaml'));
    expect(await run()).toMatchObject({ missing: ['other/momentum'], regressions: 1 });
    expect(await run({ names: ['walk'] })).toMatchObject({ missing: [], regressions: 0 });
    await run({ update: true });
    expect((await run()).regressions).toBe(0);
  });

  it('keeps the entries of other scenarios when a chosen one is updated', async () => {
    write('walk.yaml', scenario('{}'));
    write('other.yaml', scenario('{}'));
    await run({ update: true });
    const before = readFileSync(join(folder, 'baseline.json'), 'utf8');
    await run({ update: true, names: ['walk'] });
    expect(readFileSync(join(folder, 'baseline.json'), 'utf8')).toBe(before);
  });

  it('measures speed against the baseline, and gates on it only when asked', async () => {
    write('walk.yaml', scenario('{}'));
    await run({ update: true, speed: true });
    const path = join(folder, 'baseline.json');
    const text = readFileSync(path, 'utf8');
    const speed = Number(/"speed": ([\d.]+)/.exec(text)?.[1]);
    expect(speed).toBeGreaterThan(0);
    writeFileSync(path, text.replace(/"speed": [\d.]+/, `"speed": ${speed * 1000}`));
    expect(await run({ speed: true })).toMatchObject({ regressions: 0, cases: [{ slow: true }] });
    expect(await run({ speed: true, gateSpeed: true })).toMatchObject({ regressions: 1 });
  });

  it('stops when asked to and then writes no baseline', async () => {
    write('walk.yaml', scenario('{}'));
    const result = await run({ update: true, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ interrupted: true, updated: false, cases: [] });
  });

  it.each([
    [
      'a strategy',
      (text: string) => text.replace('  momentum:', '  momentm:'),
      /walk\.yaml:13:3: momentm: there is no strategy 'momentm'; did you mean .*momentum/,
    ],
    [
      'a parameter',
      (text: string) => text.replace('lookback: 20', 'lookbak: 20'),
      /walk\.yaml:13:3: momentum: .*lookbak/,
    ],
    [
      'a parameter out of range',
      (text: string) => text.replace('lookback: 20', 'lookback: 1'),
      /walk\.yaml:13:3: momentum: /,
    ],
  ])('names the place of %s that does not exist', async (_what, change, message) => {
    write('walk.yaml', change(scenario('{}')));
    await expect(run()).rejects.toMatchObject({ code: 'scenario/invalid', message: expect.stringMatching(message) });
  });

  it('refuses a damaged baseline by file and key', async () => {
    write('walk.yaml', scenario('{}'));
    write('baseline.json', '{"schema":"sigma.scenario-baseline/1","cases":{"walk/momentum":{"market":1}}}');
    await expect(run()).rejects.toMatchObject({
      message: expect.stringMatching(/baseline\.json: cases\.walk\/momentum/),
    });
    write('baseline.json', '{');
    await expect(run()).rejects.toMatchObject({ message: expect.stringMatching(/not JSON; .*--update/) });
  });

  it('names near scenarios when there is none of a name, and a folder that is not there', async () => {
    write('walk.yaml', scenario('{}'));
    await expect(run({ names: ['wlk'] })).rejects.toMatchObject({
      code: 'usage/unknown-scenario',
      message: expect.stringMatching(/did you mean walk/),
    });
    await expect(run({ folder: join(folder, 'none') })).rejects.toMatchObject({ code: 'data/not-found' });
  });
});

describe('the shipped scenarios', () => {
  const shipped = loadScenarios(join(import.meta.dirname, '../../scenarios'));

  it('are the situations a strategy can be hurt by', async () => {
    expect((await shipped).map((each) => each.name)).toEqual([
      'calm-trend',
      'choppy-range',
      'delisting',
      'flash-crash',
      'gap-open',
      'recorded-2008',
      'short-squeeze',
      'slow-bleed',
      'spread-win',
      'thin-liquidity',
      'volatility-burst',
    ]);
  });

  it('put each shipped strategy to several tests and expect something of each', async () => {
    const cases = (await shipped).flatMap((each) => each.cases);
    expect(cases.every((one) => Object.keys(one.expect).length > 1)).toBe(true);
    for (const name of [
      'buy-and-hold',
      'momentum',
      'mean-reversion',
      'breakout',
      'moving-average-cross',
      'pairs',
      'cross-sectional-momentum',
    ])
      expect(cases.filter((one) => one.strategy === name).length, name).toBeGreaterThan(2);
  });

  it('give what their baseline says', async () => {
    const folder = join(import.meta.dirname, '../../scenarios');
    const result = await runScenarios({
      markets: catalogMarkets(),
      folder,
      speed: false,
      names: ['flash-crash', 'spread-win'],
    });
    expect(result.cases.filter((one) => one.baseline !== 'same' || one.regression)).toEqual([]);
  });
});
