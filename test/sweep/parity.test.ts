/** The vectorised engine gives the event engine's orders, fills, trades and equity, to the last bit. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bars,
  type BlockSource,
  type Bracket,
  blocksFromBars,
  boolean,
  createRng,
  createSweep,
  crossMean,
  crossRank,
  defaultRunConfig,
  defineStrategy,
  div,
  type ExecutionConfig,
  ema,
  type FigureKey,
  figureKeys,
  gt,
  instrument,
  lag,
  number,
  type ParamSpecs,
  type ParamValues,
  type Rebalance,
  type RunConfig,
  resolveParams,
  roc,
  rollingStdev,
  type SizingConfig,
  type Strategy,
  type SweepPath,
  type SweepTrace,
  sma,
  sub,
} from '../../src/lib/index.ts';
import { targetKernel } from '../../src/lib/sweep/target-kernel.ts';
import breakout from '../../strategies/breakout.ts';
import buyAndHold from '../../strategies/buy-and-hold.ts';
import crossSection from '../../strategies/cross-sectional-momentum.ts';
import meanReversion from '../../strategies/mean-reversion.ts';
import momentum from '../../strategies/momentum.ts';
import averageCross from '../../strategies/moving-average-cross.ts';
import pairs from '../../strategies/pairs.ts';
import { panel, randomBars } from '../market.ts';

/** Bars with holes: missing rows, rows without prices, and a late start. */
function withGaps(bars: Bars, seed: number, rate: number): Bars {
  const rng = createRng(seed);
  const late = rng.next() < 0.3 ? rng.integer(Math.max(1, bars.time.length >> 2)) : 0;
  const rows = [...bars.time.keys()].filter((row) => row >= late && rng.next() >= rate);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  const gapped = {
    ...bars,
    time: pick(bars.time),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    volume: pick(bars.volume),
  };
  rows.forEach((_, k) => {
    const draw = rng.next();
    if (draw < rate) for (const name of ['open', 'high', 'low', 'close'] as const) gapped[name][k] = Number.NaN;
    else if (draw < 1.5 * rate) gapped.high[k] = Number.NaN;
  });
  return gapped;
}

/** Follows a ratio of averages with hysteresis; every part of a target strategy can be chosen. */
function follower(terms: {
  readonly rebalance: Rebalance;
  readonly allocation: 'slots' | 'portfolio' | 'normalised';
  readonly cross: boolean;
  readonly universe: boolean;
  readonly scale: number;
  readonly short: boolean;
}): Strategy {
  const { rebalance, allocation, scale } = terms;
  return defineStrategy({
    name: 'follower',
    rebalance,
    allocation,
    signals: ({ close }, p: ParamValues<ParamSpecs>) => ({
      fast: ema(close, Number(p['fast'])),
      slow: sma(close, Number(p['slow'])),
      ...(terms.cross ? { rank: crossRank(roc(close, Number(p['fast']))) } : { rank: lag(close, 1) }),
    }),
    ...(terms.universe ? { universe: ({ close }) => rollingStdev(close, 9) } : {}),
    target: (row, _, held) => {
      if (terms.cross && row.rank < 0.5) return 0;
      const gap = row.fast / row.slow - 1;
      if (gap > 0.004) return scale;
      if (gap < -0.004) return terms.short ? -scale : 0;
      return Math.abs(gap) < 0.0005 ? scale * gap * 100 : held;
    },
  });
}

/** Compares instruments by what is known of single instants alone. */
function sighted(terms: Pick<Terms, 'rebalance' | 'allocation' | 'universe' | 'scale' | 'short'>): Strategy {
  const { rebalance, allocation, scale } = terms;
  return defineStrategy({
    name: 'sighted',
    rebalance,
    allocation,
    signals: ({ close }, p: ParamValues<ParamSpecs>) => {
      const change = roc(lag(close, 2), Number(p['back']));
      return { rank: crossRank(change), excess: sub(change, crossMean(change)) };
    },
    ...(terms.universe ? { universe: ({ close, open }) => gt(div(close, open), 0.99) } : {}),
    target: (row, _, held) => {
      if (row.rank > 0.6) return scale;
      if (row.rank < 0.3) return terms.short ? -scale : 0;
      return row.excess > 0 && row.volume > 1 ? held / 2 : held;
    },
  });
}

