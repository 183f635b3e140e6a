import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import {
  annualReturn,
  cagr,
  computeMetrics,
  depthSummary,
  drawdownOfReturns,
  expectedShortfall,
  gainsAndLosses,
  gaussianVar,
  historicalVar,
  hurst,
  logGrowthLine,
  maxDrawdown,
  metricCatalog,
  omega,
  type PerformanceInput,
  perPeriodRate,
  sharpe,
  simpleReturns,
  sortino,
  stability,
  tailRatio,
  totalReturn,
  tStatistic,
  volatility,
} from '../../src/lib/metrics/index.ts';
import {
  autocorrelation,
  moments,
  sampleExcessKurtosis,
  sampleSkewness,
  sortedFinite,
} from '../../src/lib/statistics/index.ts';
import { performance } from './fixtures/performance.ts';

const returnSeries = fc
  .array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 5, maxLength: 120 })
  // To nine digits: a loss of 5e-324 is no return.
  .map((values) => Float64Array.from(values, (r) => Math.round(r * 1e9) / 1e9))
  .filter((values) => moments(values).deviation > 1e-4);

const close = (found: number, expected: number, tolerance = 1e-8): void => {
  if (Number.isNaN(expected)) expect(found).toBeNaN();
  else expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(tolerance);
};

describe('returns scaled by a leverage k', () => {
  const leverage = fc.double({ min: 0.1, max: 10, noNaN: true });

  it('scale volatility and VaR by k and leave Sharpe, Sortino, Omega, skewness and t as they are', () =>
    fc.assert(
      fc.property(returnSeries, leverage, (returns, k) => {
        const scaled = returns.map((r) => k * r);
        close(volatility(scaled, 252), k * volatility(returns, 252));
        close(historicalVar(sortedFinite(scaled), 0.05), k * historicalVar(sortedFinite(returns), 0.05));
        close(expectedShortfall(sortedFinite(scaled), 0.05), k * expectedShortfall(sortedFinite(returns), 0.05));
        close(sharpe(scaled, 252), sharpe(returns, 252));
        close(sortino(scaled, 252), sortino(returns, 252));
        close(omega(scaled), omega(returns));
        close(tStatistic(scaled), tStatistic(returns));
        close(sampleSkewness(moments(scaled)), sampleSkewness(moments(returns)));
        close(autocorrelation(scaled), autocorrelation(returns));
      }),
    ));
});

describe('returns with their sign turned', () => {
  it('turn the sign of Sharpe, skewness and t, keep volatility and kurtosis, and invert Omega', () =>
    fc.assert(
      fc.property(returnSeries, (returns) => {
        const turned = returns.map((r) => -r);
        close(sharpe(turned, 252), -sharpe(returns, 252));
        close(tStatistic(turned), -tStatistic(returns));
        close(volatility(turned, 252), volatility(returns, 252));
        close(sampleSkewness(moments(turned)), -sampleSkewness(moments(returns)));
        close(sampleExcessKurtosis(moments(turned)), sampleExcessKurtosis(moments(returns)));
        if (omega(returns) > 0) close(omega(turned) * omega(returns), 1);
        const gains = gainsAndLosses(returns);
        const losses = gainsAndLosses(turned);
        expect([losses.losses, losses.lossStreak]).toEqual([gains.wins, gains.winStreak]);
      }),
    ));
});

