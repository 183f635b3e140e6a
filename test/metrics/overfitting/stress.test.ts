import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, SigmaError } from '../../../src/lib/core/index.ts';
import {
  breakEvenBps,
  costStress,
  jitterBars,
  neighbourhood,
  noiseRetention,
  persistence,
  shuffledTrades,
  totalReturn,
} from '../../../src/lib/metrics/index.ts';
import { type Bars, instrument, parseTimeframe } from '../../../src/lib/model/index.ts';
import { search } from './noise-search.ts';

describe('neighbourhood of the chosen parameters', () => {
  /** A 5 x 5 grid; the objective is given by place. */
  const grid = (objective: (x: number, y: number) => number): Parameters<typeof neighbourhood>[0] => {
    const places = Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)] as const);
    return {
      coordinates: Float64Array.from(places.flatMap(([x, y]) => [10 * x, 2 ** y])),
      dimensions: [
        { name: 'lookback', kind: 'ordered' },
        { name: 'width', kind: 'ordered' },
      ],
      objective: Float64Array.from(places, ([x, y]) => objective(x, y)),
      chosen: 12,
    };
  };

  it('keeps everything on a plateau and nothing at a lone peak, one step around on a grid', () => {
    expect(neighbourhood(grid(() => 2))).toEqual({
      by: 'grid',
      neighbours: 8,
      chosen: 2,
      median: 2,
      worst: 2,
      retained: 1,
      positive: 1,
    });
    const peak = neighbourhood(grid((x, y) => (x === 2 && y === 2 ? 2 : 0)));
    expect([peak.retained, peak.positive]).toEqual([0, 0]);
  });

  it('counts a failed neighbour as without objective', () => {
    const found = neighbourhood(grid((x) => (x === 2 ? 1 : Number.NaN)));
    expect([found.neighbours, found.median, found.positive]).toEqual([8, 0, 0.25]);
  });

  it('does not cross from one choice to another', () => {
    const { coordinates, objective, chosen } = grid((_, y) => y);
    const dimensions = [
      { name: 'lookback', kind: 'ordered' },
      { name: 'mode', kind: 'choice' },
    ] as const;
    const found = neighbourhood({ coordinates, dimensions, objective, chosen });
    expect([found.by, found.neighbours, found.median]).toEqual(['grid', 2, 2]);
  });

  it('takes the nearest where values do not repeat, whatever their units', () => {
    const rng = createRng(1);
    const points = Array.from({ length: 200 }, () => [rng.next(), 1000 * rng.next()] as const);
    points[0] = [0.5, 500];
    const input = {
      coordinates: Float64Array.from(points.flat()),
      dimensions: [
        { name: 'a', kind: 'ordered' },
        { name: 'b', kind: 'ordered' },
      ],
      objective: Float64Array.from(points, ([a, b]) => 1 - Math.hypot(a - 0.5, b / 1000 - 0.5)),
      chosen: 0,
    } as const;
    const found = neighbourhood(input);
    expect([found.by, found.neighbours]).toEqual(['distance', 8]);
    // Eight of 200 points in a unit square lie within some 0.11.
    expect(found.worst).toBeGreaterThan(0.8);
    const stretched = {
      ...input,
      coordinates: input.coordinates.map((value, i) => (i % 2 === 0 ? 50 * value : value)),
    };
    expect(neighbourhood(stretched)).toEqual(found);
  });

  it('is undefined for a single set, a chosen set without objective, and none retained of a loss', () => {
    const one = { coordinates: Float64Array.of(1), dimensions: [{ name: 'a', kind: 'ordered' }], chosen: 0 } as const;
    expect(neighbourhood({ ...one, objective: Float64Array.of(1) })).toMatchObject({
      neighbours: 0,
      retained: Number.NaN,
    });
    expect(neighbourhood(grid(() => Number.NaN)).median).toBeNaN();
    expect(neighbourhood(grid(() => Number.POSITIVE_INFINITY)).median).toBeNaN();
    expect(neighbourhood(grid(() => -1)).retained).toBeNaN();
  });
});

