/** Backtest, session and replay over the same events give the same orders, fills and equity, to the byte; and money is conserved at every instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atr,
  type BlockSource,
  blocksFromBars,
  createEngine,
  createRng,
  crossRank,
  DAY,
  defaultRunConfig,
  defineStrategy,
  type EngineResult,
  fromJournalLine,
  type JournalEntry,
  journalLine,
  type OrderRequest,
  of,
  on,
  type RunConfig,
  replayJournal,
  roc,
  runBacktest,
  runSession,
  type Strategy,
  simulatedExchange,
  sma,
  venueFor,
} from '../../src/lib/index.ts';
import { panel } from '../market.ts';

const SYMBOLS = ['A', 'B', 'C'];
const ROWS = 120;

/** Submits, modifies and cancels orders of every kind at random, from a stream of its own. */
function randomTrader(seed: number): Strategy {
  const rng = createRng(seed);
  const pick = <T>(values: readonly T[]): T => values[rng.integer(values.length)]!;
  const request = (close: number): OrderRequest => {
    const side = pick(['buy', 'sell'] as const);
    const away = close * (1 + (side === 'buy' ? 1 : -1) * 0.01 * rng.normal());
    const common = {
      side,
      quantity: 1 + rng.integer(60),
      timeInForce: pick(['GTC', 'DAY', 'IOC', 'FOK'] as const),
      reduceOnly: rng.next() < 0.2,
      ...(rng.next() < 0.3
        ? { bracket: { stopLoss: close * 0.97, takeProfit: close * 1.03, trailing: { fraction: 0.02 } } }
        : {}),
    };
    switch (pick(['market', 'limit', 'stop', 'stop-limit', 'take-profit', 'trailing-stop'] as const)) {
      case 'market':
        return { ...common, kind: 'market' };
      case 'limit':
        return { ...common, kind: 'limit', price: away, postOnly: rng.next() < 0.2 };
      case 'stop':
        return { ...common, kind: 'stop', trigger: away };
      case 'stop-limit':
        return { ...common, kind: 'stop-limit', trigger: away, price: away * 1.001 };
      case 'take-profit':
        return { ...common, kind: 'take-profit', trigger: away };
      case 'trailing-stop':
        return { ...common, kind: 'trailing-stop', offset: { fraction: 0.01 } };
    }
  };
  return defineStrategy({
    name: 'random-trader',
    signals: (bars) => ({
      range: atr(bars, 5),
      slow: on('1w', sma(bars.close, 2)),
      other: of('B', roc(bars.close, 3)),
      place: crossRank(roc(bars.close, 4)),
    }),
    onStart: (ctx) => ctx.schedule(ctx.time + 10 * DAY, 'later'),
    onTimer: (ctx, tag) => ctx.log(`timer ${tag}`),
    onFill: (ctx, fill) => {
      if (rng.next() < 0.1)
        ctx.submit({
          kind: 'limit',
          side: fill.side === 'buy' ? 'sell' : 'buy',
          quantity: fill.quantity,
          price: fill.price * 1.01,
        });
    },
    onOrder: (ctx, order) => {
      if (order.status === 'rejected') ctx.log(`rejected: ${order.reason}`);
    },
    onBar: (ctx) => {
      if (rng.next() < 0.3) ctx.submit(request(ctx.bar.close));
      const open = ctx.orders();
      if (open.length > 0 && rng.next() < 0.2) ctx.cancel(pick(open).id);
      if (open.length > 0 && rng.next() < 0.2) ctx.modify(pick(open).id, { quantity: 5 });
      if (rng.next() < 0.05) ctx.target(pick([-0.5, 0, 0.5, 1]));
      if (ctx.signals.range > 0 && ctx.signals.place === 1 && rng.next() < 0.05)
        ctx.log(`slow ${ctx.signals.slow} other ${ctx.signals.other}`);
    },
  });
}

const terms = fc.record({
  fill: fc.constantFrom('open' as const, 'close' as const),
  path: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'open-nearest' as const),
  leverage: fc.constantFrom(1, 2, 5),
  borrowRate: fc.constantFrom(0, 0.05),
});

