import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choice, integer, number, SigmaError } from '../../src/lib/index.ts';
import {
  keyOf,
  objectiveText,
  type Point,
  paramsAt,
  paretoFront,
  parseConstraints,
  parseObjective,
  parseSpace,
  planSearch,
  type SearchMethod,
  samplerOf,
  search,
  searchMethods,
  TrialTable,
} from '../../src/lib/optimize/index.ts';
import { type FigureKey, figureKeys, type ParamSet, type SweepResult } from '../../src/lib/sweep/index.ts';

const strategy = {
  name: 'hill',
  params: {
    x: number({ default: 0, min: -5, max: 5 }),
    n: integer({ default: 1, min: 1, max: 40 }),
    kind: choice({ default: 'a', options: ['a', 'b', 'c'] }),
  },
};
const space = parseSpace(strategy);

/** A smooth hill with its top at x = 2, n = 30, kind b. */
const hill = ({ x, n, kind }: ParamSet): number =>
  10 - (Number(x) - 2) ** 2 - ((Number(n) - 30) / 8) ** 2 - (kind === 'b' ? 0 : 3);

function resultOf(values: readonly number[]): SweepResult {
  const figures = Object.fromEntries(
    figureKeys.map((key) => [key, Float64Array.from(values, (v) => (key === 'sharpe' ? v : Number.NaN))]),
  ) as Record<FigureKey, Float64Array>;
  const failures = new Map(
    values.flatMap((v, k) => (v < -40 ? [[k, new SigmaError('strategy/threw', 'fell off')] as const] : [])),
  );
  return { figures, failures };
}

async function climb(
  method: SearchMethod,
  seed: number,
  shape: { lanes?: number; batch?: number; budget?: number } = {},
) {
  const { lanes = 1, batch = 64, budget = 150 } = shape;
  const trials = new TrialTable(3);
  const evaluated: string[] = [];
  const batches: number[] = [];
  await search(
    {
      space,
      sampler: samplerOf({ method, budget }, space, () => true, seed),
      objective: parseObjective('sharpe'),
      constraints: { figures: [] },
      budget,
      batchSize: () => batch,
      executor: {
        lanes,
        evaluate: async (sets) => {
          // Later batches may be ready sooner.
          for (let k = 0; k < (sets.length * 7) % 5; k++) await Promise.resolve();
          evaluated.push(...sets.map((set) => JSON.stringify(set)));
          batches.push(sets.length);
          return resultOf(sets.map(hill));
        },
      },
    },
    trials,
  );
  const points: Point[] = Array.from({ length: trials.count }, (_, t) => trials.pointAt(t));
  const best = Math.max(...points.map((point) => hill(paramsAt(space, point))));
  return { points, best, evaluated, batches };
}

describe('every search method', () => {
  it.each(searchMethods)(
    '%s proposes the same points from the same seed, however they are evaluated',
    async (method) => {
      const [one, two, three] = [
        await climb(method, 7),
        await climb(method, 7, { lanes: 3, batch: 5 }),
        await climb(method, 7, { lanes: 2, batch: 1 }),
      ];
      expect(two.points).toEqual(one.points);
      expect(three.points).toEqual(one.points);
    },
  );

  it('shares the few points that a method asks for among all lanes', async () => {
    const alone = await climb('tpe', 7, { batch: 1000 });
    const shared = await climb('tpe', 7, { lanes: 3, batch: 1000 });
    expect(shared.points).toEqual(alone.points);
    expect(shared.batches).toEqual(
      alone.batches.flatMap((points) => {
        const share = Math.ceil(points / 3);
        return Array.from({ length: Math.ceil(points / share) }, (_, k) => Math.min(share, points - k * share));
      }),
    );
    expect(shared.batches.length).toBeGreaterThan(2 * alone.batches.length);
  });

  it.each(searchMethods)('%s evaluates no point twice and stays within its budget', async (method) => {
    const { points, evaluated } = await climb(method, 3);
    expect(new Set(points.map(keyOf)).size).toBe(points.length);
    expect(evaluated).toHaveLength(points.length);
    expect(points.length).toBeLessThanOrEqual(150);
  });

  it.each(['random', 'lhs', 'tpe', 'de'] as const)('%s differs with the seed', async (method) => {
    expect((await climb(method, 1)).points).not.toEqual((await climb(method, 2)).points);
  });

  it('that is guided finds a hill better than chance does', async () => {
    const gap = async (method: SearchMethod): Promise<number> => {
      let sum = 0;
      for (let seed = 1; seed <= 8; seed++) sum += 10 - (await climb(method, seed)).best;
      return sum / 8;
    };
    const random = await gap('random');
    expect(await gap('tpe')).toBeLessThan(random / 3);
    expect(await gap('de')).toBeLessThan(random / 1.5);
  });

  it('spreads a Latin hypercube over every stratum of a dimension', async () => {
    const { points } = await climb('lhs', 5, { budget: 40 });
    const strata = new Set(points.map(([x]) => Math.floor(((x! + 5) / 10) * 40)));
    expect(strata.size).toBe(40);
    expect(new Set(points.map((point) => point[1])).size).toBe(40);
  });

  it('say so where conditions leave no point', () => {
    for (const method of searchMethods) {
      const first = (): unknown => samplerOf({ method, budget: 50 }, space, () => false, 1).ask(50);
      expect(first, method).toThrow(/no point of the space meets the conditions/);
    }
  });

  it('walks a small discrete space to its end and stops', async () => {
    const small = parseSpace(strategy, { space: { n: '1:5', kind: '' } });
    for (const method of searchMethods) {
      const trials = new TrialTable(2);
      const end = await search(
        {
          space: small,
          sampler: samplerOf({ method, budget: 500 }, small, () => true, 1),
          objective: parseObjective('sharpe'),
          constraints: { figures: [] },
          budget: 500,
          executor: { lanes: 1, evaluate: async (sets) => resultOf(sets.map(hill)) },
        },
        trials,
      );
      expect([method, end]).toEqual([method, 'exhausted']);
      expect(trials.count).toBeLessThanOrEqual(15);
      expect(trials.count).toBeGreaterThanOrEqual(method === 'de' ? 8 : 13);
    }
  });

  it('goes round points that conditions between parameters exclude', async () => {
    const { allows } = parseConstraints(['n<x'], space);
    for (const method of searchMethods) {
      const points = samplerOf({ method, budget: 60 }, space, allows, 1).ask(60);
      for (const point of points) expect(point[1]!).toBeLessThan(point[0]!);
    }
  });
});

