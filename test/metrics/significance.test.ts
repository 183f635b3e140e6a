import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeMetrics,
  deflatedSharpe,
  expectedMaxSharpe,
  minBacktestLength,
  minTrackRecord,
  probabilisticSharpe,
  sharpeStandardError,
} from '../../src/lib/metrics/index.ts';
import { performance } from './fixtures/performance.ts';

const normal = { skewness: 0, kurtosis: 3 };
/** The published tables give ten digits. */
const DIGITS = 9;

describe('Sharpe ratio of Bailey and Lopez de Prado', () => {
  it('is probably positive: the hedge fund of 2012, table 1, normal and with its own tails', () => {
    expect(probabilisticSharpe({ sharpe: 0.458, count: 24, ...normal })).toBeCloseTo(0.9816749191, DIGITS);
    const tailed = { sharpe: 0.458, count: 24, skewness: -2.448, kurtosis: 10.164 };
    expect(probabilisticSharpe(tailed)).toBeCloseTo(0.9133610839, DIGITS);
  });

  it('is expected to reach by luck in N trials (2014, eq. 1)', () => {
    expect(expectedMaxSharpe(10)).toBeCloseTo(1.5745983013, DIGITS);
    expect(expectedMaxSharpe(100)).toBeCloseTo(2.5306028932, DIGITS);
    expect(expectedMaxSharpe(1000)).toBeCloseTo(3.2551215137, DIGITS);
    expect(expectedMaxSharpe(1)).toBe(0);
    expect(expectedMaxSharpe(0)).toBeNaN();
  });

  it('rises from one trial on, also between one and two, to which correlated trials may amount', () => {
    const counts = [1, 1.001, 1.01, 1.1, 1.3, 1.5, 1.9, 2, 2.5, 3];
    const luck = counts.map((count) => expectedMaxSharpe(count));
    for (let k = 1; k < luck.length; k++) expect(luck[k]!).toBeGreaterThan(luck[k - 1]!);
    const estimate = { sharpe: 0.05, count: 500, ...normal };
    expect(deflatedSharpe(estimate, 1.01, 0.002)).toBeLessThan(probabilisticSharpe(estimate));
    expect(minBacktestLength(1.001)).toBeLessThan(minBacktestLength(2));
  });

  it('deflates by the trials made (2014, section 4)', () => {
    const sharpe = 2.5 / Math.sqrt(250);
    const fat = { sharpe, count: 1250, skewness: -3, kurtosis: 10 };
    expect(deflatedSharpe(fat, 100, 0.5 / 250)).toBeCloseTo(0.90039683444939, 11);
    expect(deflatedSharpe(fat, 46, 0.5 / 250)).toBeCloseTo(0.9505017069, DIGITS);
    expect(deflatedSharpe({ sharpe, count: 1250, ...normal }, 88, 0.5 / 250)).toBeCloseTo(0.9504908167, DIGITS);
  });

  it('needs a minimum track record (2012, section 6)', () => {
    const years = (
      annual: number,
      against: number,
      ppy: number,
      shape: { skewness: number; kurtosis: number },
    ): number =>
      minTrackRecord({ sharpe: annual / Math.sqrt(ppy), count: 0, ...shape }, against / Math.sqrt(ppy)) / ppy;
    expect(years(2, 1, 250, normal)).toBeCloseTo(2.7311878018, DIGITS);
    expect(years(2, 1, 52, normal)).toBeCloseTo(2.8288335869, DIGITS);
    expect(years(3, 2.5, 12, { skewness: -0.72, kurtosis: 5.78 })).toBeCloseTo(27.352920196, DIGITS);
  });

  it('has no sufficient track record when it does not exceed the threshold', () => {
    expect(minTrackRecord({ sharpe: 0.1, count: 100, ...normal }, 0.1)).toBeNaN();
    expect(minTrackRecord({ sharpe: -0.1, count: 100, ...normal })).toBeNaN();
  });

  it('needs a minimum backtest length (Bailey et al. 2014: 45 trials need five years)', () => {
    expect(minBacktestLength(45, 1)).toBeCloseTo(4.9980870044, DIGITS);
    expect(minBacktestLength(45, 0)).toBeNaN();
  });

  it('is undefined from one return', () => {
    expect(sharpeStandardError({ sharpe: 1, count: 1, ...normal })).toBeNaN();
    expect(probabilisticSharpe({ sharpe: Number.NaN, count: 10, ...normal })).toBeNaN();
  });
});

describe('trials in computeMetrics', () => {
  it('leaves the probabilistic Sharpe as it is with one trial and lowers it with each further one', () => {
    const after = [1, 2, 10, 100].map((count) => computeMetrics({ ...performance, trials: { count } }));
    expect(after[0]!.dsr).toBe(after[0]!.psr);
    expect(after[0]!.expectedMaxSharpe).toBe(0);
    for (let i = 1; i < after.length; i++) {
      expect(after[i]!.dsr).toBeLessThan(after[i - 1]!.dsr);
      expect(after[i]!.minBacktestLength).toBeGreaterThan(after[i - 1]!.minBacktestLength);
      expect(after[i]!.psr).toBe(after[0]!.psr);
    }
    expect(after[2]!.trials).toBe(10);
  });

  it('annualises the expected maximum by the variance of the trials', () => {
    const { expectedMaxSharpe: found } = computeMetrics({
      ...performance,
      trials: { count: 10, sharpeVariance: 0.01 },
    });
    expect(found).toBeCloseTo(1.5745983013 * Math.sqrt(0.01 * 252), DIGITS);
  });
});

describe('probabilistic Sharpe ratio', () => {
  const estimates = fc.record({
    sharpe: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    count: fc.integer({ min: 10, max: 5000 }),
    skewness: fc.double({ min: -1, max: 1, noNaN: true }),
    kurtosis: fc.double({ min: 3, max: 12, noNaN: true }),
  });

  it('is a probability that falls as the threshold rises', () =>
    fc.assert(
      fc.property(estimates, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (estimate, step) => {
        const low = probabilisticSharpe(estimate, 0);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(1);
        expect(probabilisticSharpe(estimate, step)).toBeLessThanOrEqual(low);
      }),
    ));

  it('reaches the confidence exactly at the minimum track record', () =>
    fc.assert(
      fc.property(estimates, (estimate) => {
        fc.pre(estimate.sharpe > 0.02);
        const count = minTrackRecord(estimate, 0, 0.9);
        expect(probabilisticSharpe({ ...estimate, count })).toBeCloseTo(0.9, 9);
      }),
    ));
});