const configs: fc.Arbitrary<RunConfig> = terms.map(({ fill, path, leverage, borrowRate }) => ({
  ...defaultRunConfig,
  account: { ...defaultRunConfig.account, cash: 10_000, leverage, borrowRate, interestRate: borrowRate },
  execution: { ...defaultRunConfig.execution, fill, path, spreadBps: 4 },
}));

/** Limits that are hit early, by what closes all and mostly ends the run. */
const halting: fc.Arbitrary<RunConfig> = fc
  .record({
    config: configs,
    latencyMs: fc.constantFrom(0, 0, 1, 30_000, 2 * DAY),
    limit: fc.constantFrom('maxDrawdown' as const, 'maxDailyLoss' as const),
    action: fc.constantFrom('stop' as const, 'stop' as const, 'stop' as const, 'flatten' as const),
    fraction: fc.constantFrom(0.002, 0.01, 0.03),
  })
  .map(({ config, latencyMs, limit, action, fraction }) => ({
    ...config,
    execution: { ...config.execution, latencyMs },
    risk: { ...config.risk, [limit]: { fraction, action } },
  }));

/** Asks for exits whenever it hears of an order, also where nothing is held. */
function clinging(seed: number): Strategy {
  const trader = randomTrader(seed);
  const guard = (ctx: Parameters<NonNullable<Strategy['onBar']>>[0], price: number): void => {
    ctx.submit({ kind: 'limit', side: 'sell', quantity: 5, price: price * 1.2, reduceOnly: true });
  };
  return defineStrategy({
    ...trader,
    name: 'clinging',
    onFill: (ctx, fill) => guard(ctx, fill.price),
    onOrder: (ctx, order) => {
      if (order.status === 'cancelled') guard(ctx, ctx.bar.close);
    },
  });
}

/** Changes its target often, with exits near enough to be met. */
function guarded(seed: number): Strategy {
  const rng = createRng(seed);
  return defineStrategy({
    name: 'guarded',
    signals: ({ close }) => ({ change: roc(close, 2) }),
    target: (row, _, held) => (rng.next() < 0.3 ? Math.sign(row.change) * rng.integer(3) : held),
    exits: () => ({ stopLoss: { fraction: 0.01 }, takeProfit: { fraction: 0.02 }, trailing: { fraction: 0.03 } }),
  });
}

/** JSON text in which NaN, columns and the sign of a zero compare by value. */
function text(result: EngineResult): string {
  const exact = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
  return JSON.stringify(result, (_, value: unknown) =>
    value instanceof Float64Array ? Array.from(value, exact) : typeof value === 'number' ? exact(value) : value,
  );
}

async function session(
  strategy: () => Strategy,
  source: BlockSource,
  config: RunConfig,
  signal?: AbortSignal,
): Promise<{ result: EngineResult; entries: JournalEntry[]; ambiguousBars: number }> {
  const entries: JournalEntry[] = [];
  const venue = venueFor(source, config);
  const exchange = simulatedExchange({ source, venue, ...(signal === undefined ? {} : { signal }) });
  const result = await runSession({
    engine: createEngine({ strategy: strategy(), params: {}, instruments: source.instruments, config }),
    timeframe: source.timeframe,
    instruments: source.instruments.length,
    events: exchange.events,
    venue: exchange.port,
    journal: { append: (entry) => void entries.push(fromJournalLine(journalLine(entry)) as JournalEntry) },
    ambiguousBars: () => venue.ambiguousBars,
  });
  return { result, entries, ambiguousBars: venue.ambiguousBars };
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });

async function agree(
  strategy: () => Strategy,
  seed: number,
  config: RunConfig,
  symbols: readonly string[] = SYMBOLS,
): Promise<void> {
  const source = blocksFromBars(panel(symbols, ROWS, seed), { rowsPerBlock: 50 });
  const { instruments, timeframe } = source;
  const backtest = runBacktest({ strategy: strategy(), params: {}, source, config });
  const live = await session(strategy, source, config);
  expect(text(live.result)).toBe(text(backtest));
  const replayed = replayJournal({
    engine: createEngine({ strategy: strategy(), params: {}, instruments, config }),
    timeframe,
    instruments: instruments.length,
    entries: live.entries,
    ambiguousBars: live.ambiguousBars,
  });
  expect(text(replayed)).toBe(text(backtest));
  if (backtest.instants === ROWS) return;
  expect(backtest.equity.equity.at(-1)).toBe(backtest.totals.final);
  expect(backtest.orders.filter(({ status }) => status === 'new' || status === 'accepted')).toEqual([]);
}

