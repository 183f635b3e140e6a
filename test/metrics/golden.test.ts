import { describe, expect, it } from 'vitest';
import { computeMetrics, type MetricKey, metricCatalog } from '../../src/lib/metrics/index.ts';
import { fixture, performance } from './fixtures/performance.ts';

/** Relative; sums of 700 terms in another order differ by some 1e-13, quotients of them by more. */
const TOLERANCE = 1e-9;

function expectClose(found: number, expected: number, label: string): void {
  const error = Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-6);
  expect(error, `${label}: found ${found}, expected ${expected}`).toBeLessThan(TOLERANCE);
}

describe('metrics of a fixed daily run', () => {
  const metrics = computeMetrics(performance);
  for (const [key, [value, source]] of Object.entries(fixture.golden))
    it(`${key} agrees with ${source}`, () => expectClose(metrics[key as MetricKey], value, key));

  // Their values follow from other inputs; each has a test of its own.
  const elsewhere = new Set<MetricKey>([
    'return3Years',
    'return5Years',
    'openTrades',
    'openProfit',
    'dsr',
    'expectedMaxSharpe',
    'trials',
    'minBacktestLength',
    'missingRows',
  ]);

  it('has a golden figure for every metric of the catalog', () => {
    const without = metricCatalog.filter(({ key }) => fixture.golden[key] === undefined && !elsewhere.has(key));
    expect(without.map(({ key }) => key)).toEqual([]);
  });
});

describe('metrics with a risk-free rate of 3 % a year', () => {
  const metrics = computeMetrics({ ...performance, riskFree: 0.03 });
  for (const [key, [value, source]] of Object.entries(fixture.riskFree))
    it(`${key} agrees with ${source}`, () => expectClose(metrics[key as MetricKey], value, key));
});
