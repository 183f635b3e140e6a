/** What explains results: parameters over trials, regimes of the benchmark, kinds of cost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { costShares, parameterImportance, regimeBreakdown } from '../../src/lib/metrics/index.ts';

const grid = (of: (a: number, b: number) => number) => {
  const cells = [1, 2, 3, 4].flatMap((a) => [10, 20, 30].map((b) => [a, b] as const));
  return parameterImportance({
    names: ['a', 'b'],
    values: [cells.map(([a]) => a), cells.map(([, b]) => b)],
    objective: cells.map(([a, b]) => of(a, b)),
  });
};

describe('parameter importance', () => {
  it('gives all of the variance to the one parameter that decides', () => {
    const { effects, unexplained, trials } = grid((a) => a * a);
    expect(trials).toBe(12);
    expect(effects[0]).toMatchObject({ name: 'a', share: 1, best: 3 });
    expect(effects[1]?.share).toBe(0);
    expect(unexplained).toBe(0);
    expect(effects[0]?.levels).toEqual([1, 2, 3, 4].map((a) => ({ label: String(a), trials: 3, mean: a * a })));
  });

  it('gives the omega squared of a worked example', () => {
    // Groups 1,2,3 / 2,3,4 / 5,6,7: SS between 26, within 6, total 32, MS within 1; (26 - 2 x 1) / (32 + 1).
    const { effects } = parameterImportance({
      names: ['g'],
      values: [['x', 'x', 'x', 'y', 'y', 'y', 'z', 'z', 'z']],
      objective: [1, 2, 3, 2, 3, 4, 5, 6, 7],
    });
    expect(effects[0]?.share).toBeCloseTo(24 / 33, 12);
  });

  it('leaves what two parameters only do together unexplained', () => {
    const { unexplained } = grid((a, b) => (a > 2 === b > 15 ? 1 : -1));
    expect(unexplained).toBeGreaterThan(0.6);
  });

  it('gathers many values into ranges and finds the effect of a continuous one', () => {
    const rng = createRng(4);
    const x = Float64Array.from({ length: 400 }, () => rng.next());
    const y = Float64Array.from({ length: 400 }, () => rng.next());
    const objective = x.map((value) => Math.sin(Math.PI * value) + 0.1 * rng.normal());
    const { effects } = parameterImportance({ names: ['y', 'x'], values: [y, x], objective });
    expect(effects.map((effect) => effect.name)).toEqual(['x', 'y']);
    expect(effects[0]!.share).toBeGreaterThan(0.8);
    expect(effects[1]!.share).toBeLessThan(0.05);
    expect(effects[0]!.levels).toHaveLength(8);
    expect(effects[0]!.levels.every((level) => level.trials === 50)).toBe(true);
    // The top of the sine lies in the middle.
    expect([3, 4]).toContain(effects[0]!.best);
  });

  it('leaves out trials without a result and says nothing of too few, equal or all different ones', () => {
    const values = [[1, 1, 2, 2]];
    expect(
      parameterImportance({ names: ['a'], values, objective: [1, Number.NaN, Number.POSITIVE_INFINITY, 2] }),
    ).toMatchObject({
      trials: 2,
      unexplained: Number.NaN,
      effects: [{ share: Number.NaN }],
    });
    expect(parameterImportance({ names: ['a'], values, objective: [3, 3, 3, 3] }).effects[0]?.share).toBeNaN();
    expect(
      parameterImportance({ names: ['a'], values: [['p', 'q', 'r', 's']], objective: [1, 2, 3, 4] }).effects[0]?.share,
    ).toBeNaN();
    expect(parameterImportance({ names: [], values: [], objective: [] })).toEqual({
      effects: [],
      trials: 0,
      unexplained: Number.NaN,
    });
  });

  it('stays a share, and does not change with the scale of the objective', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.integer({ min: -5000, max: 5000 })), {
          minLength: 6,
          maxLength: 60,
        }),
        (trials) => {
          const columns = { names: ['n', 'b'], values: [trials.map(([n]) => n), trials.map(([, b]) => b)] };
          const one = parameterImportance({ ...columns, objective: trials.map(([, , y]) => y) });
          const twice = parameterImportance({ ...columns, objective: trials.map(([, , y]) => 2 * y) });
          for (const { share } of one.effects) expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
          for (const { name, share } of one.effects) {
            const scaled = twice.effects.find((each) => each.name === name)?.share ?? -1;
            expect(Object.is(scaled, share) || Math.abs(scaled - share) < 1e-9).toBe(true);
          }
        },
      ),
    );
  });
});

describe('regimes of the benchmark', () => {
  /** Rises 100 days, falls 100, three times over; the strategy gains on the way up and loses on the way down. */
  const length = 601;
  const benchmark = new Float64Array(length).fill(100);
  const equity = new Float64Array(length).fill(50);
  const rng = createRng(8);
  for (let i = 1; i < length; i++) {
    const up = Math.floor((i - 1) / 100) % 2 === 0;
    const wide = i > 300 ? 3 : 1;
    benchmark[i] = benchmark[i - 1]! * Math.exp((up ? 0.01 : -0.01) + 0.003 * wide * rng.normal());
    equity[i] = equity[i - 1]! * Math.exp(up ? 0.004 : -0.004);
  }
  const regimes = regimeBreakdown({ equity, benchmark, periodsPerYear: 252, window: 20 });

  it('add up to the whole', () => {
    const covered = Math.log(equity.at(-1)! / equity[20]!);
    expect(regimes.reduce((sum, each) => sum + each.logReturn, 0)).toBeCloseTo(covered, 10);
    expect(regimes.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1, 12);
    expect(regimes.reduce((sum, each) => sum + each.benchmarkLogReturn, 0)).toBeCloseTo(
      Math.log(benchmark.at(-1)! / benchmark[20]!),
      10,
    );
  });

  it('tell in which the strategy loses', () => {
    for (const { trend, logReturn, tStatistic } of regimes) {
      expect(Math.sign(logReturn)).toBe(trend === 'rising' ? 1 : -1);
      expect(Math.sign(tStatistic)).toBe(trend === 'rising' ? 1 : -1);
    }
    expect(new Set(regimes.map((each) => each.volatility))).toEqual(new Set(['calm', 'turbulent']));
  });

  it('are judged by what came before: a changed future changes no earlier one', () => {
    const later = benchmark.map((value, i) => (i > 550 ? value * 2 : value));
    const count = (values: Float64Array) =>
      regimeBreakdown({
        equity: equity.slice(0, 540),
        benchmark: values.slice(0, 540),
        periodsPerYear: 252,
        window: 20,
      });
    expect(count(later)).toEqual(count(benchmark));
  });

  it('are none for short, empty, worthless or infinite curves', () => {
    const of = (a: number[], b: number[]) =>
      regimeBreakdown({ equity: a, benchmark: b, periodsPerYear: 252, window: 5 });
    const line = Array.from({ length: 40 }, (_, i) => 100 + i);
    expect(of([], [])).toEqual([]);
    expect(of(line.slice(0, 15), line.slice(0, 15))).toEqual([]);
    expect(
      of(
        line.map((value, i) => (i === 20 ? 0 : value)),
        line,
      ),
    ).toEqual([]);
    expect(
      of(
        line,
        line.map((value, i) => (i === 20 ? Number.POSITIVE_INFINITY : value)),
      ),
    ).toEqual([]);
    expect(
      of(
        line,
        line.map(() => 7),
      ).map((each) => each.trend),
    ).toEqual(['rising']);
  });
});

describe('shares of cost', () => {
  const none = { fees: 0, slippage: 0, borrow: 0, interest: 0, funding: 0 };

  it('put the largest first and count no rebate as a cost', () => {
    expect(costShares({ ...none, fees: 25, slippage: 75, funding: -40 })).toEqual([
      { cost: 'slippage', amount: 75, share: 0.75 },
      { cost: 'fees', amount: 25, share: 0.25 },
    ]);
  });

  it('are none where nothing was paid or an amount is not a number', () => {
    expect(costShares(none)).toEqual([]);
    expect(costShares({ ...none, fees: Number.NaN })).toEqual([]);
  });
});
