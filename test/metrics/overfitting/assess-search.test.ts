import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../../../src/lib/core/index.ts';
import { type Assessment, assessSearch } from '../../../src/lib/metrics/index.ts';
import { randomTiming, type Search, search } from './noise-search.ts';

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
