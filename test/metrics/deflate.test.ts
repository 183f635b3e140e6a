import { describe, expect, it } from 'vitest';
import { deflatedFigures, deflatedSharpe, sharpe, sharpeEstimateOf } from '../../src/lib/metrics/index.ts';
import { moments, sampleExcessKurtosis, sampleSkewness } from '../../src/lib/statistics/index.ts';

const returns = Float64Array.from(
  { length: 300 },
  (_, t) => 0.001 + 0.01 * Math.sin(t * t) + (t % 17 === 0 ? -0.02 : 0),
);
const m = moments(returns);
const figures = {
  sharpe: sharpe(returns, 252),
  skewness: sampleSkewness(m),
  excessKurtosis: sampleExcessKurtosis(m),
  periods: 300,
};

describe('figures of a run deflated later', () => {
  it('come from the same estimate as from the returns', () => {
    const estimate = sharpeEstimateOf(figures, 252);
    expect(estimate.sharpe).toBeCloseTo(m.mean / m.deviation, 12);
    expect(estimate.skewness).toBeCloseTo(m.skewness, 10);
    expect(estimate.kurtosis).toBeCloseTo(m.kurtosis, 10);
    expect(deflatedFigures(figures, 252, { count: 40, sharpeVariance: 0.002 }).dsr).toBeCloseTo(
      deflatedSharpe(estimate, 40, 0.002),
      12,
    );
  });

  it('fall as more is tried', () => {
    const dsr = (count: number): number => deflatedFigures(figures, 252, { count, sharpeVariance: 0.002 }).dsr;
    expect(dsr(1)).toBeGreaterThan(dsr(10));
    expect(dsr(10)).toBeGreaterThan(dsr(1000));
  });

  it('are undefined without returns, and take the variance of chance where none is known', () => {
    const none = { sharpe: Number.NaN, skewness: Number.NaN, excessKurtosis: Number.NaN, periods: 0 };
    expect(deflatedFigures(none, 252, { count: 5, sharpeVariance: Number.NaN }).dsr).toBeNaN();
    const unknown = deflatedFigures(figures, 252, { count: 5, sharpeVariance: Number.NaN });
    expect(unknown.dsr).toBeCloseTo(deflatedFigures(figures, 252, { count: 5, sharpeVariance: 1 / 299 }).dsr, 12);
    expect(
      deflatedFigures({ ...figures, sharpe: -1 }, 252, { count: 5, sharpeVariance: 1 }).minBacktestLength,
    ).toBeNaN();
  });
});