function expectSame(actual: SweepTrace, expected: SweepTrace): void {
  expect([...actual.orders]).toEqual([...expected.orders]);
  expect([...actual.fills]).toEqual([...expected.fills]);
  expect([...actual.trades]).toEqual([...expected.trades]);
  for (const column of ['time', 'equity', 'cash', 'gross', 'net'] as const)
    expect(
      Buffer.from(actual.equity[column].slice().buffer).equals(Buffer.from(expected.equity[column].slice().buffer)),
      column,
    ).toBe(true);
}

/** Figures that need no more than returns, drawdowns, trades and costs: they take a path of their own. */
const plainFigures = [
  'finalEquity',
  'cagr',
  'sharpe',
  'maxDrawdown',
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'exposure',
  'turnover',
  'totalCosts',
] as const satisfies readonly FigureKey[];

/** Those of them that ask neither what single trades made nor how much was held. */
const sparingFigures = ['sharpe', 'maxDrawdown', 'trades', 'totalCosts'] as const satisfies readonly FigureKey[];

function expectClose(actual: Float64Array, expected: Float64Array, key: FigureKey): void {
  expected.forEach((want, s) => {
    // Returns are known to the rounding of equity: next to a small volatility that is more than a billionth of a figure near zero.
    const tolerance = 1e-9 * Math.max(1e-2, Math.abs(want));
    if (Number.isNaN(want)) expect(actual[s], `${key} of set ${s}`).toBeNaN();
    else
      expect(Math.abs(actual[s]! - want), `${key} of set ${s}: ${actual[s]} for ${want}`).toBeLessThanOrEqual(
        tolerance,
      );
  });
}

/** How sets were answered that were asked for all figures and returns, and for figures that need little. */
type Paths = { readonly all: readonly SweepPath[]; readonly few: readonly SweepPath[] };

/** Both engines over the same sets: traces to the bit, figures to rounding. */
function compare(
  strategy: Strategy,
  market: readonly Bars[] | BlockSource,
  config: RunConfig,
  sets: readonly ParamValues<ParamSpecs>[],
): Paths {
  let heard: SweepPath[] = [];
  const onAnswer = (place: number, path: SweepPath): void => {
    heard[place] = path;
  };
  const fast = createSweep({ strategy, market, config, engine: 'vectorised', onAnswer });
  const slow = createSweep({ strategy, market, config, engine: 'event' });
  for (const set of sets) expectSame(fast.trace(set), slow.trace(set));
  const actual = fast.run(sets, { returns: true });
  const all = heard;
  heard = [];
  const expected = slow.run(sets, { returns: true });
  expect([...actual.failures.keys()]).toEqual([...expected.failures.keys()]);
  for (const key of figureKeys) expectClose(actual.figures[key], expected.figures[key], key);
  const withoutReturns = fast.run(sets);
  for (const key of figureKeys) expectClose(withoutReturns.figures[key], expected.figures[key], key);
  const few = fast.run(sets, { figures: plainFigures });
  for (const key of plainFigures) expect(few.figures[key], key).toEqual(actual.figures[key]);
  const fewer = fast.run(sets, { figures: sparingFigures });
  for (const key of sparingFigures) expect(fewer.figures[key], key).toEqual(actual.figures[key]);
  expect(actual.returns).toEqual(expected.returns);
  expect(actual.figures.finalEquity).toEqual(expected.figures.finalEquity);
  expect(actual.figures.trades).toEqual(expected.figures.trades);
  return { all, few: heard };
}

