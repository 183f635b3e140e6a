/** A sweep gives the figures that single backtests give, and one set that fails leaves the others alone. */
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import {
  type Block,
  type BlockSource,
  computeMetrics,
  createSweep,
  DAY,
  defaultRunConfig,
  defineStrategy,
  type Expr,
  figureKeys,
  gt,
  integer,
  runBacktest,
  SigmaError,
  type SweepOptions,
  type SweepPath,
  sma,
  text,
  where,
} from '../../src/lib/index.ts';
import { randomBars } from '../market.ts';

const cross = defineStrategy({
  name: 'cross',
  params: { fast: integer({ default: 5, min: 1, max: 50 }), slow: integer({ default: 20, min: 2, max: 100 }) },
  signals: ({ close }, p) => {
    if (p.fast >= p.slow) throw new Error(`fast ${p.fast} is not below slow ${p.slow}`);
    return { fast: sma(close, p.fast), slow: sma(close, p.slow) };
  },
  target: (row) => (row.fast > row.slow ? 1 : -1),
});

const bars = [randomBars(300, 7)];
const sets = [
  { fast: 3, slow: 10 },
  { fast: 20, slow: 10 },
  { fast: 8, slow: 30 },
];

/** The same blocks, which cannot tell the volume of a bar. */
function withoutVolume(source: BlockSource): BlockSource {
  const refuse = {
    get: () => {
      throw new Error('nobody asked for volume');
    },
  };
  return {
    ...source,
    *blocks() {
      for (const block of source.blocks()) yield Object.defineProperty<Block>({ ...block }, 'volume', refuse);
    },
  };
}

describe('a sweep by the event engine', () => {
  const sweep = createSweep({ strategy: cross, market: bars, config: defaultRunConfig, engine: 'event' });
  const result = sweep.run(sets, { returns: true });

  it('gives the metrics of the single run', () => {
    const run = runBacktest({
      strategy: cross,
      params: sets[2]!,
      source: blocksFromBars(bars),
      config: defaultRunConfig,
    });
    const { equity, orders, fills, trades, totals } = run;
    const metrics = computeMetrics({
      equity,
      fills,
      trades,
      costs: totals,
      initial: totals.initial,
      periodsPerYear: 252,
    });
    for (const key of figureKeys) expect(result.figures[key][2], key).toBe(metrics[key]);
    const trace = sweep.trace(sets[2]!);
    expect(trace.equity.equity).toEqual(equity.equity);
    expect([...trace.orders]).toEqual([...orders]);
    expect([...trace.fills]).toEqual([...fills]);
    expect([...trace.trades]).toEqual([...trades]);
  });

  it('records the set that threw and goes on', () => {
    expect([...result.failures.keys()]).toEqual([1]);
    expect(result.failures.get(1)).toBeInstanceOf(SigmaError);
    expect(result.failures.get(1)!.message).toContain('fast 20 is not below slow 10');
    expect(result.figures.sharpe[1]).toBeNaN();
    expect(result.figures.sharpe[0]).not.toBeNaN();
  });

  it('decodes the artifacts of a strategy once a set', () => {
    let decoded = 0;
    const strategy = defineStrategy({
      name: 'levels',
      params: { model: text({ default: 'levels@production' }) },
      artifacts: {
        level: {
          reference: (p) => p.model,
          decode: (content) => {
            decoded++;
            return Number(content);
          },
        },
      },
      signals: ({ close }, _p, { level }) => ({ above: where(gt(close, level), 1, 0) }),
      target: (row) => row.above,
    });
    const about = { reference: 'levels@production', hash: 'ab'.repeat(32), kind: 'level', params: {}, content: 100 };
    const market = { market: bars, config: defaultRunConfig, artifacts: { [about.reference]: about } };
    const result = createSweep({ strategy, ...market }).run([{ model: about.reference }, { model: about.reference }]);
    expect(result.failures.size).toBe(0);
    expect(decoded).toBe(2);
  });

  it('compounds the returns of a set to its total return', () => {
    const width = sweep.periodEnds.length;
    expect(width).toBe(300);
    const growth = result.returns!.subarray(2 * width).reduce((product, r) => product * (1 + r), 1);
    expect(growth - 1).toBeCloseTo(result.figures.totalReturn[2]!, 12);
  });

  it('samples intraday bars at day ends', () => {
    const hourly = createSweep({
      strategy: cross,
      market: [randomBars(24 * 20, 3, { timeframe: '1h' })],
      config: { ...defaultRunConfig, periodsPerYear: 8766 },
      engine: 'event',
    });
    expect(hourly.periodEnds.length).toBe(20);
    expect(hourly.periodsPerYear).toBe(365);
    expect(hourly.periodEnds.every((time) => time % DAY === 0)).toBe(true);
  });

  it('refuses a market without bars', () => {
    expect(() => createSweep({ strategy: cross, market: [], config: defaultRunConfig })).toThrow(/at least one/);
  });
});

