/** Runs as a library: benchmark, tables, options and honesty about what decided a run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { type Frame, frame } from '../../src/lib/frame/index.ts';
import { bars as barExprs, sma } from '../../src/lib/indicators/index.ts';
import { type Bars, DAY, instrument } from '../../src/lib/model/index.ts';
import { parquetTables } from '../../src/lib/registry/index.ts';
import {
  backtest,
  buyAndHold,
  checkStrategy,
  configOf,
  loadRun,
  recordsOf,
  tableDifference,
  tablesOf,
} from '../../src/lib/runs/index.ts';
import { defineStrategy, integer } from '../../src/lib/strategy/index.ts';

function makeBars(symbol: string, closes: readonly number[], start = Date.UTC(2021, 0, 1)): Bars {
  const close = Float64Array.from(closes);
  return {
    time: Float64Array.from(closes, (_, i) => start + i * DAY),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(closes.length).fill(1e6),
    instrument: instrument(symbol),
    timeframe: '1d',
    closeOnly: false,
  };
}

const wave = (length: number, phase = 0): number[] =>
  Array.from({ length }, (_, i) => 100 + 20 * Math.sin((i + phase) / 9));
const cross = defineStrategy({
  name: 'cross',
  params: { fast: integer({ default: 3, min: 1, max: 50 }), slow: integer({ default: 12, min: 2, max: 100 }) },
  signals: ({ close }, p) => ({ fast: sma(close, p.fast), slow: sma(close, p.slow) }),
  target: (row) => (row.fast > row.slow ? 1 : -1),
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof SigmaError ? error.code : String(error)),
  );

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-runs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the buy-and-hold benchmark', () => {
  const at = (days: readonly number[]): Float64Array =>
    Float64Array.from(days, (day) => Date.UTC(2021, 0, 1) + day * DAY);

  it('splits the cash equally at the first instant and leaves it alone', () => {
    const value = buyAndHold([makeBars('A', [10, 20, 30]), makeBars('B', [5, 5, 10])], at([1, 2, 3]), 1000);
    expect([...value]).toEqual([1000, 1500, 2500]);
  });

  it('keeps the share of a later listing in cash until its first close', () => {
    const value = buyAndHold(
      [makeBars('A', [10, 10, 10]), makeBars('B', [4, 8], Date.UTC(2021, 0, 2))],
      at([1, 2, 3]),
      1000,
    );
    expect([...value]).toEqual([1000, 1000, 1500]);
  });

  it('carries the last close over missing ones', () => {
    expect([...buyAndHold([makeBars('A', [10, Number.NaN, 20])], at([1, 2, 3]), 100)]).toEqual([100, 100, 200]);
  });
});

describe('a run from the library', () => {
  it('takes bars in memory and gives the same result for the same input', async () => {
    const data = [makeBars('A', wave(300)), makeBars('B', wave(300, 5))];
    const [a, b] = await Promise.all([backtest(cross, { data }), backtest(cross, { data })]);
    expect(a.id).toBe(b.id);
    expect(a.result.totals).toEqual(b.result.totals);
    expect(a.result.trades.length).toBeGreaterThan(5);
    expect(a.view.benchmark?.value).toHaveLength(a.result.equity.time.length);
    const { initial, realised, unrealised, fees, final } = a.result.totals;
    expect(initial + realised + unrealised - fees).toBeCloseTo(final, 6);
  });

  it('is warm from the first day when earlier bars exist, whatever the start', async () => {
    const data = makeBars('A', wave(300));
    const from = '2021-06-01';
    const run = await backtest(cross, { data, from });
    expect(run.result.equity.time[0]).toBe(Date.parse(from) + DAY);
    expect(run.result.orders.at(0)?.created).toBe(Date.parse(from) + DAY);
  });

  it('changes its id with whatever decides it', async () => {
    const data = makeBars('A', wave(120));
    const plain = await backtest(cross, { data });
    const others = await Promise.all([
      backtest(cross, { data, params: { fast: 4 } }),
      backtest(cross, { data, cash: 5 }),
      backtest(cross, { data, seed: 2 }),
      backtest(cross, { data, to: '2021-03-01' }),
      backtest(cross, { data: makeBars('A', wave(121)) }),
      backtest(cross, { data, fees: { kind: 'none' } }),
      backtest({ ...cross, target: () => 1 }, { data }),
    ]);
    expect(new Set([plain, ...others].map((run) => run.id)).size).toBe(others.length + 1);
  });

  it('can be kept and loaded, and what is loaded is what was made', async () => {
    const run = await backtest(cross, { data: makeBars('A', wave(200)), store: folder });
    const stored = await loadRun('latest', folder);
    expect(stored.id).toBe(run.id);
    expect(stored.metrics['sharpe']).toBe(run.metrics['sharpe']);
    for (const name of ['orders', 'fills', 'trades', 'equity'] as const)
      expect(tableDifference(name, await stored.table(name), run.tables[name])).toBeUndefined();
  });

  it('refuses what makes no sense', async () => {
    const data = makeBars('A', wave(50));
    const krw = { ...makeBars('K', wave(50)), instrument: instrument('K', { currency: 'KRW' }) };
    expect(await codeOf(backtest(cross, { data, symbols: ['B'] }))).toBe('usage/unknown-instrument');
    expect(await codeOf(backtest(cross, { data, from: '2030-01-01' }))).toBe('usage/empty-range');
    expect(await codeOf(backtest(cross, { data, from: 5, to: 5 }))).toBe('usage/empty-range');
    expect(await codeOf(backtest(cross, { data, params: { fast: 99 } }))).toBe('usage/bad-parameter');
    expect(await codeOf(backtest(cross, { data: [data, krw] }))).toBe('usage/bad-option');
    expect(await codeOf(backtest('no-such-strategy', { data }))).toBe('usage/unknown-strategy');
  });

  it('stops when it is told to and says that it is partial', async () => {
    const stop = new AbortController();
    stop.abort();
    const run = await backtest(cross, { data: makeBars('A', wave(20_000)), signal: stop.signal });
    expect(run.view.status).toBe('partial');
    expect(run.result.instants).toBeLessThan(20_000);
  });
});

describe('the figures of a run on intraday bars', () => {
  it('annualises the returns of days by the days of a year, not by its bars', async () => {
    const daily = makeBars('A', wave(240));
    const hourly: Bars = {
      ...daily,
      timeframe: '1h',
      time: Float64Array.from(daily.time, (_, i) => Date.UTC(2021, 0, 1) + i * 3_600_000),
    };
    const { metrics } = await backtest(cross, { data: hourly });
    expect(metrics.periodsPerYear).toBe(365);
    expect(metrics.periods).toBe(10);
  });
});

describe('the tables of a run', () => {
  it('become records again, equal to the last bit', async () => {
    const { result } = await backtest(cross, { data: makeBars('A', wave(150)) });
    const tables = tablesOf(result);
    const back = recordsOf(tables);
    expect([...back.orders]).toEqual([...result.orders]);
    expect([...back.fills]).toEqual([...result.fills]);
    expect([...back.trades]).toEqual([...result.trades]);
    expect(back.equity.equity).toEqual(result.equity.equity);
  });

  it('survive Parquet whatever they hold', async () => {
    const number = fc.oneof(
      fc.double(),
      fc.constant(Number.NaN),
      fc.constant(-0),
      fc.constant(Number.POSITIVE_INFINITY),
    );
    const row = fc.record({
      price: number,
      id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      tag: fc.string(),
      flag: fc.boolean(),
      time: fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.constant(Number.NaN)),
    });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const table: Frame = frame({
          price: Float64Array.from(rows, (r) => r.price),
          id: Int32Array.from(rows, (r) => r.id),
          tag: rows.map((r) => r.tag.replaceAll('\0', '')),
          flag: rows.map((r) => r.flag),
          time: Float64Array.from(rows, (r) => r.time),
        });
        const path = join(folder, `table-${n++}.parquet`);
        await parquetTables.write(table, path);
        expect((await parquetTables.read(path)).columns).toEqual(table.columns);
      }),
      { numRuns: 20 },
    );
  });

  it('name the first row and column in which they differ', () => {
    const table = (value: number): Frame => frame({ id: Int32Array.of(1, 2), price: Float64Array.of(1, value) });
    expect(tableDifference('fills', table(2), table(2))).toBeUndefined();
    expect(tableDifference('fills', table(2), table(3))).toEqual({
      file: 'fills',
      row: 1,
      column: 'price',
      stored: '2',
      reproduced: '3',
    });
    expect(tableDifference('fills', table(2), table(2).slice(0, 1))).toMatchObject({ row: 1, column: 'rows' });
  });
});

describe('the check of a strategy', () => {
  it('passes one that sees the past only, and tells how far its signals remember', () => {
    const bars = [makeBars('A', wave(400))];
    const check = checkStrategy({
      strategy: cross,
      params: { fast: 3, slow: 12 },
      bars,
      config: configOf({}, 365, Number.NEGATIVE_INFINITY),
    });
    expect(check.lookAhead).toEqual([]);
    expect(check.warmup.map((one) => one.signal)).toEqual(['fast', 'slow']);
    // A moving sum that adds and subtracts differs from a fresh one by rounding alone.
    for (const { largest, settledAfter } of check.warmup) {
      expect(largest).toBeLessThan(1e-12);
      expect(settledAfter).toBe(0);
    }
    expect(check.unrepeatable).toEqual([]);
    expect(check.compared).toBeGreaterThan(5 * 4 * 100);
    expect(barExprs.close.warmup).toBe(0);
  });

  it('catches one that knows what an earlier run saw', () => {
    const seen: number[] = [];
    const peeking = defineStrategy({ name: 'peeking', target: (row) => (seen.push(row.close) > 450 ? 1 : 0) });
    const check = checkStrategy({
      strategy: peeking,
      params: {},
      bars: [makeBars('A', wave(400))],
      config: configOf({}, 365, Number.NEGATIVE_INFINITY),
    });
    expect(check.lookAhead[0]).toMatchObject({ column: 'orders', symbol: 'A', whole: 0 });
    expect(check.unrepeatable[0]).toMatchObject({ column: 'orders', cut: 'never' });
  });
});