/** Which share of the sets was answered on a path. */
function tally() {
  const all: SweepPath[] = [];
  const few: SweepPath[] = [];
  const shareOf = (paths: readonly SweepPath[]) => (path: SweepPath) =>
    paths.filter((one) => one === path).length / paths.length;
  return {
    add: (paths: Paths) => {
      all.push(...paths.all);
      few.push(...paths.few);
    },
    all: shareOf(all),
    few: shareOf(few),
  };
}

const executions: fc.Arbitrary<ExecutionConfig> = fc.record({
  fill: fc.constantFrom('open', 'close'),
  path: fc.constant('pessimistic'),
  fees: fc.constantFrom<ExecutionConfig['fees']>(
    { kind: 'none' },
    { kind: 'bps', maker: 1, taker: 7 },
    { kind: 'bps', maker: 1, taker: 5, minimum: 3 },
    { kind: 'per-share', amount: 0.01, perOrder: 0.5, minimum: 1, maximumFraction: 0.01 },
    { kind: 'per-order', amount: 2 },
  ),
  slippage: fc.constantFrom<ExecutionConfig['slippage']>({ kind: 'none' }, { kind: 'fixed', bps: 3 }),
  spreadBps: fc.constantFrom(0, 4),
  latencyMs: fc.constant(0),
});

const sizings = fc.constantFrom<SizingConfig>(
  { kind: 'weight' },
  { kind: 'weight' },
  { kind: 'fixed', quantity: 12.5 },
  { kind: 'fixed', notional: 20_000 },
  { kind: 'atr', period: 7, multiple: 2, risk: 0.02 },
  { kind: 'volatility', period: 10, target: 0.2, maxLeverage: 1.5 },
  { kind: 'kelly', period: 15, fraction: 0.5, maxLeverage: 1 },
);

const terms = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  instruments: fc.constantFrom<number>(1, 1, 1, 3),
  gaps: fc.constantFrom(0, 0, 0.03),
  lotSize: fc.constantFrom(0, 0, 1, 0.1),
  tickSize: fc.constantFrom(0, 0, 0.05),
  minNotional: fc.constantFrom(0, 0, 5_000),
  multiplier: fc.constantFrom(1, 1, 10),
  closeOnly: fc.constantFrom(false, false, true),
  timeframe: fc.constantFrom('1d', '1d', '1h'),
  rebalance: fc.constantFrom<Rebalance>('change', 'change', 'bar', 'day', 'week', 'month'),
  allocation: fc.constantFrom('slots', 'portfolio', 'normalised'),
  cross: fc.constantFrom(false, false, true),
  universe: fc.constantFrom(false, false, true),
  scale: fc.constantFrom(1, 1, 0.5, 2.5),
  short: fc.boolean(),
  execution: executions,
  sizing: sizings,
  kind: fc.constantFrom('margin', 'cash'),
  leverage: fc.constantFrom(1, 2, 4),
  maintenance: fc.constantFrom(0, 0.1, 0.25),
  startAt: fc.constantFrom(0, 0, 20),
  risk: fc.constantFrom<RunConfig['risk']>(
    { onBreach: 'cut' },
    { onBreach: 'cut' },
    { onBreach: 'reject' },
    { onBreach: 'cut', maxPositionWeight: 0.6, maxOrdersPerInstant: 2 },
  ),
});

const distance = fc.constantFrom<Bracket['stopLoss']>(
  undefined,
  { fraction: 0.01 },
  { fraction: 0.04 },
  { price: 1.37 },
  { price: 500 },
);

/** Within one window of the fast path, and over two. */
const lengths = fc.constantFrom(160, 160, 160, 160, 160, 160, 160, 4_200);

const exiting = fc.record({
  bars: lengths,
  path: fc.constantFrom<ExecutionConfig['path']>('pessimistic', 'optimistic', 'open-nearest'),
  sizing: fc.constantFrom<SizingConfig>({ kind: 'weight' }, { kind: 'fixed', quantity: 12.5 }),
  stopLoss: distance,
  takeProfit: distance,
  trailing: distance.map((exit) => (typeof exit === 'number' ? undefined : exit)),
  atPrices: fc.constantFrom(false, false, false, true),
});