describe('cost stress', () => {
  const gross = Float64Array.from({ length: 252 }, (_, t) => 0.002 * Math.sin(t) + 0.001);
  const costs = Float64Array.from({ length: 252 }, (_, t) => (t % 5 === 0 ? 0.0012 : 0));

  it('finds the multiple at which growth is nothing', () => {
    const { breakEven, levels } = costStress({ gross, costs, periodsPerYear: 252, multiples: [0, 1] });
    expect(totalReturn(gross.map((r, t) => r - breakEven * costs[t]!))).toBeCloseTo(0, 8);
    expect(levels[0]!.totalReturn).toBe(totalReturn(gross));
    expect(levels[1]!.totalReturn).toBeCloseTo(totalReturn(gross.map((r, t) => r - costs[t]!)), 12);
    expect(levels[0]!.cagr).toBeCloseTo(levels[0]!.totalReturn, 12);
  });

  it('falls with every multiple and halves when costs double', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 5, noNaN: true }), (factor) => {
        const { levels, breakEven } = costStress({ gross, costs: costs.map((c) => factor * c), periodsPerYear: 252 });
        for (let k = 1; k < levels.length; k++) expect(levels[k]!.sharpe).toBeLessThan(levels[k - 1]!.sharpe);
        expect(breakEven * factor).toBeCloseTo(costStress({ gross, costs, periodsPerYear: 252 }).breakEven, 6);
      }),
    ));

  it('is 0 for a gross loss, infinite without costs, undefined for nothing or what is not finite', () => {
    const breakEven = (g: Float64Array, c: Float64Array): number =>
      costStress({ gross: g, costs: c, periodsPerYear: 252 }).breakEven;
    expect(
      breakEven(
        gross.map((r) => -r),
        costs,
      ),
    ).toBe(0);
    expect(breakEven(gross, new Float64Array(252))).toBe(Number.POSITIVE_INFINITY);
    expect(breakEven(new Float64Array(0), new Float64Array(0))).toBeNaN();
    expect(breakEven(Float64Array.of(Number.NaN), Float64Array.of(0.1))).toBeNaN();
    expect(breakEven(Float64Array.of(0.1), Float64Array.of(Number.POSITIVE_INFINITY))).toBeNaN();
    for (const bad of [{ multiples: [-1] }, { costs: costs.map((c) => -c) }])
      expect(() => costStress({ gross, costs, periodsPerYear: 252, ...bad })).toThrow(SigmaError);
  });

  it('has a break-even in basis points of turnover', () => {
    expect(breakEvenBps(Float64Array.of(0.01, 0.02), Float64Array.of(1, 2))).toBeCloseTo(100, 10);
    expect(breakEvenBps(Float64Array.of(0.01), Float64Array.of(0))).toBeNaN();
    expect(breakEvenBps(Float64Array.of(Number.NaN), Float64Array.of(1))).toBeNaN();
    expect(breakEvenBps(new Float64Array(0), new Float64Array(0))).toBeNaN();
  });
});

describe('jittered bars', () => {
  const rng = createRng(2);
  const close = new Float64Array(500);
  let price = 100;
  for (let i = 0; i < 500; i++) close[i] = price *= Math.exp(0.01 * rng.normal());
  const open = close.map((_, i) => close[Math.max(0, i - 1)]!);
  const bars: Bars = {
    instrument: instrument('X'),
    timeframe: parseTimeframe('1d'),
    closeOnly: false,
    time: close.map((_, i) => i * 86_400_000),
    open,
    high: close.map((c, i) => Math.max(c, open[i]!) * 1.002),
    low: close.map((c, i) => Math.min(c, open[i]!) * 0.998),
    close,
    volume: new Float64Array(500).fill(10),
  };

  it('stay bars: high above, low below, times and volumes as they were', () =>
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 3, noNaN: true }), (seed, amount) => {
        const found = jitterBars(bars, { rng: createRng(seed), amount });
        for (let i = 0; i < 500; i++) {
          expect(found.high[i]).toBeGreaterThanOrEqual(Math.max(found.open[i]!, found.close[i]!));
          expect(found.low[i]).toBeLessThanOrEqual(Math.min(found.open[i]!, found.close[i]!));
          expect(found.low[i]).toBeGreaterThan(0);
        }
        expect(found.time).toBe(bars.time);
        expect(found.volume).toBe(bars.volume);
      }),
      { numRuns: 20 },
    ));

  it('move by the share of a bar that was asked for, the same for the same seed', () => {
    const found = jitterBars(bars, { rng: createRng(3), amount: 0.2 });
    expect(jitterBars(bars, { rng: createRng(3), amount: 0.2 })).toEqual(found);
    const squares = found.close.reduce((sum, c, i) => sum + Math.log(c / close[i]!) ** 2, 0);
    // 0.2 of about 0.01; 500 draws know it to 3 %.
    expect(Math.sqrt(squares / 500) / 0.002).toBeCloseTo(1, 0);
    expect([...jitterBars(bars, { rng: createRng(3), amount: 0 }).close]).toEqual([...close]);
  });

  it('keep what is missing missing and a close-only series one', () => {
    const holes = {
      ...bars,
      close: close.map((c, i) => (i % 7 === 0 ? Number.NaN : c)),
      high: bars.high.map((h, i) => (i === 3 ? Number.NaN : h)),
    };
    const found = jitterBars(holes, { rng: createRng(1) });
    expect(found.close.findIndex(Number.isNaN)).toBe(0);
    expect([Number.isNaN(found.close[7]!), Number.isNaN(found.close[8]!), found.high[3]]).toEqual([
      true,
      false,
      Number.NaN,
    ]);
    const line = jitterBars({ ...bars, closeOnly: true }, { rng: createRng(1) });
    expect([line.open, line.high, line.low]).toEqual([line.close, line.close, line.close]);
    const flat = jitterBars({ ...bars, close: new Float64Array(500).fill(5) }, { rng: createRng(1) });
    expect([...flat.close]).toEqual(new Array(500).fill(5));
    for (const amount of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => jitterBars(bars, { rng: createRng(1), amount })).toThrow(SigmaError);
  });
});

