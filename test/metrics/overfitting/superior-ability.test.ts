import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, SigmaError } from '../../../src/lib/core/index.ts';
import { superiorAbility } from '../../../src/lib/metrics/index.ts';
import { maxTests } from '../../../src/lib/metrics/overfitting/max-tests.ts';
import { stationaryVariance } from '../../../src/lib/metrics/overfitting/stationary-variance.ts';
import { search } from './noise-search.ts';

type Golden = {
  periods: number;
  sets: number;
  meanBlock: number;
  returns: number[][];
  rows: number[][];
  arch: { pvalues: Record<'lower' | 'consistent' | 'upper', number>; variance: number[] };
  numpy: {
    t: number[];
    spa: { statistic: number; lower: number; consistent: number; upper: number };
    adjusted: number[];
    realityCheck: { statistic: number; p: number };
  };
};
const golden: Golden = JSON.parse(readFileSync(new URL('../fixtures/superior-ability.json', import.meta.url), 'utf8'));
const { periods, sets } = golden;
const matrix = { returns: Float64Array.from(golden.returns.flat()), sets, periods };
const row = (s: number): Float64Array => matrix.returns.subarray(s * periods, (s + 1) * periods);
const rows = Int32Array.from({ length: sets }, (_, s) => s);

/** Gives the rows that arch drew. */
function drawGolden(): (out: Int32Array) => void {
  let next = 0;
  return (out) => out.set(golden.rows[next++]!);
}

describe('long-run variance under the stationary bootstrap', () => {
  it('agrees with the kernel sum of arch', () => {
    for (const s of rows)
      expect(stationaryVariance(row(s), golden.meanBlock) / golden.arch.variance[s]! - 1).toBeCloseTo(0, 10);
  });

  it('is the population variance when blocks are single periods', () => {
    const values = row(0);
    const mean = values.reduce((a, b) => a + b) / periods;
    expect(stationaryVariance(values, 1)).toBeCloseTo(values.reduce((a, r) => a + (r - mean) ** 2, 0) / periods, 15);
  });

  it('is the variance that resampled means really have', () => {
    const found = stationaryVariance(row(1), golden.meanBlock);
    const means = golden.rows.map((drawn) => drawn.reduce((sum, t) => sum + row(1)[t]!, 0) / periods);
    const centre = means.reduce((a, b) => a + b) / means.length;
    const variance = (periods * means.reduce((a, m) => a + (m - centre) ** 2, 0)) / means.length;
    // 200 resamples know a variance to 10 %.
    expect(Math.abs(variance / found - 1)).toBeLessThan(0.3);
  });

  it('is 0 for constants and NaN for nothing or for what is not finite', () => {
    expect(stationaryVariance(new Float64Array(10).fill(0.01), 3)).toBe(0);
    expect(stationaryVariance(new Float64Array(0), 3)).toBeNaN();
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(stationaryVariance(Float64Array.of(0.1, bad, 0.2), 3)).toBeNaN();
  });
});

describe('tests of the largest mean on the rows that arch drew', () => {
  const studentised = maxTests(
    matrix,
    { rows, deviation: Float64Array.from(golden.arch.variance, Math.sqrt) },
    drawGolden(),
    golden.rows.length,
  );

  it('give the same counts as arch when nothing is studentised (White 2000; Hansen 2005 lower and consistent)', () => {
    const exceeding = (p: number): number => Math.round(p * (golden.rows.length + 1)) - 1;
    expect(exceeding(studentised.plain.p)).toBe(Math.round(golden.arch.pvalues.upper * golden.rows.length));
    expect(studentised.plain.p).toBeCloseTo(golden.numpy.realityCheck.p, 12);
    expect(studentised.plain.statistic).toBeCloseTo(golden.numpy.realityCheck.statistic, 12);
  });

  it('give the studentised statistics and p of Hansen 2005', () => {
    for (const s of rows) expect(studentised.t[s]).toBeCloseTo(golden.numpy.t[s]!, 9);
    for (const key of ['statistic', 'lower', 'consistent', 'upper'] as const)
      expect(studentised.studentised[key]).toBeCloseTo(golden.numpy.spa[key], 9);
  });

  it('give the step-down p of Romano and Wolf 2005', () => {
    for (const s of rows) expect(studentised.adjusted[s]).toBeCloseTo(golden.numpy.adjusted[s]!, 12);
  });
});