describe('the choice of the engine', () => {
  const { account, execution, risk } = defaultRunConfig;
  const eventOnly: readonly [string, Partial<SweepOptions>, RegExp][] = [
    ['a handler', { strategy: { ...cross, onBar: () => {} } }, /handles events \(onBar\)/],
    ['no target', { strategy: { name: 'none' } }, /no target/],
    ['finer bars', { detail: bars }, /finer bars/],
    ['corporate actions', { actions: [{ kind: 'split', symbol: 'TEST', time: 0, ratio: 2 }] }, /splits/],
    ['latency', { config: { ...defaultRunConfig, execution: { ...execution, latencyMs: 5 } } }, /latency/],
    [
      'a volume limit',
      {
        config: {
          ...defaultRunConfig,
          execution: { ...execution, slippage: { kind: 'fixed', bps: 1, volumeLimit: 0.1 } },
        },
      },
      /volume/,
    ],
    ['borrow', { config: { ...defaultRunConfig, account: { ...account, borrowRate: 0.01 } } }, /borrow/],
    ['interest', { config: { ...defaultRunConfig, account: { ...account, interestRate: 0.01 } } }, /interest/],
    [
      'a drawdown limit',
      { config: { ...defaultRunConfig, risk: { ...risk, maxDrawdown: { fraction: 0.2, action: 'stop' } } } },
      /drawdown limit/,
    ],
    [
      'a daily loss limit',
      { config: { ...defaultRunConfig, risk: { ...risk, maxDailyLoss: { fraction: 0.2, action: 'block' } } } },
      /daily loss/,
    ],
    [
      'drawdown scaling',
      { config: { ...defaultRunConfig, risk: { ...risk, drawdownScaling: { from: 0.1, to: 0.2 } } } },
      /scales orders/,
    ],
    ['bars with an open alone', { market: [{ ...bars[0]!, close: bars[0]!.close.with(9, Number.NaN) }] }, /no close/],
  ];
  for (const [name, options, reason] of eventOnly) {
    it(`is the event engine under ${name}, and says why`, () => {
      const all = { strategy: cross, market: bars, config: defaultRunConfig, ...options };
      const sweep = createSweep(all);
      expect(sweep.engine).toBe('event');
      expect(sweep.reason).toMatch(reason);
      expect(() => createSweep({ ...all, engine: 'vectorised' })).toThrow(SigmaError);
    });
  }

  it('is the vectorised engine for targets on bars, also after a margin call', () => {
    const short = defineStrategy({ name: 'short', target: () => -3 });
    const rising = randomBars(60, 4);
    for (const name of ['open', 'high', 'low', 'close'] as const)
      rising[name].forEach((price, k) => {
        rising[name][k] = price * 1.02 ** k;
      });
    const config = { ...defaultRunConfig, account: { ...account, leverage: 4, maintenance: 0.2 } };
    const answered: string[] = [];
    const options = { strategy: short, market: [rising], config };
    const sweep = createSweep({ ...options, onAnswer: (place, path) => answered.push(`${place} ${path}`) });
    sweep.run([{}]);
    expect(answered).toEqual(['0 events']);
    expect(sweep.engine).toBe('vectorised');
    const trace = sweep.trace({});
    const expected = createSweep({ ...options, engine: 'event' }).trace({});
    expect(trace.equity.equity).toEqual(expected.equity.equity);
    expect([...trace.trades]).toEqual([...expected.trades]);
    expect(trace.trades.at(0)!.exitTime).not.toBeNaN();
  });
});

describe('a sweep of more signals than stay in memory', () => {
  const strategy = defineStrategy({
    name: 'gaps',
    params: {
      fast: integer({ default: 5, min: 1, max: 50 }),
      slow: integer({ default: 20, min: 2, max: 900 }),
      gaps: integer({ default: 0, min: 0, max: 1 }),
    },
    signals: ({ close }, p) => {
      const fast = sma(close, p.fast);
      return { fast: p.gaps === 1 ? where(gt(close, fast), fast, Number.NaN) : fast, slow: sma(close, p.slow) };
    },
    target: (row) => (row.fast > row.slow ? 1 : -1),
  });
  const many = Array.from({ length: 700 }, (_, k) => ({
    fast: 2 + (k % 3),
    slow: 5 + (k % 350),
    gaps: k % 7 === 0 ? 1 : 0,
  }));

  it.each([
    ['one instrument', 1],
    ['two instruments', 2],
  ])('gives what the event engine gives, also where values are missing: %s', (_, count) => {
    const market = Array.from({ length: count }, (__, k) => {
      const each = randomBars(600, 7 + k);
      return { ...each, instrument: { ...each.instrument, symbol: `S${k}` } };
    });
    const options = { strategy, market, config: defaultRunConfig };
    const { figures } = createSweep({ ...options, engine: 'vectorised' }).run(many);
    const some = many.flatMap((set, s) => (s % 25 === 0 || s > 690 ? [{ set, s }] : []));
    const expected = createSweep({ ...options, engine: 'event' }).run(some.map(({ set }) => set));
    for (const key of ['finalEquity', 'trades', 'totalCosts'] as const)
      expect(some.map(({ s }) => figures[key][s])).toEqual([...expected.figures[key]]);
  });
});

