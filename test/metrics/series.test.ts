import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeMetrics,
  dailyReturns,
  drawdownOfReturns,
  drawdownSeries,
  drawdownTable,
  inferPeriodsPerYear,
  isIntraday,
  maxDrawdown,
  metricCatalog,
  monthlyReturns,
  periodReturns,
  renderMetricDocs,
  returnHistogram,
  rollingBeta,
  rollingReturn,
  rollingSharpe,
  rollingVolatility,
  sampleDayEnds,
  worstDrawdowns,
  yearlyReturns,
} from '../../src/lib/metrics/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/model/index.ts';
import { compound, fixture, performance } from './fixtures/performance.ts';

const series = { time: performance.equity.time, value: performance.equity.equity };
const returns = Float64Array.from(fixture.returns);
const benchmark = Float64Array.from(fixture.benchmark);
const evenly = (count: number, step: number, start = Date.UTC(2024, 0, 1)): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => start + i * step);

describe('calendar returns', () => {
  it('agree with pandas month by month', () => {
    const monthly = periodReturns(series, 'month');
    expect(monthly.value.length).toBe(fixture.months.length);
    fixture.months.forEach(([year, month, value], i) => {
      expect(monthly.start[i]).toBe(Date.UTC(year, month - 1, 1));
      expect(monthly.value[i]).toBeCloseTo(value, 12);
    });
  });

  it('compound to the total return whatever the period', () => {
    const total = series.value[series.value.length - 1]! / series.value[0]!;
    for (const period of ['day', 'week', 'month', 'quarter', 'year'] as const)
      expect(periodReturns(series, period).value.reduce((growth, r) => growth * (1 + r), 1)).toBeCloseTo(total, 10);
  });

  it('fill a year by month table with its totals', () => {
    const table = monthlyReturns(series);
    expect(table.years).toEqual([2019, 2020, 2021]);
    for (const [year, month, value] of fixture.months)
      expect(table.months[year - 2019]![month - 1]).toBeCloseTo(value, 12);
    expect(table.months[2]![11]).toBeNaN();
    expect([...table.total]).toEqual([...yearlyReturns(series).value]);
  });

  it('give a value known at midnight to the day, month and year that end there', () => {
    const time = Float64Array.of(Date.UTC(2023, 11, 31), Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1) + 1);
    const value = Float64Array.of(100, 110, 121);
    expect([...yearlyReturns({ time, value }).start]).toEqual([Date.UTC(2023, 0, 1), Date.UTC(2024, 0, 1)]);
    expect(dailyReturns({ time, value }).value[0]).toBeCloseTo(0.1, 12);
    expect([...dailyReturns({ time, value }).start]).toEqual([Date.UTC(2023, 11, 31), Date.UTC(2024, 0, 1)]);
  });

  it('start weeks on Monday and quarters in January, April, July and October', () => {
    const time = Float64Array.of(Date.UTC(2024, 2, 29), Date.UTC(2024, 3, 1), Date.UTC(2024, 3, 2));
    const value = Float64Array.of(100, 101, 102);
    expect([...periodReturns({ time, value }, 'week').start]).toEqual([Date.UTC(2024, 2, 25), Date.UTC(2024, 3, 1)]);
    expect([...periodReturns({ time, value }, 'quarter').start]).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 3, 1)]);
  });

  it('agree with the calendar of Date for any day of four centuries', () =>
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 90_000 }), (day) => {
        const noon = new Date(day * DAY + DAY / 2);
        const time = Float64Array.of(noon.getTime() - DAY, noon.getTime());
        const start = periodReturns({ time, value: Float64Array.of(1, 2) }, 'month').start[0];
        expect(start).toBe(Date.UTC(noon.getUTCFullYear(), noon.getUTCMonth(), 1));
      }),
    ));

  it('are empty without a return', () => {
    const none = { time: new Float64Array(0), value: new Float64Array(0) };
    expect(monthlyReturns(none)).toEqual({ years: [], months: [], total: new Float64Array(0) });
    expect(periodReturns(none, 'day').value.length).toBe(0);
  });
});