/** Distances as they are drawn, or the stop-loss as a price below the bar. */
function exitsOf(x: typeof exiting extends fc.Arbitrary<infer T> ? T : never): NonNullable<Strategy['exits']> {
  const { stopLoss, takeProfit, trailing } = x;
  const kept = {
    ...(takeProfit === undefined ? {} : { takeProfit }),
    ...(trailing === undefined ? {} : { trailing }),
  };
  return (row) => {
    const stop = x.atPrices ? row.low * 0.98 : stopLoss;
    return { ...kept, ...(stop === undefined ? {} : { stopLoss: stop }) };
  };
}

type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

/** Drawn terms as far as they are plain ones. */
function plainTerms(t: Terms): Terms {
  return {
    ...t,
    ...{ instruments: 1, gaps: 0, lotSize: 0, tickSize: 0, minNotional: 0, cross: false, universe: false },
    rebalance: 'change',
    allocation: t.allocation === 'normalised' ? 'slots' : t.allocation,
    execution: { ...t.execution, fill: 'open' },
    sizing: { kind: 'weight' },
  };
}

/** Parameters of `follower`. */
const twoSets = [
  { fast: 3, slow: 11 },
  { fast: 5, slow: 20 },
];
const threeSets = [...twoSets, { fast: 2, slow: 3 }];

function marketOf(t: Terms): Bars[] {
  const { lotSize, tickSize, minNotional, multiplier } = t;
  return Array.from({ length: t.instruments }, (_, i) =>
    withGaps(
      randomBars(160, t.seed + i, {
        timeframe: t.timeframe,
        closeOnly: t.closeOnly,
        instrument: instrument(`I${i}`, { lotSize, tickSize, minNotional, multiplier }),
      }),
      t.seed + i,
      t.gaps,
    ),
  );
}

/** One instrument without gaps, of so many bars. */
function oneOf(t: Terms, length: number): Bars {
  const { lotSize, tickSize, multiplier, timeframe, closeOnly } = t;
  const bars = randomBars(length, t.seed, {
    timeframe,
    closeOnly,
    instrument: instrument('I0', { lotSize, tickSize, multiplier }),
  });
  const { close } = bars;
  return closeOnly ? { ...bars, open: close, high: close, low: close } : bars;
}

function configOf(t: Terms, market: readonly Bars[]): RunConfig {
  const { kind, leverage } = t;
  return {
    ...defaultRunConfig,
    account: { ...defaultRunConfig.account, kind, leverage, maintenance: t.maintenance / leverage },
    execution: t.execution,
    sizing: t.sizing,
    risk: t.risk,
    start: t.startAt === 0 ? Number.NEGATIVE_INFINITY : market[0]!.time[t.startAt]!,
  };
}

