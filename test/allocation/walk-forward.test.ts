import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, allocateWalkForward, allocationMethods } from '../../src/lib/allocation/index.ts';
import { createRng, SigmaError } from '../../src/lib/core/index.ts';
import type { ReturnMatrix } from '../../src/lib/metrics/index.ts';

function market(seed: number, sets: number, periods: number): ReturnMatrix {
  const rng = createRng(seed);
  const returns = Float64Array.from(
    { length: sets * periods },
    (_, i) => 0.01 * (1 + Math.floor(i / periods)) * rng.normal(),
  );
  return { returns, sets, periods };
}

describe('allocation applied walk-forward', () => {
  const returns = market(1, 3, 120);

  it('holds at each rebalance what the past alone gives', () => {
    const found = allocateWalkForward(returns, { method: 'min-variance', lookback: 60, rebalance: 20 });
    expect(found.rebalances.map(({ period }) => period)).toEqual([60, 80, 100]);
    expect(found.start).toBe(60);
    for (const { period, weights } of found.rebalances) {
      const past = [0, 1, 2].flatMap((s) => [...returns.returns.subarray(s * 120 + period - 60, s * 120 + period)]);
      const alone = allocate({ returns: Float64Array.from(past), sets: 3, periods: 60 }, { method: 'min-variance' });
      expect([...weights]).toEqual([...alone.weights]);
    }
  });

  it('does not look ahead: a changed future changes nothing before it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 119 }), fc.constantFrom(...allocationMethods), (cut, method) => {
        const other = Float64Array.from(returns.returns);
        for (let s = 0; s < 3; s++) for (let t = cut; t < 120; t++) other[s * 120 + t] = 0.05 * Math.sin(s + t);
        const options = { method, lookback: 60, rebalance: 7, cost: 0.001, costAware: true };
        const before = allocateWalkForward(returns, options).returns.subarray(0, cut - 60);
        const after = allocateWalkForward({ ...returns, returns: other }, options).returns.subarray(0, cut - 60);
        expect([...after]).toEqual([...before]);
      }),
      { numRuns: 20 },
    ));

  it('earns the weighted returns of assets that drift between rebalances, less the cost of trading', () => {
    const found = allocateWalkForward(returns, { method: 'equal', lookback: 100, rebalance: 10, cost: 0.002 });
    const values = [1 / 3, 1 / 3, 1 / 3].map((w) => w * (1 - 0.002));
    for (let t = 100; t < 110; t++) {
      const before = values.reduce((a, b) => a + b);
      for (let s = 0; s < 3; s++) values[s]! *= 1 + returns.returns[s * 120 + t]!;
      const gained = values.reduce((a, b) => a + b) / (t === 100 ? 1 : before) - 1;
      expect(found.returns[t - 100]).toBeCloseTo(gained, 12);
    }
    expect([...found.returns]).toEqual([...found.equalReturns]);
    expect(found.turnover).toBe(found.equalTurnover);
  });

  it('trades less when it minds the cost', () => {
    const options = { method: 'min-variance', lookback: 40, rebalance: 5, cost: 0.002 } as const;
    const careful = allocateWalkForward(returns, { ...options, costAware: true });
    expect(careful.turnover).toBeLessThan(allocateWalkForward(returns, options).turnover);
  });

  it('holds an asset only once it has a whole window behind it, and takes a missing return as none', () => {
    const late = Float64Array.from(returns.returns);
    late.fill(Number.NaN, 240, 290);
    late[330] = Number.NaN;
    const found = allocateWalkForward(
      { ...returns, returns: late },
      { method: 'equal-risk', lookback: 20, rebalance: 10, bounds: { max: [0.9, 0.9, 0.2] } },
    );
    const third = found.rebalances.map(({ period, weights }) => [period, weights[2]! > 0]);
    for (const [period, isHeld] of third)
      expect(isHeld, `${period}`).toBe(
        (period as number) >= 70 && !((period as number) > 90 && (period as number) <= 110),
      );
    expect(found.returns.every(Number.isFinite)).toBe(true);
    for (const { weights } of found.rebalances) expect(weights[2]).toBeLessThanOrEqual(0.2 + 1e-12);
  });

  it('stays in cash when no asset can be held', () => {
    const { returns: earned, rebalances } = allocateWalkForward(
      { returns: new Float64Array(40).fill(Number.NaN), sets: 2, periods: 20 },
      { method: 'equal', lookback: 10, rebalance: 5 },
    );
    expect([...earned]).toEqual(new Array(10).fill(0));
    expect(rebalances.every(({ weights }) => weights.every((w) => w === 0))).toBe(true);
  });

  it('refuses spans that leave nothing', () => {
    for (const bad of [{ lookback: 1 }, { lookback: 120 }, { lookback: 200 }, { rebalance: 0 }, { cost: -1 }])
      expect(() => allocateWalkForward(returns, { method: 'equal', lookback: 20, rebalance: 5, ...bad })).toThrow(
        SigmaError,
      );
  });
});