describe('periods a year', () => {
  it('follow from the spacing of the rows', () => {
    expect(inferPeriodsPerYear(performance.equity.time)).toBe(252);
    expect(inferPeriodsPerYear(evenly(400, DAY))).toBe(365);
    expect(inferPeriodsPerYear(evenly(100, 7 * DAY))).toBe(52);
    const months = Float64Array.from({ length: 30 }, (_, i) => Date.UTC(2020, i, 1));
    expect(inferPeriodsPerYear(months)).toBe(12);
    expect(inferPeriodsPerYear(months.filter((_, i) => i % 3 === 0))).toBe(4);
    expect(inferPeriodsPerYear(months.filter((_, i) => i % 12 === 0))).toBe(1);
    expect(inferPeriodsPerYear(evenly(30, 3 * DAY))).toBeCloseTo(121.75, 10);
    expect(inferPeriodsPerYear(Float64Array.of(1))).toBe(252);
  });

  it('can be given instead', () => {
    const metrics = computeMetrics({ ...performance, periodsPerYear: 1 });
    expect(metrics.periodsPerYear).toBe(1);
    expect(metrics.volatility * Math.sqrt(252)).toBeCloseTo(computeMetrics(performance).volatility, 12);
  });
});

describe('intraday curves', () => {
  const time = evenly(24 * 60 + 1, HOUR);
  const value = compound(
    100,
    Float64Array.from({ length: 24 * 60 }, (_, i) => 0.002 * Math.sin(i * i)),
  );

  it('are sampled at the last row of each UTC day, midnight belonging to the day it ends', () => {
    expect(isIntraday(time)).toBe(true);
    expect(isIntraday(performance.equity.time)).toBe(false);
    const days = sampleDayEnds(time.subarray(1), value.subarray(1));
    expect([...days.time]).toEqual([...evenly(60, DAY, Date.UTC(2024, 0, 2))]);
    expect(days.value[0]).toBe(value[24]);
  });

  it('have the statistics of their day ends and the drawdown of all their rows', () => {
    const flat = new Float64Array(time.length - 1);
    const input = {
      ...performance,
      trades: [],
      fills: [],
      initial: 100,
      equity: { time: time.subarray(1), equity: value.subarray(1), cash: flat, gross: flat, net: flat },
    };
    const { benchmark: _, ...alone } = input;
    const hourly = computeMetrics(alone);
    const atDayEnds = value.filter((_, i) => i % 24 === 0);
    const zeros = new Float64Array(atDayEnds.length);
    const daily = computeMetrics({
      ...alone,
      equity: { time: time.filter((_, i) => i % 24 === 0), equity: atDayEnds, cash: zeros, gross: zeros, net: zeros },
    });
    expect(hourly.periods).toBe(60);
    expect(hourly.periodsPerYear).toBe(365);
    for (const key of ['sharpe', 'volatility', 'var95', 'sortino', 'totalReturn'] as const)
      expect(hourly[key], key).toBeCloseTo(daily[key], 12);
    expect(hourly.maxDrawdown).toBe(maxDrawdown(drawdownSeries(value.subarray(1))));
    expect(hourly.maxDrawdown).toBeLessThan(daily.maxDrawdown);
  });
});

describe('the benchmark', () => {
  it('is taken as of each equity time, never from later', () => {
    const { benchmark: own } = performance;
    const expected = computeMetrics(performance);
    const later = { time: own.time.map((t) => t - 5 * MINUTE), value: own.value };
    expect(computeMetrics({ ...performance, benchmark: later }).beta).toBe(expected.beta);
    const sooner = { time: own.time.map((t) => t + 1), value: own.value };
    expect(computeMetrics({ ...performance, benchmark: sooner }).beta).not.toBeCloseTo(expected.beta, 3);
  });

  it('that starts late is compared over its own periods', () => {
    const { benchmark: own } = performance;
    const late = { time: own.time.subarray(300), value: own.value.subarray(300) };
    const metrics = computeMetrics({ ...performance, benchmark: late });
    expect(metrics.benchmarkReturn).toBeCloseTo(own.value[700]! / own.value[300]! - 1, 12);
    expect(metrics.totalReturn).toBe(computeMetrics(performance).totalReturn);
  });
});