describe('the vectorised engine', () => {
  it('equals the event engine on random target strategies, markets, costs and terms', () => {
    const paths = tally();
    fc.assert(
      fc.property(terms, (t) => {
        const market = marketOf(t);
        paths.add(compare(follower(t), market, configOf(t, market), twoSets));
      }),
      { numRuns: 200 },
    );
    expect(paths.all('instants')).toBeGreaterThan(0.5);
    expect(paths.all('changes')).toBeGreaterThan(0);
  }, 120_000);

  it('equals it over several instruments and blocks where only changes of targets order', () => {
    const blocks = fc.constantFrom(31, 200, 1000);
    const paths = tally();
    fc.assert(
      fc.property(terms, fc.integer({ min: 2, max: 6 }), blocks, fc.boolean(), (some, instruments, rows, reads) => {
        const t: Terms = { ...some, instruments, rebalance: 'change', universe: false, cross: some.cross && !reads };
        const market = marketOf(t);
        const source = blocksFromBars(market, { rowsPerBlock: rows });
        paths.add(compare(reads ? observant : follower(t), source, configOf(t, market), twoSets));
      }),
      { numRuns: 100 },
    );
    expect(paths.all('changes')).toBeGreaterThan(0.3);
    expect(paths.few('changes')).toBe(paths.all('changes'));
  }, 120_000);

  it('equals it where a calendar decides on values that are found at single instants', () => {
    const paths = tally();
    fc.assert(
      fc.property(
        terms,
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom('day', 'week', 'month'),
        (some, n, rebalance) => {
          const t: Terms = { ...some, instruments: n, rebalance };
          const market = marketOf(t);
          paths.add(compare(sighted(t), market, configOf(t, market), [{ back: 3 }, { back: 40 }]));
        },
      ),
      { numRuns: 120 },
    );
    expect(paths.all('instants')).toBeGreaterThan(0.5);
  }, 120_000);

  it('equals it where more is decided on than is found at once', () => {
    const market = panel(
      Array.from({ length: 600 }, (_, i) => `I${i}`),
      130,
      9,
    );
    const t = { rebalance: 'day', allocation: 'normalised', universe: true, scale: 1, short: true } as const;
    compare(sighted(t), market, defaultRunConfig, [{ back: 3 }]);
  }, 120_000);

  it('equals it where cash accounts trade on closes alone and opens are missing', () => {
    fc.assert(
      fc.property(terms, (drawn) => {
        const t: Terms = { ...drawn, kind: 'cash', execution: { ...drawn.execution, fill: 'close' } };
        const rng = createRng(t.seed);
        const market = panel(['A', 'B', 'C'], 160, t.seed, { timeframe: t.timeframe }).map((bars) => ({
          ...bars,
          open: bars.open.map((price) => (rng.next() < 0.1 ? Number.NaN : price)),
        }));
        compare(follower(t), market, configOf(t, market), [{ fast: 3, slow: 11 }]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('equals it under plain terms, which have a path of their own', () => {
    const paths = { '1d': tally(), '1h': tally() };
    const timeframes = fc.constantFrom('1d', '1h');
    fc.assert(
      fc.property(terms, lengths, fc.constantFrom(0, 7, -1), timeframes, (some, length, taker, timeframe) => {
        const t: Terms = { ...plainTerms(some), timeframe };
        const market = [oneOf(t, length)];
        const execution = { ...t.execution, fees: { kind: 'bps', maker: 1, taker } } as const;
        const config = configOf({ ...t, execution, risk: { onBreach: 'cut' } }, market);
        paths[timeframe].add(compare(follower(t), market, config, threeSets));
      }),
      { numRuns: 90 },
    );
    for (const heard of Object.values(paths)) {
      expect(heard.all('single')).toBeGreaterThan(0.1);
      expect(heard.few('plain')).toBeGreaterThan(0.1);
    }
  }, 120_000);

  it('equals it where a price of another window would be a margin call', () => {
    const market = risenLate();
    const { few } = compare(shortBefore(market), [market], defaultRunConfig, [{}]);
    expect(few).toEqual(['plain']);
  });

  it('bounds the prices of a window for all sets, also where a set before them throws in its exits', () => {
    const market = risenLate();
    const exits: Strategy['exits'] = ({ time }, { bad }) => {
      if (bad === true && time > market.time[2_000]!) throw new RangeError('no such row');
      return { stopLoss: { fraction: 0.5 } };
    };
    const strategy = { ...shortBefore(market), exits };
    const paths: SweepPath[] = [];
    const onAnswer = (place: number, path: SweepPath): void => {
      paths[place] = path;
    };
    const sweep = createSweep({ strategy, market: [market], config: defaultRunConfig, onAnswer });
    expect([...sweep.run([{ bad: true }, { bad: false }]).failures.keys()]).toEqual([0]);
    expect(paths[1]).toBe('plain');
  });

  it('leaves a set that cannot pay for its orders to parts of the engine, and no other', () => {
    const strategy = defineStrategy({
      name: 'sized',
      params: { size: number({ default: 1, min: 0, max: 1 }) },
      signals: ({ close }) => ({ change: roc(close, 3) }),
      target: ({ change }, { size }) => (change > 0 ? size : 0),
    });
    const account = { ...defaultRunConfig.account, kind: 'cash' } as const;
    const sets = [1, 0.5, 0.25, 1, 0.75].map((size) => ({ size }));
    const { few } = compare(strategy, [randomBars(5_000, 7)], { ...defaultRunConfig, account }, sets);
    expect(few).toEqual([1, 0.5, 0.25, 1, 0.75].map((size) => (size === 1 ? 'changes' : 'plain')));
  });

  it('equals it on exits of every kind, on every path, at gaps and ticks, and over windows', () => {
    const paths = tally();
    fc.assert(
      fc.property(terms, exiting, (some, x) => {
        const t: Terms = {
          ...some,
          instruments: 1,
          minNotional: 0,
          rebalance: 'change',
          universe: false,
          cross: false,
        };
        const market = [oneOf(t, x.bars)];
        const config = configOf({ ...t, sizing: x.sizing, risk: { onBreach: t.risk.onBreach } }, market);
        const strategy = { ...follower(t), exits: exitsOf(x) };
        const fast = createSweep({ strategy, market, config });
        expect(fast.reason).toBe('');
        const execution = { ...config.execution, path: x.path };
        paths.add(compare(strategy, market, { ...config, execution }, twoSets));
      }),
      { numRuns: 120 },
    );
    expect(paths.all('single')).toBeGreaterThan(0.3);
    expect(paths.few('single') + paths.few('plain')).toBeCloseTo(paths.all('single'), 12);
  }, 120_000);

  it('equals it on exits of every kind under plain terms, over days and bars', () => {
    const paths = tally();
    const fees = fc.constantFrom(
      { kind: 'none' } as const,
      { kind: 'bps', maker: 1, taker: 7 } as const,
      { kind: 'bps', maker: -1, taker: 0 } as const,
    );
    fc.assert(
      fc.property(terms, exiting, fees, (some, x, fee) => {
        const t = plainTerms(some);
        const market = [oneOf(t, x.bars)];
        const execution = { ...t.execution, fees: fee, path: x.path };
        const config = configOf({ ...t, execution, risk: { onBreach: t.risk.onBreach } }, market);
        paths.add(compare({ ...follower(t), exits: exitsOf(x) }, market, config, threeSets));
      }),
      // So many that chance does not take the shares below their bounds.
      { numRuns: 400 },
    );
    expect(paths.all('single')).toBeGreaterThan(0.3);
    expect(paths.few('plain')).toBeGreaterThan(0.3);
  }, 120_000);

  it('equals it on exits of an order that waits from one window to the next', () => {
    const bars = randomBars(5_000, 7);
    const strategy = defineStrategy({
      name: 'late',
      signals: ({ close }) => ({ before: lag(close, 1) }),
      // A row's time is when its bar is complete: the last of the first window orders.
      target: ({ time }) => (time >= bars.time[4_096]! ? 0.5 : 0),
      exits: () => ({ stopLoss: { fraction: 0.05 }, trailing: { fraction: 0.04 } }),
    });
    expect(compare(strategy, [bars], defaultRunConfig, [{}]).few).toEqual(['plain']);
  });

  it('equals it on exits made of the signals of a set, one set after another', () => {
    const strategy = defineStrategy({
      name: 'stopped',
      params: { window: number({ default: 5, min: 2, max: 50 }), range: number({ default: 4, min: 2, max: 50 }) },
      signals: ({ close }, p) => ({ trend: ema(close, p.window), range: rollingStdev(close, p.range) }),
      target: (row) => (row.close > row.trend ? 0.5 : -0.5),
      exits: (row) => ({ trailing: { price: row.range } }),
    });
    const sets = [3, 7].flatMap((window) => [4, 9, 20].map((range) => ({ window, range })));
    const { all } = compare(strategy, [randomBars(5_000, 7)], defaultRunConfig, sets);
    expect(all).toEqual(sets.map(() => 'single'));
  });

  it('equals it on exits over several instruments, and under every setting', () => {
    const paths = tally();
    const rows = fc.constantFrom(31, 200, 1000);
    fc.assert(
      fc.property(
        terms,
        exiting,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        rows,
        (some, x, instruments, sparse, size) => {
          const t: Terms = { ...some, instruments, ...(sparse ? { rebalance: 'change', universe: false } : {}) };
          const market = marketOf(t);
          const config = configOf({ ...t, sizing: sparse ? x.sizing : t.sizing }, market);
          const execution = { ...config.execution, path: x.path };
          const source = blocksFromBars(market, { rowsPerBlock: size });
          paths.add(compare({ ...follower(t), exits: exitsOf(x) }, source, { ...config, execution }, twoSets));
        },
      ),
      { numRuns: 120 },
    );
    expect(paths.all('changes')).toBeGreaterThan(0.15);
    expect(paths.all('instants')).toBeGreaterThan(0.15);
    expect(paths.all('events')).toBe(0);
  }, 120_000);

  it.each<[string, (row: { readonly change: number }, held: number) => unknown]>([
    ['a zero without a sign', ({ change }, held) => (change / held > 1 ? 1 : change < 0 ? -0 : 0)],
    ['the number that a truth value stands for', ({ change }, held) => (held === 1 ? change > -0.01 : change > 0.01)],
    ['the number that a text stands for', ({ change }, held) => (change > 0 ? '1' : held === 1 ? '0.5' : '0')],
  ])('tells a target that it holds %s', (_, target) => {
    const strategy = defineStrategy({
      name: 'holding',
      signals: ({ close }) => ({ change: roc(close, 2) }),
      target: (row, _p, held) => target(row, held) as number,
    });
    for (const market of [[randomBars(300, 7)], panel(['A', 'B'], 300, 7)])
      compare(strategy, market, defaultRunConfig, [{}]);
  });

  it('asks one kernel on one instrument after another, and on several, where a target reads which they are', () => {
    const config = { ...defaultRunConfig, account: { ...defaultRunConfig.account, leverage: 4 } };
    const market = panel(['I0', 'I1', 'I2'], 120, 5);
    for (const some of [[market[1]!], market, [market[0]!], market, [market[1]!]])
      compare(observant, some, config, [{ fast: 3, slow: 11 }]);
    expect(targetKernel(observant, ['change'])).toBe(targetKernel(observant, ['change']));
  });

  it.each([
    [
      'throws',
      () => {
        throw new RangeError('no such row');
      },
    ],
    ['is no number', () => Number.NaN],
  ])('tells where a target %s, and runs the other sets', (_, fault: () => number) => {
    for (const rebalance of ['change', 'week'] as const) tellsFault(rebalance, fault);
  });
});

/** Bars of two windows whose prices come to five hundred times as much late in the second. */
function risenLate(): Bars {
  const calm = randomBars(5_000, 7);
  const rise = (column: Float64Array): Float64Array => column.map((price, row) => (row < 4_500 ? price : 500 * price));
  const { open, high, low, close } = calm;
  return { ...calm, open: rise(open), high: rise(high), low: rise(low), close: rise(close) };
}

/** Sells short what has risen, long before prices do. */
const shortBefore = ({ time: times }: Bars): Strategy =>
  defineStrategy({
    name: 'contrary',
    params: { bad: boolean({ default: false }) },
    signals: ({ close }) => ({ change: roc(close, 3) }),
    target: ({ change, time }) => (change > 0.02 && time < times[4_000]! ? -0.1 : 0),
  });

/** One set of two is faulty from a row on. */
function tellsFault(rebalance: Rebalance, fault: () => number): void {
  const market = panel(['A', 'B', 'C'], 300, 3);
  const at = market[0]!.time[200]!;
  const strategy = defineStrategy({
    name: 'faulty',
    rebalance,
    params: { bad: boolean({ default: false }) },
    signals: ({ close }) => ({ change: roc(close, 5) }),
    target: (row, p, held) => {
      if (p.bad && row.symbol === 'B' && row.time > at) return fault();
      return row.change > 0.01 ? 1 : row.change < -0.01 ? 0 : held;
    },
  });
  const sets = [{ bad: false }, { bad: true }];
  const [fast, slow] = (['vectorised', 'event'] as const).map((engine) =>
    createSweep({ strategy, market, config: defaultRunConfig, engine }).run(sets),
  );
  const tell = (result: typeof fast): unknown =>
    [...result!.failures].map(([set, error]) => [set, error.code, error.found, error.where, error.hint]);
  expect(fast!.failures.size).toBe(1);
  expect(tell(fast)).toEqual(tell(slow));
  expect(fast!.figures.finalEquity).toEqual(slow!.figures.finalEquity);
}

/** Reads all that a row tells of where it is. */
const observant = defineStrategy({
  name: 'observant',
  signals: ({ close }, p: ParamValues<ParamSpecs>) => ({ change: roc(close, Number(p['fast'])) }),
  target: (row, p, held) => {
    if (row.change > 0.015 && row.universe > 1) return row.symbol === 'I1' ? 0.5 : 1;
    if (row.change < -0.015) return (row.time / 3_600_000) % 7 === 0 ? held / 2 : -row.universe / 10;
    return row.close > row.open * (1 + Number(p['slow']) / 1000) && row.volume > 0 ? 0 : held;
  },
});

const shipped: Readonly<
  Record<string, { readonly strategy: Strategy; readonly sets: readonly Record<string, unknown>[] }>
> = {
  'buy-and-hold': { strategy: buyAndHold, sets: [{}] },
  momentum: { strategy: momentum, sets: [{ lookback: 20 }, { lookback: 60, threshold: 0.02 }] },
  'cross-sectional-momentum': {
    strategy: crossSection,
    sets: [
      { lookback: 40, skip: 5, quantile: 0.3 },
      { lookback: 60, skip: 0, quantile: 0.3, short: true },
    ],
  },
  'mean-reversion': { strategy: meanReversion, sets: [{}, { period: 10, width: 1.2, short: true }] },
  'moving-average-cross': {
    strategy: averageCross,
    sets: [
      { fast: 5, slow: 20, band: 0 },
      { fast: 8, slow: 40, average: 'exponential', short: false },
    ],
  },
  pairs: {
    strategy: pairs,
    sets: [
      { a: 'A', b: 'B', window: 30, entry: 1 },
      { a: 'B', b: 'C', hedge: 'fixed', entry: 1.5 },
    ],
  },
};

describe('the vectorised engine on the shipped target strategies', () => {
  for (const [name, { strategy, sets }] of Object.entries(shipped)) {
    for (const fill of ['open', 'close'] as const) {
      it(`gives what the event engine gives: ${name}, filled at the ${fill}`, () => {
        const config = { ...defaultRunConfig, execution: { ...defaultRunConfig.execution, fill } };
        const resolved = sets.map((set) => resolveParams(strategy, set));
        const several = compare(strategy, panel(['A', 'B', 'C', 'D', 'E'], 700, 11), config, resolved);
        const alone = name === 'pairs' ? undefined : compare(strategy, [randomBars(900, 5)], config, resolved);
        const path = name === 'cross-sectional-momentum' ? 'instants' : 'changes';
        expect(new Set([...several.all, ...several.few])).toEqual(new Set([path]));
        if (alone === undefined || path === 'instants') return;
        expect(new Set(alone.all)).toEqual(new Set(['single']));
        expect(new Set(alone.few)).toEqual(new Set([fill === 'open' ? 'plain' : 'single']));
      });
    }
  }

  it('names every shipped strategy that gives targets', () => {
    const files = readdirSync(join(import.meta.dirname, '../../strategies')).map((file) => file.replace(/\.ts$/, ''));
    expect([...Object.keys(shipped), 'breakout', 'precursor'].sort()).toEqual(files.sort());
    expect(breakout.target).toBeUndefined();
  });
});