describe('the drivers', () => {
  it('give the same orders, fills and equity in a backtest, a session and a replay of its journal', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, configs, (seed, config) => agree(() => randomTrader(seed), seed, config)),
      { numRuns: 20 },
    );
  });

  it('end a run that a risk rule stops at the same row', async () => {
    const traders = fc.constantFrom(randomTrader, clinging, guarded);
    const sets = fc.constantFrom(SYMBOLS, SYMBOLS, ['B']);
    await fc.assert(
      fc.asyncProperty(seeds, halting, traders, sets, (seed, config, trader, symbols) =>
        agree(() => trader(seed), seed, config, symbols),
      ),
      { numRuns: 100 },
    );
  });

  it('end a run that is interrupted after the bars of an instant, as if there were no more', async () => {
    const stop = new AbortController();
    const buyer = (bars: number): Strategy => {
      let seen = 0;
      return defineStrategy({
        name: 'buyer',
        onBar: (ctx) => {
          ctx.submit({ kind: 'market', side: 'buy', quantity: 1 });
          if (++seen === bars) stop.abort();
        },
      });
    };
    const config = { ...defaultRunConfig, execution: { ...defaultRunConfig.execution, fill: 'close' as const } };
    const source = blocksFromBars(panel(SYMBOLS, 20, 5));
    const { result, entries } = await session(() => buyer(10), source, config, stop.signal);
    const shorter = blocksFromBars(panel(SYMBOLS, 4, 5));
    const whole = runBacktest({ strategy: buyer(0), params: {}, source: shorter, config });
    expect(text(result)).toBe(text({ ...whole, ended: 'interrupted' }));
    const engine = createEngine({ strategy: buyer(0), params: {}, instruments: source.instruments, config });
    expect(text(replayJournal({ engine, timeframe: '1d', instruments: SYMBOLS.length, entries }))).toBe(text(result));
  });

  it('conserve money: equity is what came in plus profit less costs, at the end and at every instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), configs, (seed, config) => {
        const result = runBacktest({
          strategy: randomTrader(seed),
          params: {},
          source: blocksFromBars(panel(SYMBOLS, 150, seed)),
          config,
        });
        const { equity, totals: t } = result;
        const expected =
          t.initial + t.realised + t.unrealised - t.fees - t.borrow - t.interest - t.funding + t.dividends;
        expect(Math.abs(t.final - expected)).toBeLessThanOrEqual(1e-9 * Math.max(t.initial, Math.abs(t.final)));
        for (let i = 0; i < equity.time.length; i++) {
          expect(Math.abs(equity.equity[i]! - equity.cash[i]! - equity.net[i]!)).toBeLessThanOrEqual(1e-9 * t.initial);
        }
        const paid = result.fills.reduce((sum, fill) => sum + fill.fee, 0);
        expect(paid).toBeCloseTo(t.fees, 6);
        const flow = result.fills.reduce(
          (sum, fill) => sum + (fill.side === 'buy' ? -1 : 1) * fill.quantity * fill.price - fill.fee,
          0,
        );
        expect(equity.equity.at(-1)).toBe(t.final);
        expect(Math.abs(t.initial + flow - t.borrow - t.interest - equity.cash.at(-1)!)).toBeLessThanOrEqual(
          1e-9 * 20 * t.initial,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('report in a replay which command differs', async () => {
    const source = blocksFromBars(panel(SYMBOLS, 60, 5));
    const { entries } = await session(() => randomTrader(5), source, defaultRunConfig);
    const replay = (changed: readonly JournalEntry[], seed: number): EngineResult =>
      replayJournal({
        engine: createEngine({
          strategy: randomTrader(seed),
          params: {},
          instruments: source.instruments,
          config: defaultRunConfig,
        }),
        timeframe: '1d',
        instruments: 3,
        entries: changed,
      });
    expect(() => replay(entries, 6)).toThrow(/journal entry \d+: the session/);
    const lastCommand = entries.findLastIndex((e) => 'out' in e);
    expect(() =>
      replay(
        entries.filter((_, k) => k !== lastCommand),
        5,
      ),
    ).toThrow('the session did not send');
  });
});