describe('rolling measures', () => {
  const rows = [62, 300, 699];
  const expectAt = (found: Float64Array, expected: readonly number[]): void => {
    expect(found[61]).toBeNaN();
    rows.forEach((row, i) => {
      expect(found[row]).toBeCloseTo(expected[i]!, 10);
    });
  };

  it('agree with pandas over 63 days', () => {
    expectAt(rollingVolatility(returns, 63, 252), fixture.rolling.volatility);
    expectAt(rollingSharpe(returns, 63, 252), fixture.rolling.sharpe);
    expectAt(rollingBeta(returns, benchmark, 63), fixture.rolling.beta);
    expectAt(rollingReturn(returns, 63), fixture.rolling.return);
  });

  it('are undefined before the window is full, for a window too short, and where nothing varies', () => {
    expect(rollingVolatility(returns, 1, 252).every(Number.isNaN)).toBe(true);
    expect(rollingVolatility(new Float64Array(0), 5, 252).length).toBe(0);
    const flat = new Float64Array(20).fill(0.01);
    expect(rollingVolatility(flat, 5, 252)[10]).toBe(0);
    expect(rollingSharpe(flat, 5, 252)[10]).toBeNaN();
    expect(rollingBeta(returns.subarray(0, 20), flat, 5)[10]).toBeNaN();
  });

  it('are undefined while the window holds a value that is not finite, and no longer', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const spoilt = returns.slice(0, 60);
      spoilt[20] = bad;
      const found = rollingVolatility(spoilt, 10, 252);
      for (let i = 20; i < 30; i++) expect(found[i]).toBeNaN();
      const clean = rollingVolatility(returns, 10, 252);
      for (let i = 30; i < 60; i++) expect(found[i]).toBeCloseTo(clean[i]!, 12);
    }
  });
});

describe('drawdowns', () => {
  it('are listed from peak to recovery, the last one still open', () => {
    const table = drawdownTable(evenly(8, DAY), Float64Array.of(100, 90, 80, 100, 120, 60, 90, 110));
    const at = (i: number): number => Date.UTC(2024, 0, 1) + i * DAY;
    expect(table).toEqual([
      { start: at(0), trough: at(2), recovery: at(3), depth: 80 / 100 - 1, days: 3, recoveryDays: 1 },
      { start: at(4), trough: at(5), recovery: Number.NaN, depth: -0.5, days: 3, recoveryDays: Number.NaN },
    ]);
    expect(worstDrawdowns(table, 1)).toEqual([table[1]]);
  });

  it('have the maximum drawdown as the deepest of the table, within [-1, 0]', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 }), (rs) => {
        const values = compound(100, rs);
        const worst = maxDrawdown(drawdownSeries(values));
        const table = drawdownTable(evenly(values.length, DAY), values);
        expect(worst).toBe(Math.min(0, ...table.map((d) => d.depth)));
        expect(worst).toBeGreaterThanOrEqual(-1);
        expect(maxDrawdown(drawdownOfReturns(Float64Array.from(rs)))).toBeCloseTo(worst, 12);
      }),
    ));

  it('are none on an empty or rising curve', () => {
    expect(drawdownTable(new Float64Array(0), new Float64Array(0))).toEqual([]);
    expect(drawdownTable(evenly(3, DAY), Float64Array.of(1, 1, 2))).toEqual([]);
    expect(maxDrawdown(new Float64Array(0))).toBeNaN();
    expect(maxDrawdown(drawdownSeries(Float64Array.of(1, Number.NaN, 2)))).toBeNaN();
  });
});

describe('histogram of returns', () => {
  it('counts every return once between the extremes', () => {
    const { edges, counts } = returnHistogram(returns);
    expect(edges.length).toBe(counts.length + 1);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(returns.length);
    expect(edges[0]).toBe(Math.min(...returns));
    expect(edges[counts.length]).toBe(Math.max(...returns));
    expect([...returnHistogram(Float64Array.of(0, 1, 2, 3, 4), 2).counts]).toEqual([2, 3]);
  });

  it('has one bin for equal returns and none for none or for one that is not finite', () => {
    expect([...returnHistogram(Float64Array.of(1, 1, 1)).counts]).toEqual([3]);
    expect(returnHistogram(new Float64Array(0)).counts.length).toBe(0);
    expect(returnHistogram(Float64Array.of(1, Number.NaN)).counts.length).toBe(0);
  });
});

describe('the catalog', () => {
  it('names each metric once, in camel case, with a title, a formula and a source', () => {
    expect(new Set(metricCatalog.map(({ key }) => key)).size).toBe(metricCatalog.length);
    expect(new Set(metricCatalog.map(({ title }) => title)).size).toBe(metricCatalog.length);
    for (const { key, title, formula, source } of metricCatalog) {
      expect(key).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      for (const text of [title, formula, source]) expect(text.length, key).toBeGreaterThan(0);
    }
  });

  it('is what computeMetrics reports, in its order', () => {
    expect(Object.keys(computeMetrics(performance))).toEqual(metricCatalog.map(({ key }) => key));
  });

  it('renders a table row for each metric under its group', () => {
    const docs = renderMetricDocs();
    for (const { key, title } of metricCatalog) expect(docs).toContain(`| \`${key}\` | ${title} |`);
    expect(docs).toContain('|95 % quantile|'.replaceAll('|', '\\|'));
    expect(docs.match(/^## /gm)?.length).toBe(9);
  });
});
