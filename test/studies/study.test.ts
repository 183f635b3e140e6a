import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineStrategy, integer, number, roc, SigmaError } from '../../src/lib/index.ts';
import { defaultCpcv, defaultWalkForward, threadExecutor } from '../../src/lib/optimize/index.ts';
import { fileStudyStore, fileTrialLedger, parquetTables } from '../../src/lib/registry/index.ts';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { strategySource } from '../../src/lib/runs/index.ts';
import { type OpenExecutor, runStudy, type StudyContext, type StudyOptions } from '../../src/lib/studies/index.ts';
import { openSweep } from '../../src/lib/workers/open-sweep.ts';
import { panel } from '../market.ts';

const trend = defineStrategy({
  name: 'trend',
  params: {
    lookback: integer({ default: 20, min: 2, max: 60 }),
    threshold: number({ default: 0.01, min: 0, max: 0.1 }),
  },
  signals: ({ close }, p) => ({ rise: roc(close, p.lookback) }),
  target: (row, p) => {
    if (p.lookback === 13) throw new Error('unlucky');
    return row.rise > p.threshold ? 1 : 0;
  },
});
const data = panel(['A', 'B'], 400, 3);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-study-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const study = async (options: StudyOptions, context: Partial<StudyContext> = {}) =>
  runStudy(
    await strategySource(trend),
    { data, ...options },
    {
      markets: catalogMarkets(),
      store: fileStudyStore(join(folder, 'studies'), parquetTables),
      ledger: fileTrialLedger(join(folder, 'ledger')),
      ...context,
    },
  );