describe('returns in another order', () => {
  it('keep all that does not look at time', () =>
    fc.assert(
      fc.property(returnSeries, fc.integer(), (returns, seed) => {
        const rng = createRng(seed);
        const shuffled = returns.slice();
        for (let i = shuffled.length - 1; i > 0; i--) {
          const j = rng.integer(i + 1);
          [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
        }
        close(totalReturn(shuffled), totalReturn(returns));
        close(sharpe(shuffled, 252), sharpe(returns, 252));
        close(sortino(shuffled, 252), sortino(returns, 252));
        expect(tailRatio(sortedFinite(shuffled))).toEqual(tailRatio(sortedFinite(returns)));
        expect(gainsAndLosses(shuffled).wins).toBe(gainsAndLosses(returns).wins);
      }),
    ));
});

describe('returns raised by a constant', () => {
  it('raise every reward-to-risk ratio and never deepen the drawdown', () =>
    fc.assert(
      fc.property(returnSeries, fc.double({ min: 0.001, max: 0.05, noNaN: true }), (returns, lift) => {
        const raised = returns.map((r) => r + lift);
        expect(sharpe(raised, 252)).toBeGreaterThan(sharpe(returns, 252));
        expect(annualReturn(raised, 252)).toBeGreaterThan(annualReturn(returns, 252));
        expect(maxDrawdown(drawdownOfReturns(raised))).toBeGreaterThanOrEqual(
          maxDrawdown(drawdownOfReturns(returns)) - 1e-12,
        );
        const [before, after] = [omega(returns), omega(raised)];
        if (!Number.isNaN(after) && before > 0) expect(after).toBeGreaterThan(before);
      }),
    ));
});

describe('bounds', () => {
  it('hold: shortfall below VaR below the median, pain below ulcer below the deepest, stability within [0, 1]', () =>
    fc.assert(
      fc.property(returnSeries, (returns) => {
        const sorted = sortedFinite(returns);
        expect(expectedShortfall(sorted, 0.05)).toBeLessThanOrEqual(historicalVar(sorted, 0.05) + 1e-15);
        expect(historicalVar(sorted, 0.05)).toBeLessThanOrEqual(historicalVar(sorted, 0.5));
        expect(gaussianVar(moments(returns), 0.01)).toBeLessThan(gaussianVar(moments(returns), 0.05));
        const { worst, ulcer, pain, underWater, current } = depthSummary(drawdownOfReturns(returns));
        expect(pain).toBeLessThanOrEqual(ulcer + 1e-15);
        expect(ulcer).toBeLessThanOrEqual(-worst + 1e-15);
        expect(current).toBeGreaterThanOrEqual(worst);
        expect(underWater).toBeLessThanOrEqual(1);
        const r2 = stability(logGrowthLine(returns));
        // Undefined where nothing happens after the first return.
        if (!Number.isNaN(r2)) expect(Math.abs(r2 - 0.5)).toBeLessThanOrEqual(0.5);
      }),
    ));

  it('hold for kurtosis: never below skewness squared plus one (Pearson 1916)', () =>
    fc.assert(
      fc.property(returnSeries, (returns) => {
        const { skewness, kurtosis } = moments(returns);
        expect(kurtosis).toBeGreaterThanOrEqual(skewness ** 2 + 1 - 1e-9);
      }),
    ));
});

describe('a risk-free rate', () => {
  it('compounds from period to year', () =>
    fc.assert(
      fc.property(fc.double({ min: -0.1, max: 0.5, noNaN: true }), fc.integer({ min: 1, max: 365 }), (annual, n) => {
        close((1 + perPeriodRate(annual, n)) ** n - 1, annual);
      }),
    ));

  it('lowers Sharpe as it rises', () =>
    fc.assert(
      fc.property(returnSeries, (returns) => {
        expect(sharpe(returns, 252, 0.05)).toBeLessThan(sharpe(returns, 252, 0.02));
      }),
    ));
});

describe('the Hurst exponent', () => {
  it('is about one half for independent returns and higher for trending ones', () => {
    const rng = createRng(2);
    const independent = Float64Array.from({ length: 8192 }, () => rng.normal());
    let drift = 0;
    const trending = independent.map((e) => {
      drift = 0.95 * drift + e;
      return drift;
    });
    // Rescaled range is biased upward in short blocks: 0.5 reads as up to 0.6.
    expect(hurst(independent)).toBeGreaterThan(0.48);
    expect(hurst(independent)).toBeLessThan(0.6);
    expect(hurst(trending)).toBeGreaterThan(0.7);
    expect(hurst(independent.subarray(0, 31))).toBeNaN();
  });
});

/** The fixed run with all money multiplied by k. */
function inCurrency(k: number): PerformanceInput {
  const { equity, trades, fills, costs, initial, benchmark } = performance;
  const times = (column: Float64Array): Float64Array => column.map((value) => k * value);
  return {
    equity: {
      time: equity.time,
      equity: times(equity.equity),
      cash: times(equity.cash),
      gross: times(equity.gross),
      net: times(equity.net),
    },
    trades: trades.map((trade) => ({ ...trade, pnl: k * trade.pnl, grossPnl: k * trade.grossPnl })),
    fills: fills.map((fill) => ({ ...fill, price: k * fill.price, fee: k * fill.fee, slippage: k * fill.slippage })),
    costs: {
      fees: k * costs.fees,
      slippage: k * costs.slippage,
      borrow: k * costs.borrow,
      funding: k * costs.funding,
    },
    initial: k * initial,
    benchmark: { time: benchmark.time, value: times(benchmark.value) },
  };
}

describe('a run in another currency', () => {
  it('scales every metric in currency and no other', () => {
    const plain = computeMetrics(performance);
    for (const k of [0.001, 4, 1350]) {
      const scaled = computeMetrics(inCurrency(k));
      for (const { key, unit } of metricCatalog) close(scaled[key] / (unit === 'currency' ? k : 1), plain[key], 1e-9);
    }
  });
});

describe('the trades', () => {
  it('may be given in any order but for streaks', () => {
    const plain = computeMetrics(performance);
    const turned = computeMetrics({ ...performance, trades: performance.trades.toReversed() });
    for (const { key } of metricCatalog) close(turned[key], plain[key], 1e-9);
  });

  it('that are open count only as open', () => {
    const open = { ...performance.trades[0]!, exitTime: Number.NaN, pnl: 321 };
    const before = computeMetrics(performance);
    const after = computeMetrics({ ...performance, trades: [...performance.trades, open] });
    expect(after).toEqual({ ...before, openTrades: 1, openProfit: 321 });
  });

  it('break even count as trades but neither as gain nor as loss', () => {
    const even = { ...performance.trades[0]!, pnl: 0, return: 0 };
    const before = computeMetrics(performance);
    const after = computeMetrics({ ...performance, trades: [...performance.trades, even] });
    expect(after.winRate).toBeLessThan(before.winRate);
    expect(after.tradeKelly).toBe(before.tradeKelly);
    expect(after.profitFactor).toBe(before.profitFactor);
  });
});

/** empyrical's test series, its leading NaN left out: the published figures of its own test suite (daily, 252). */
describe('the mixed series of empyrical', () => {
  const mixed = Float64Array.of(0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1);

  it('has its published figures', () => {
    // empyrical counts the missing first return as a ninth period.
    const annual = cagr(totalReturn(mixed), 9 / 252);
    expect(annual).toBeCloseTo(1.9135925373194231, 10);
    expect(sharpe(mixed, 252)).toBeCloseTo(1.7238613961706866, 10);
    expect(sortino(mixed, 252)).toBeCloseTo(2.605531251673693, 10);
    expect(volatility(mixed, 252)).toBeCloseTo(0.9136465399704637, 10);
    expect(maxDrawdown(drawdownOfReturns(mixed))).toBeCloseTo(-0.1, 10);
    expect(annual / -maxDrawdown(drawdownOfReturns(mixed))).toBeCloseTo(19.135925373194233, 9);
    expect(stability(logGrowthLine(mixed))).toBeCloseTo(0.1529973665111273, 10);
    expect(tailRatio(sortedFinite(mixed))).toBeCloseTo(0.9556962025316452, 10);
    // The figure in its tests takes the missing first return as zero.
    expect(tailRatio(sortedFinite(Float64Array.of(0, ...mixed)))).toBeCloseTo(0.9473684210526313, 10);
  });
});

describe('long trailing returns', () => {
  it('are annual over three and five years and undefined on a shorter run', () => {
    const equity = Float64Array.from({ length: 75 }, (_, i) => 100 * 1.01 ** i);
    const time = equity.map((_, i) => Date.UTC(2015, i, 1));
    const zeros = new Float64Array(75);
    const metrics = computeMetrics({
      equity: { time, equity, cash: equity, gross: zeros, net: zeros },
      trades: [],
      fills: [],
      costs: { fees: 0, slippage: 0, borrow: 0, funding: 0 },
      initial: 100,
    });
    expect(metrics.periodsPerYear).toBe(12);
    for (const key of ['return1Year', 'return3Years', 'return5Years'] as const)
      expect(metrics[key], key).toBeCloseTo(1.01 ** 12 - 1, 10);
    expect(computeMetrics(performance).return3Years).toBeNaN();
  });
});

describe('simple returns', () => {
  it('are undefined from a value that is not positive', () => {
    expect([...simpleReturns(Float64Array.of(100, 110, 0, 5))].map(Number.isNaN)).toEqual([false, false, true]);
    expect(totalReturn(new Float64Array(0))).toBeNaN();
  });
});