describe('shuffled trades', () => {
  const returns = Float64Array.from({ length: 60 }, (_, i) => 0.01 * Math.sin(i) + 0.002);

  it('end where they did when only their order changes, and elsewhere when drawn again', () => {
    const permuted = shuffledTrades(returns, { rng: createRng(1), mode: 'permute', resamples: 200 });
    expect(permuted.totalReturn.p95 - permuted.totalReturn.p5).toBeLessThan(1e-12);
    expect(permuted.totalReturn.median).toBeCloseTo(totalReturn(returns), 12);
    expect(permuted.maxDrawdown.p5).toBeLessThan(permuted.maxDrawdown.p95);
    expect(permuted.lossProbability).toBe(0);
    const drawn = shuffledTrades(returns, { rng: createRng(1), mode: 'bootstrap', resamples: 200 });
    expect(drawn.totalReturn.p95).toBeGreaterThan(drawn.totalReturn.p5);
    expect(shuffledTrades(returns, { rng: createRng(1), mode: 'bootstrap', resamples: 200 })).toEqual(drawn);
  });

  it('tell that losses in a row were an unusual order', () => {
    const sorted = Float64Array.from(returns).sort();
    expect(
      shuffledTrades(sorted, { rng: createRng(1), mode: 'permute', resamples: 200 }).maxDrawdown.below,
    ).toBeLessThan(0.01);
  });

  it('are undefined under two trades or when one is not finite', () => {
    for (const bad of [
      new Float64Array(0),
      Float64Array.of(0.1),
      Float64Array.of(0.1, Number.NaN),
      Float64Array.of(0.1, Number.POSITIVE_INFINITY),
    ]) {
      const found = shuffledTrades(bad, { rng: createRng(1), mode: 'bootstrap' });
      expect([found.totalReturn.median, found.maxDrawdown.p5, found.lossProbability]).toEqual([
        Number.NaN,
        Number.NaN,
        Number.NaN,
      ]);
    }
    expect(() => shuffledTrades(returns, { rng: createRng(1), mode: 'permute', resamples: 10 })).toThrow(SigmaError);
  });
});

describe('noise retention', () => {
  it('is the median of the jittered runs over the original, a failed run as none', () => {
    expect(noiseRetention(2, [1, 2, Number.NaN])).toEqual({ original: 2, runs: 3, median: 1, worst: 0, retained: 0.5 });
    expect(noiseRetention(-1, [1]).retained).toBeNaN();
    expect(noiseRetention(1, []).retained).toBeNaN();
  });
});

describe('persistence', () => {
  it('tells an edge that ended from one that lasts', () => {
    const rng = createRng(8);
    const ended = search(rng.fork('ended'), { sets: 1, periods: 1000, skilled: 1, edge: 0.002, ends: 0.5 });
    const lasting = search(rng.fork('lasting'), { sets: 1, periods: 1000, skilled: 1, edge: 0.002 });
    expect(persistence(ended.returns)[0]!.z).toBeGreaterThan(3);
    for (const { z } of persistence(lasting.returns)) expect(Math.abs(z)).toBeLessThan(2.5);
  });

  it('has a standard normal z without change', () => {
    const found = Array.from(
      { length: 300 },
      (_, seed) => persistence(search(createRng(seed), { sets: 1, periods: 200 }).returns)[0]!.z,
    );
    const mean = found.reduce((a, b) => a + b) / 300;
    const deviation = Math.sqrt(found.reduce((a, z) => a + (z - mean) ** 2, 0) / 299);
    // 300 values know a mean to 0.06 and a deviation to 0.04.
    expect(Math.abs(mean)).toBeLessThan(0.2);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.15);
  });

  it('takes a strategy that stopped as one that lost its Sharpe ratio', () => {
    const stopped = Float64Array.from({ length: 100 }, (_, t) => (t < 50 ? 0.01 + 0.01 * Math.sin(t) : 0));
    expect(persistence(stopped)[0]!.z).toBeGreaterThan(4);
  });

  it('is undefined for nothing, for constants and for what is not finite', () => {
    for (const bad of [
      new Float64Array(0),
      new Float64Array(20).fill(0.01),
      new Float64Array(20).fill(Number.NaN),
      new Float64Array(20).fill(Number.POSITIVE_INFINITY),
    ])
      for (const { z } of persistence(bad)) expect(z).toBeNaN();
  });
});