describe('a study', () => {
  it('tries every point of a grid, ranks them and keeps the best run', async () => {
    const { view, run, trials } = await study({ space: { lookback: '5:25:5', threshold: '0,0.02' } });
    expect(view.counts).toEqual({ trials: 10, failed: 0, unscored: 0 });
    expect(view.top.map(({ score }) => score)).toEqual([...view.top.map(({ score }) => score)].sort((a, b) => b - a));
    expect(run?.metrics['sharpe']).toBe(view.top[0]?.figures['sharpe']);
    expect(trials?.count).toBe(10);
    // The run of the best set is a trial that was counted with the others.
    expect(run?.metrics['trials']).toBe(10);
  });

  it('is shown from the store when it is asked for again', async () => {
    const first = await study({ space: { lookback: '5:25:5' } });
    const second = await study({ space: { lookback: '5:25:5' } });
    expect([second.outcome, second.evaluated]).toEqual(['same', 0]);
    expect(second.view).toEqual(first.view);
  });

  it('goes on after an interruption with the same result as without one, and repeats nothing', async () => {
    const options: StudyOptions = { method: 'tpe', trials: 60, seed: 4 };
    const stop = new AbortController();
    const partial = await study(options, {
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done >= 20) stop.abort();
      },
    });
    expect(partial.outcome).toBe('partial');
    const rest = await study(options);
    expect(rest.evaluated).toBe(60 - partial.evaluated);
    const whole = await study(options, { store: fileStudyStore(join(folder, 'other'), parquetTables) });
    expect(rest.view).toEqual(whole.view);
  });

  it('records a set that throws as failed and goes on', async () => {
    const { view } = await study({ space: { lookback: '11:15' } });
    expect(view.counts).toMatchObject({ trials: 5, failed: 1 });
    expect(view.failures[0]).toMatchObject({ params: { lookback: 13 }, code: 'strategy/threw' });
    expect(view.top).toHaveLength(4);
  });

  it('is held against all that was tried before it in full, and against its own trials as they are correlated', async () => {
    const trialsOf = async (options: StudyOptions) => (await study(options)).view.honesty!.assessment.trials;
    const wide = await trialsOf({ space: { lookback: '20:59' } });
    expect(wide.counted).toBe(40);
    expect(wide.effective).toBeCloseTo(40 - 39 * wide.correlation, 9);
    const near = await trialsOf({ space: { lookback: '30', threshold: '0.0101:0.0103:0.0001' } });
    expect(near.counted).toBe(43);
    expect(near.effective).toBeCloseTo(40 + 3 - 2 * near.correlation, 9);
  });

  it('counts what the windows of a guided search try as correlated as the search', async () => {
    const walkForward = { ...defaultWalkForward, windows: 3 };
    const space = { lookback: '20:60', threshold: '0:0.02' };
    const { view } = await study({ space, method: 'tpe', trials: 40, objective: 'totalReturn', walkForward });
    const { counted, effective, correlation } = view.honesty!.assessment.trials;
    expect(counted).toBeGreaterThan(60);
    expect(effective).toBeCloseTo(counted - (counted - 1) * correlation, 9);
  });

  it('has the returns that it is judged by evaluated on all lanes, to the same bits', async () => {
    const asked: number[] = [];
    const judged = async (executor?: OpenExecutor) => {
      const { view } = await runStudy(
        await strategySource('momentum'),
        { data, space: { lookback: '5:25' } },
        { markets: catalogMarkets(), ledger: undefined, ...(executor === undefined ? {} : { executor }) },
      );
      return view.honesty;
    };
    const inThreeLanes: OpenExecutor = async (spec) => {
      const executor = threadExecutor(await openSweep(spec));
      return {
        ...executor,
        lanes: 3,
        evaluate: (sets, wants) => {
          if (wants?.returns === true) asked.push(sets.length);
          return executor.evaluate(sets, wants);
        },
      };
    };
    expect(await judged(inThreeLanes)).toEqual(await judged());
    expect(asked).toEqual([7, 7, 7]);
  });

  it('compares nothing with a walk-forward whose sets lost in sample already', async () => {
    const walkForward = { ...defaultWalkForward, windows: 3 };
    const { view } = await study({ space: { lookback: '20:24' }, objective: '-totalReturn', walkForward });
    const searched = view.walkForward!.windows.map(({ searchedSharpe }) => searchedSharpe!);
    expect(searched.reduce((sum, sharpe) => sum + sharpe, 0)).toBeLessThan(0);
    expect(view.walkForward!.efficiency).toBeNaN();
  });

  it('refuses what no search could make good before it evaluates and counts anything', async () => {
    const refused: readonly [StudyOptions, RegExp][] = [
      [{ cpcv: { ...defaultCpcv, groups: 4, tested: 4 } }, /4 of 4 groups cannot be tested/],
      [{ cpcv: { ...defaultCpcv, groups: 90 } }, /90 groups of .* periods are too short/],
      [{ cpcv: defaultCpcv, where: ['trades>3'] }, /trades is not known of a part of the time/],
      [{ walkForward: { ...defaultWalkForward, windows: 200 } }, /200 windows of .* periods/],
      [{ where: ['lookback>30', 'lookback<30'] }, /no point of the space meets the conditions/],
    ];
    for (const [options, message] of refused) {
      await expect(study({ space: { lookback: '20:29' }, ...options })).rejects.toThrow(message);
    }
    // Nor is it a study that somebody could take up.
    expect(await fileStudyStore(join(folder, 'studies'), parquetTables).list()).toEqual([]);
    const { view } = await study({ space: { lookback: '40' } });
    expect(view.evidence.count).toBe(1);
  });

  it('says why there is no result when every set fails or breaks a condition', async () => {
    const code = (options: StudyOptions) =>
      study(options).then(
        () => 'none',
        (error: unknown) => (error instanceof SigmaError ? error.message : String(error)),
      );
    expect(await code({ space: { lookback: '13' } })).toMatch(/all 1 parameter sets failed.*unlucky/);
    expect(await code({ space: { lookback: '5:9' }, where: ['sharpe>99'] })).toMatch(/meets sharpe>99/);
  });
});
