import { describe, expect, it } from 'vitest';
import { createRng, type Rng, SigmaError } from '../../../src/lib/core/index.ts';
import { type Assessment, assessSearch, deflatedSharpe, type SearchEvidence } from '../../../src/lib/metrics/index.ts';
import { moments } from '../../../src/lib/statistics/index.ts';
import { nearCopies, randomTiming, type Search, search } from './noise-search.ts';

const YEAR = 252;
/** Mean return a day for an annual Sharpe ratio at the searches' deviation of 1 %. */
const edgeOf = (sharpe: number): number => (0.01 * sharpe) / Math.sqrt(YEAR);

function assess(rng: Rng, found: Search): Assessment {
  return assessSearch({
    ...found,
    ...(found.benchmark === undefined ? {} : { benchmarkReturns: found.benchmark }),
    periodsPerYear: YEAR,
    rng,
    resamples: 199,
    blocks: 8,
  });
}

function calls(seeds: number, make: (rng: Rng) => Search): Record<Assessment['verdict']['call'], number> {
  const counts = { favourable: 0, inconclusive: 0, unfavourable: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const rng = createRng(seed);
    counts[assess(rng.fork('assess'), make(rng.fork('market'))).verdict.call]++;
  }
  return counts;
}

describe('the verdict on a search', () => {
  // `npm run bench -- honesty` does the same with 200 seeds each and more kinds of noise.
  it('is not favourable on noise, independent or correlated', () => {
    expect(calls(30, (rng) => search(rng, { sets: 40, periods: 500 })).favourable).toBeLessThanOrEqual(1);
    expect(
      calls(30, (rng) => search(rng, { sets: 40, periods: 500, correlation: 0.5 })).favourable,
    ).toBeLessThanOrEqual(1);
  });

  it('is not favourable on random timing of a rising market, which beats zero but not its share of the market', () => {
    const make = (rng: Rng): Search => randomTiming(rng, { sets: 40, periods: 750 });
    expect(calls(30, make).favourable).toBeLessThanOrEqual(1);
  });

  it('is favourable on a real and lasting edge', () => {
    const counts = calls(15, (rng) => search(rng, { sets: 40, periods: 1250, skilled: 10, edge: edgeOf(2) }));
    expect(counts.favourable).toBeGreaterThanOrEqual(12);
  });

  it('rejects an edge that lived in the first half only', () => {
    const counts = calls(15, (rng) => search(rng, { sets: 40, periods: 1250, skilled: 1, edge: edgeOf(4), ends: 0.5 }));
    expect(counts.favourable).toBe(0);
    expect(counts.unfavourable).toBeGreaterThanOrEqual(12);
  });

  it('rejects an edge that is not there out of sample', () => {
    let favourable = 0;
    for (let seed = 1; seed <= 15; seed++) {
      const rng = createRng(seed);
      const found = search(rng.fork('market'), { sets: 40, periods: 1000, skilled: 1, edge: edgeOf(3) });
      const later = search(rng.fork('later'), { sets: 1, periods: 400 });
      const evidence = { ...found, periodsPerYear: YEAR, resamples: 199, blocks: 8 };
      const { verdict } = assessSearch({
        ...evidence,
        rng: rng.fork('assess'),
        outOfSample: { returns: later.returns },
      });
      if (verdict.call === 'favourable') favourable++;
    }
    expect(favourable).toBeLessThanOrEqual(1);
  });
});