describe('superior ability', () => {
  const noise = search(createRng(3), { sets: 30, periods: 300 });

  it('is the same for the same seed', () => {
    const twice = [1, 2].map(() => superiorAbility(noise, { rng: createRng(5), resamples: 200 }));
    expect(twice[0]).toEqual(twice[1]);
    expect(superiorAbility(noise, { rng: createRng(6), resamples: 200 })).not.toEqual(twice[0]);
  });

  it('rejects noise in about one search of twenty', () => {
    let rejected = { spa: 0, realityCheck: 0, best: 0 };
    const searches = 200;
    for (let seed = 0; seed < searches; seed++) {
      const rng = createRng(seed);
      const found = superiorAbility(search(rng.fork('returns'), { sets: 8, periods: 120 }), { rng, resamples: 199 });
      rejected = {
        spa: rejected.spa + (found.spa.consistent <= 0.05 ? 1 : 0),
        realityCheck: rejected.realityCheck + (found.realityCheck.p <= 0.05 ? 1 : 0),
        best: rejected.best + (found.adjusted[found.best]! <= 0.05 ? 1 : 0),
      };
    }
    // 10 expected with deviation 3: four of them.
    for (const count of Object.values(rejected)) {
      expect(count).toBeLessThanOrEqual(22);
      expect(count).toBeGreaterThan(0);
    }
  });

  it('finds the sets with skill and no others', () => {
    const skilled = search(createRng(11), { sets: 40, periods: 1000, skilled: 3, edge: 0.0018 });
    const { adjusted, spa, best } = superiorAbility(skilled, { rng: createRng(1), resamples: 400 });
    expect(spa.consistent).toBeLessThan(0.01);
    expect(best).toBeLessThan(3);
    expect([...adjusted.keys()].filter((s) => adjusted[s]! <= 0.05)).toEqual([0, 1, 2]);
  });

  it('orders p: lower, consistent, upper; step-down never above that of a worse set', () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, count) => {
        const returns = search(createRng(seed), { sets: count, periods: 60 });
        const { spa, adjusted, statistics } = superiorAbility(returns, { rng: createRng(seed), resamples: 100 });
        expect(spa.lower).toBeLessThanOrEqual(spa.consistent);
        expect(spa.consistent).toBeLessThanOrEqual(spa.upper);
        const order = [...statistics.keys()].sort((a, b) => statistics[b]! - statistics[a]!);
        for (let i = 1; i < count; i++) expect(adjusted[order[i]!]!).toBeGreaterThanOrEqual(adjusted[order[i - 1]!]!);
      }),
      { numRuns: 25 },
    ));

  it('does not depend on the scale of returns', () => {
    const scaled = { ...noise, returns: noise.returns.map((r) => 16 * r) };
    const found = superiorAbility(scaled, { rng: createRng(5), resamples: 200, meanBlock: 2 });
    const before = superiorAbility(noise, { rng: createRng(5), resamples: 200, meanBlock: 2 });
    expect(found.spa).toEqual(before.spa);
    expect(found.adjusted).toEqual(before.adjusted);
  });

  it('leaves out sets that failed or never vary, and is undefined without any', () => {
    const returns = Float64Array.from([
      ...noise.returns.subarray(0, 300),
      ...new Float64Array(300),
      ...new Float64Array(300).fill(Number.NaN),
    ]);
    const found = superiorAbility({ returns, sets: 3, periods: 300 }, { rng: createRng(1), resamples: 100 });
    expect([found.sets, found.excluded, found.best]).toEqual([1, 2, 0]);
    expect([...found.adjusted.subarray(1)]).toEqual([Number.NaN, Number.NaN]);
    for (const empty of [
      { returns: new Float64Array(0), sets: 0, periods: 0 },
      { returns: new Float64Array(600), sets: 2, periods: 300 },
      { returns: new Float64Array(600).fill(Number.POSITIVE_INFINITY), sets: 2, periods: 300 },
      { returns: Float64Array.of(0.1, 0.2), sets: 1, periods: 2 },
    ]) {
      const none = superiorAbility(empty, { rng: createRng(1), resamples: 100 });
      expect([none.spa.consistent, none.realityCheck.p, none.best]).toEqual([Number.NaN, Number.NaN, -1]);
    }
  });

  it('refuses options out of range', () => {
    for (const bad of [{ resamples: 99 }, { resamples: 100.5 }, { meanBlock: 0.5 }])
      expect(() => superiorAbility(noise, { rng: createRng(1), ...bad })).toThrow(SigmaError);
  });
});