describe('sets whose signals have other names than those of the first', () => {
  it('are answered another way, with what the event engine gives', () => {
    const strategy = defineStrategy({
      name: 'named',
      params: { fast: integer({ default: 5, min: 1, max: 50 }), late: integer({ default: 0, min: 0, max: 1 }) },
      signals: ({ close }, p): Record<string, Expr> => {
        const [fast, slow] = [sma(close, p.fast), sma(close, 40)];
        return p.late === 1 ? { slow, fast } : { fast, slow };
      },
      target: (row) => (Number(row['fast']) > Number(row['slow']) ? 1 : -1),
    });
    const mixed = [0, 1, 0, 1].map((late, k) => ({ fast: 3 + k, late }));
    const options = { strategy, market: bars, config: defaultRunConfig };
    const answered: SweepPath[] = [];
    const onAnswer = (place: number, path: SweepPath): void => {
      answered[place] = path;
    };
    const { figures } = createSweep({ ...options, engine: 'vectorised', onAnswer }).run(mixed, {
      figures: ['finalEquity', 'trades'],
    });
    expect(answered).toEqual(['plain', 'changes', 'plain', 'changes']);
    const expected = createSweep({ ...options, engine: 'event' }).run(mixed);
    for (const key of ['finalEquity', 'trades'] as const) expect(figures[key]).toEqual(expected.figures[key]);
  });
});

describe('a sweep of one instrument', () => {
  const options = { market: withoutVolume(blocksFromBars(bars)), config: defaultRunConfig } as const;

  it('looks at no column that its strategy does not name', () => {
    const { figures } = createSweep({ ...options, strategy: cross }).run(sets);
    expect(figures).toEqual(createSweep({ strategy: cross, market: bars, config: defaultRunConfig }).run(sets).figures);
  });

  it('looks at those it names', () => {
    const strategy = defineStrategy({ name: 'active', target: ({ volume }) => (volume > 1_000 ? 1 : 0) });
    expect(() => createSweep({ ...options, strategy }).run([{}])).toThrow('nobody asked for volume');
  });
});

describe('a set that throws on the way', () => {
  it.each(['auto', 'event'] as const)('has no returns by the engine %s', (engine) => {
    const strategy = defineStrategy({
      name: 'throwing',
      params: { last: integer({ default: 0, min: 0, max: 1000 }) },
      target: (row, p) => {
        if (row.time > bars[0]!.time[p.last]! + DAY) throw new RangeError('no more');
        return row.close > row.open ? 1 : 0;
      },
    });
    const sweep = createSweep({ strategy, market: bars, config: defaultRunConfig, engine });
    const { returns, failures } = sweep.run([{ last: 299 }, { last: 100 }], { returns: true });
    expect([...failures.keys()]).toEqual([1]);
    expect([...returns!.subarray(300)].every(Number.isNaN)).toBe(true);
    expect([...returns!.subarray(0, 300)].some(Number.isNaN)).toBe(false);
  });
});

describe('a sweep inside another', () => {
  const market = ['A', 'B', 'C'].map((symbol, k) => {
    const each = randomBars(300, 7 + k);
    return { ...each, instrument: { ...each.instrument, symbol } };
  });

  it.each([
    ['one instrument', market.slice(0, 1)],
    ['several instruments', market],
  ])('leaves that one as it was, over %s', (_, bars) => {
    let isInside = false;
    /** With `inner`, a sweep of its own over another instrument on the way. */
    const follower = (inner: boolean) => {
      const strategy = defineStrategy({
        name: 'follower',
        params: { length: integer({ default: 5, min: 1, max: 50 }) },
        signals: ({ close }, p) => ({ average: sma(close, p.length) }),
        target: (row, _p, held) => {
          if (inner && !isInside && (row.time / DAY) % 50 === 0) {
            isInside = true;
            createSweep({ strategy, market: market.slice(2), config: defaultRunConfig }).run([{ length: 3 }]);
            isInside = false;
          }
          if (row.close > row.average) return row.symbol === 'A' ? 1 : 0.5;
          return row.close < 0.99 * row.average ? -1 : held;
        },
      });
      return createSweep({ strategy, market: bars, config: defaultRunConfig });
    };
    const sets = [{ length: 4 }, { length: 11 }];
    expect(follower(true).run(sets)).toEqual(follower(false).run(sets));
  });
});