describe('an assessment', () => {
  const rng = createRng(21);
  const found = search(rng.fork('market'), { sets: 20, periods: 600, correlation: 0.3 });
  const base = { ...found, periodsPerYear: YEAR, resamples: 199, blocks: 8 };
  const made = (more: Partial<SearchEvidence> = {}): Assessment =>
    assessSearch({ ...base, rng: createRng(1).fork('assess'), ...more });

  it('holds a set that was picked from many more than are given against all of them', () => {
    let significant = 0;
    let favourable = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const all = search(createRng(seed), { sets: 400, periods: 250 });
      const row = (s: number): Float64Array => all.returns.subarray(s * 250, (s + 1) * 250);
      const returns = Float64Array.from(
        [row(all.chosen), ...Array.from({ length: 19 }, (_, s) => row(s))].flatMap((r) => [...r]),
      );
      const { superiorAbility: ability, verdict } = assessSearch({
        ...{ returns, sets: 20, periods: 250, chosen: 0, periodsPerYear: YEAR, resamples: 199, blocks: 4 },
        ledger: { trials: 400 },
        rng: createRng(seed),
      });
      expect(ability.chosen.pOfAllTrials).toBeGreaterThanOrEqual(ability.chosen.p);
      if (ability.chosen.pOfAllTrials <= 0.05) significant++;
      if (verdict.call === 'favourable') favourable++;
    }
    // 2 expected of 40; without the other 380 most would be.
    expect(significant).toBeLessThanOrEqual(6);
    expect(favourable).toBeLessThanOrEqual(1);
  });

  it('holds near copies of an earlier find against all that it was found among', () => {
    let favourable = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { trials, verdict } = assessSearch({
        ...nearCopies(createRng(seed), { sets: 200, periods: 500 }),
        ...{ periodsPerYear: YEAR, resamples: 199, blocks: 4, rng: createRng(seed).fork('assess') },
      });
      expect(trials.correlation).toBeGreaterThan(0.9);
      expect(trials.effective).toBeGreaterThanOrEqual(200);
      // What luck reaches is not measured by how little copies differ.
      expect(trials.sharpeVariance).toBeGreaterThanOrEqual(YEAR / 499 - 1e-12);
      if (verdict.call === 'favourable') favourable++;
    }
    expect(favourable).toBeLessThanOrEqual(1);
  });

  it('counts what the sets are a sample of as correlated as they are', () => {
    const { correlation, effective } = made({ ledger: { trials: 500 }, sampledFrom: 300 }).trials;
    expect(effective).toBeCloseTo(200 + correlation + 300 * (1 - correlation), 9);
    expect(made({ sampledFrom: 3 }).trials.effective).toBeCloseTo(20 - 19 * correlation, 9);
  });

  it('gives the deflated Sharpe ratio of the ledger, with correlated trials counted in part', () => {
    const { chosen, trials } = made({ ledger: { trials: 500, sharpeVariance: 0.002 }, sampledFrom: 500 });
    const m = moments(found.returns.subarray(found.chosen * 600, (found.chosen + 1) * 600));
    const estimate = { sharpe: m.mean / m.deviation, count: 600, skewness: m.skewness, kurtosis: m.kurtosis };
    expect(trials.counted).toBe(500);
    expect(trials.effective).toBeCloseTo(500 - 499 * trials.correlation, 9);
    expect(chosen.deflatedSharpe).toBeCloseTo(deflatedSharpe(estimate, trials.effective, 0.002), 12);
    expect(chosen.sharpe).toBeCloseTo(estimate.sharpe * Math.sqrt(YEAR), 12);
    expect(made({ ledger: { trials: 1 } }).trials.counted).toBe(20);
  });

  it('judges what the benchmark does not explain', () => {
    const market = Float64Array.from({ length: 600 }, () => 0.001 + 0.01 * rng.normal());
    const returns = found.returns.map((r, i) => r + 0.5 * market[i % 600]!);
    const { chosen, superiorAbility: ability } = made({ returns, benchmarkReturns: market });
    expect(ability.against).toBe('benchmark');
    expect(Math.abs(chosen.exposure - 0.5)).toBeLessThan(0.15);
    expect(chosen.alphaSharpe).toBeLessThan(chosen.sharpe);
    expect(() => made({ benchmarkReturns: market.subarray(1) })).toThrow(SigmaError);
    expect(() => made({ benchmarkReturns: market.map(() => Number.NaN) })).toThrow(SigmaError);
  });

  it('is the same for the same seed and is made of plain values', () => {
    const one = made();
    expect(made()).toEqual(one);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  it('is unfavourable, without throwing, for a set that failed, never varies, or is alone with two returns', () => {
    const failed = {
      ...base,
      returns: found.returns.map((r, i) => (Math.floor(i / 600) === found.chosen ? Number.NaN : r)),
    };
    const flat = { ...base, returns: new Float64Array(20 * 600) };
    const short = { ...base, returns: Float64Array.of(0.01, 0.01), sets: 1, periods: 2, chosen: 0 };
    const infinite = { ...base, returns: new Float64Array(20 * 600).fill(Number.POSITIVE_INFINITY) };
    for (const evidence of [failed, flat, short, infinite])
      expect(assessSearch({ ...evidence, rng: createRng(1) }).verdict.call).toBe('unfavourable');
  });
});