describe('a plan', () => {
  it('walks the grid where it is small, and guides the search where it is not', () => {
    expect(planSearch(parseSpace(strategy, { space: { n: '' } }), {})).toEqual({ method: 'grid', budget: 40 });
    expect(planSearch(space, {})).toEqual({ method: 'tpe', budget: 500 });
    expect(planSearch(space, { method: 'grid' })).toEqual({ method: 'grid', budget: 500 });
  });

  it('thins a grid evenly to its budget', () => {
    const points = samplerOf({ method: 'grid', budget: 100 }, space, () => true, 1).ask(1000);
    expect(points.length).toBeLessThanOrEqual(100);
    expect(points.length).toBeGreaterThan(60);
    const xs = [...new Set(points.map(([x]) => x!))];
    expect([xs[0], xs.at(-1)]).toEqual([-5, 5]);
  });
});

describe('an objective', () => {
  it('knows which way is better, and can be turned or weighted', () => {
    expect(parseObjective('sharpe').terms).toEqual([{ key: 'sharpe', weight: 1 }]);
    expect(parseObjective('volatility').terms).toEqual([{ key: 'volatility', weight: -1 }]);
    expect(objectiveText(parseObjective('sharpe=1,maxDrawdown=0.5,-exposure=2'))).toBe(
      'sharpe=1,maxDrawdown=0.5,-exposure=2',
    );
  });

  it.each([
    ['sharp', /usage\/unknown-metric|did you mean sharpe/],
    ['omega', /measured for single runs only/],
    ['exposure', /write \+exposure/],
    ['sharpe=0', /weight/],
    ['sharpe,sharpe', /twice/],
    ['3', /no figure/],
  ])('refuses %s', (text, message) => {
    expect(() => parseObjective(text)).toThrow(message);
  });

  it('keeps on the front exactly the sets that none beats in everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (pairs) => {
          const figures = { sharpe: pairs.map(([a]) => a), volatility: pairs.map(([, b]) => b) } as unknown as Record<
            FigureKey,
            number[]
          >;
          const front = paretoFront(
            parseObjective('sharpe,volatility'),
            figures,
            pairs.map((_, k) => k),
          );
          const beats = (a: readonly number[], b: readonly number[]): boolean =>
            a[0]! >= b[0]! && a[1]! <= b[1]! && (a[0]! > b[0]! || a[1]! < b[1]!);
          const expected = pairs.filter((p) => !pairs.some((q) => beats(q, p)));
          expect(new Set(front.map((k) => pairs[k]!.join()))).toEqual(new Set(expected.map((p) => p.join())));
        },
      ),
    );
  });
});

describe('conditions', () => {
  it.each([
    ['maxDrawdow>-0.3', /did you mean maxDrawdown/],
    ['sharpe>', /no condition/],
    ['sharpe>x', /no condition/],
    ['kind>1', /not a number/],
  ])('refuse %s', (text, message) => {
    expect(() => parseConstraints([text], space)).toThrow(message);
  });
});
