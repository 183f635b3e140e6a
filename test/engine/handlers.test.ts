import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Context,
  type CorporateAction,
  DAY,
  defineStrategy,
  HOUR,
  instrument,
  type OrderRequest,
  type RunConfig,
  type Strategy,
} from '../../src/lib/index.ts';
import { barsOf, closesOf, randomBars, START } from '../market.ts';
import type { ResultRows } from '../rows.ts';
import { free, run } from './without-costs.ts';

/** Does something on the n-th bar, counted from 0. */
function onBarNumber(actions: Readonly<Record<number, (ctx: Context) => void>>): Strategy {
  let bar = 0;
  return defineStrategy({ name: 'script', onBar: (ctx) => actions[bar++]?.(ctx) });
}

const calm = { open: 100, high: 101, low: 99, close: 100 };

describe('a bracket', () => {
  const entry = (ctx: Context): void => {
    ctx.submit({ kind: 'market', side: 'buy', quantity: 10, bracket: { stopLoss: 95, takeProfit: 110 } });
  };

  it('places its exits when the entry fills, and the first exit cancels the other', () => {
    const { orders, trades } = run(onBarNumber({ 0: entry }), [barsOf([calm, calm, { ...calm, high: 112 }, calm])]);
    expect(orders.map((o) => [o.kind, o.status, o.parent])).toEqual([
      ['market', 'filled', -1],
      ['stop', 'cancelled', 1],
      ['limit', 'filled', 1],
    ]);
    expect(orders.map((o) => o.reason)).toEqual(['', 'one cancels other: order 3 filled', '']);
    expect(trades).toMatchObject([{ pnl: 100, exitPrice: 110 }]);
  });

  it('can be stopped in the very bar of its entry', () => {
    const { trades } = run(onBarNumber({ 0: entry }), [barsOf([calm, { ...calm, low: 90 }, calm])]);
    expect(trades).toMatchObject([{ exitPrice: 95, pnl: -50 }]);
  });

  it('does not outlive its position', () => {
    const close = (ctx: Context): void => {
      ctx.submit({ kind: 'market', side: 'sell', quantity: 10 });
    };
    const { orders } = run(onBarNumber({ 0: entry, 2: close }), [
      barsOf([calm, calm, calm, calm, { ...calm, low: 80 }]),
    ]);
    expect(orders.map((o) => o.status)).toEqual(['filled', 'cancelled', 'cancelled', 'filled']);
    expect(orders[1]!.reason).toBe('position closed');
  });

  it('counts the bars on which its path mattered, and the two paths bound the result', () => {
    const wide = barsOf([calm, calm, { ...calm, low: 90, high: 115 }, calm]);
    const by = (path: 'pessimistic' | 'optimistic'): ResultRows =>
      run(onBarNumber({ 0: entry }), [wide], { config: { ...free, execution: { ...free.execution, path } } });
    expect([by('pessimistic').totals.final, by('optimistic').totals.final]).toEqual([9_950, 10_100]);
    expect(by('pessimistic').ambiguousBars).toBe(1);
  });

  it('is decided by finer bars where there are some', () => {
    const day = barsOf([calm, calm, { ...calm, low: 90, high: 115 }]);
    const hours = Array.from({ length: 72 }, (_, h) =>
      h === 50 ? { ...calm, high: 115 } : h === 60 ? { ...calm, low: 90 } : calm,
    );
    const { trades, ambiguousBars } = run(onBarNumber({ 0: entry }), [day], {
      detail: barsOf(hours, { timeframe: '1h' }),
    });
    expect(trades).toMatchObject([{ exitPrice: 110 }]);
    expect(trades[0]!.exitTime).toBe(START + 51 * HOUR);
    expect(ambiguousBars).toBe(0);
  });
});

describe('the context', () => {
  it('shows the bar, the signals, the position and the equity of the event', () => {
    const seen: unknown[] = [];
    const look = (ctx: Context): void => {
      seen.push([
        ctx.symbol,
        ctx.time,
        ctx.bar.close,
        ctx.bar.volume,
        ctx.position().quantity,
        ctx.position().value,
        ctx.position().unrealised,
        ctx.equity,
        ctx.cash,
      ]);
    };
    const buy = (ctx: Context): void => {
      ctx.submit({ kind: 'market', side: 'buy', quantity: 10 });
    };
    run(onBarNumber({ 0: buy, 1: look }), [barsOf([calm, { open: 100, high: 105, low: 99, close: 104, volume: 7 }])]);
    expect(seen).toEqual([['TEST', START + 2 * DAY, 104, 7, 10, 1_040, 40, 10_040, 9_000]]);
  });

  it('shows the last bar of each of several instruments inside onFill, although blocks reuse their memory', () => {
    const seen: (readonly [string, number, number])[] = [];
    const panel = ['A', 'B'].map((symbol, i) => ({
      ...closesOf([1, 2, 3, 4, 5, 6, 7, 8].map((close) => close + 100 * (i + 1))),
      instrument: instrument(symbol),
    }));
    const strategy = defineStrategy({
      name: 'every-bar',
      onBar: (ctx) => void ctx.submit({ kind: 'market', side: 'buy', quantity: 1 }),
      onFill: (ctx, fill) => void seen.push([fill.symbol, ctx.bar.close, fill.price]),
    });
    run(strategy, panel, { rowsPerBlock: 4 });
    expect(seen.length).toBe(14);
    for (const [, lastClose, price] of seen) expect(lastClose).toBe(price - 1);
  });

  it('keeps showing the last bar inside onFill, also when a new block has begun', () => {
    const closes: number[] = [];
    const strategy = defineStrategy({
      name: 'peek',
      onBar: (ctx) => {
        ctx.submit({ kind: 'market', side: 'buy', quantity: 1 });
      },
      onFill: (ctx) => {
        closes.push(ctx.bar.close);
      },
    });
    const bars = randomBars(9, 1);
    run(strategy, [bars], { rowsPerBlock: 1 });
    expect(closes).toEqual([...bars.close.subarray(0, 8)]);
  });

  it('reaches other instruments by symbol and names those there are', () => {
    const errors: string[] = [];
    const strategy = defineStrategy({
      name: 'other',
      onBar: (ctx) => {
        if (ctx.symbol !== 'A' || ctx.time > START + DAY) return;
        ctx.submit({ kind: 'market', symbol: 'B', side: 'sell', quantity: 3 });
        expect(ctx.orders('B')).toMatchObject([{ side: 'sell', quantity: 3, status: 'new' }]);
        expect(ctx.orders()).toEqual([]);
        try {
          ctx.position('Z');
        } catch (error) {
          errors.push(String(error));
        }
      },
    });
    const { fills } = run(strategy, [
      barsOf([calm, calm], { instrument: instrument('A') }),
      barsOf([calm, calm], { instrument: instrument('B') }),
    ]);
    expect(fills).toMatchObject([{ symbol: 'B', side: 'sell', quantity: 3 }]);
    expect(errors[0]).toContain("no instrument 'Z' in this run; the instruments are A, B");
  });

  it('modifies and cancels working orders', () => {
    let id = 0;
    const strategy = onBarNumber({
      0: (ctx) => {
        id = ctx.submit({ kind: 'limit', side: 'buy', quantity: 10, price: 90 });
      },
      1: (ctx) => ctx.modify(id, { price: 99.5, quantity: 4 }),
      2: (ctx) => {
        ctx.cancel(ctx.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 50 }));
      },
    });
    const { orders } = run(strategy, [barsOf([calm, calm, calm, calm])]);
    expect(orders).toMatchObject([
      { status: 'filled', filled: 4, averagePrice: 99.5 },
      { status: 'cancelled', reason: 'by the strategy' },
    ]);
  });

  it('groups orders that cancel one another', () => {
    const strategy = onBarNumber({
      0: (ctx) => {
        const ocoGroup = ctx.ocoGroup();
        ctx.submit({ kind: 'stop', side: 'buy', quantity: 1, trigger: 105, ocoGroup });
        ctx.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 95, ocoGroup });
      },
    });
    const { orders } = run(strategy, [barsOf([calm, { ...calm, low: 94 }, { ...calm, high: 120 }])]);
    expect(orders.map((o) => o.status)).toEqual(['cancelled', 'filled']);
  });

  it('targets a weight, logs, and fires timers at the first instant at or after their time', () => {
    const fired: number[] = [];
    const strategy = defineStrategy({
      name: 'timers',
      onStart: (ctx) => {
        ctx.schedule(START + 1.5 * DAY, 'noon');
        ctx.target(0.5);
      },
      onTimer: (ctx, tag) => {
        fired.push(ctx.time);
        ctx.log(tag);
      },
      onEnd: (ctx) => ctx.log('done'),
    });
    const { log, fills } = run(strategy, [barsOf([calm, calm, calm])]);
    expect(fired).toEqual([START + 2 * DAY]);
    expect(log.map((e) => e.message)).toEqual(['noon', 'done']);
    expect(fills[0]!.quantity).toBe(50);
  });

  it('refuses orders that cannot exist, naming the order, instrument and bar', () => {
    const bad: readonly (readonly [Parameters<Context['submit']>[0], string])[] = [
      [{ kind: 'market', side: 'buy', quantity: -1 }, 'quantity -1'],
      [{ kind: 'limit', side: 'buy', quantity: 1, price: Number.NaN }, 'price NaN'],
      [{ kind: 'stop', side: 'buy', quantity: 1, trigger: 0 }, 'trigger 0'],
      [{ kind: 'trailing-stop', side: 'sell', quantity: 1, offset: { fraction: 0 } }, 'offset 0'],
      [{ kind: 'limit', side: 'buy', quantity: 1, price: 1, timeInForce: 'GTD' }, 'GTD without expires'],
    ];
    for (const [request, found] of bad) {
      const strategy = onBarNumber({ 0: (ctx) => void ctx.submit(request) });
      expect(() => run(strategy, [barsOf([calm, calm])])).toThrow(
        `script at TEST 2021-01-04, ${request.kind} order for TEST: ${found}`,
      );
    }
    const target = onBarNumber({ 0: (ctx) => ctx.target(Number.POSITIVE_INFINITY) });
    expect(() => run(target, [barsOf([calm, calm])])).toThrow('the target is Infinity');
  });

  it('rejects, and does not throw for, a quantity that rounds to nothing', () => {
    const strategy = onBarNumber({ 0: (ctx) => void ctx.submit({ kind: 'market', side: 'buy', quantity: 0.4 }) });
    const { orders, log } = run(strategy, [barsOf([calm, calm], { instrument: instrument('X', { kind: 'equity' }) })]);
    expect(orders).toMatchObject([{ status: 'rejected', reason: 'quantity 0.4 rounds to 0 at lot size 1' }]);
    expect(log).toMatchObject([{ source: 'risk', level: 'warn' }]);
  });
});

describe('risk in the path of every order', () => {
  const buyAll = defineStrategy({ name: 'all-in', target: () => 1 });
  const fall = closesOf([100, 100, 80, 60, 60, 60]);

  it('cuts an order to its limit and says so', () => {
    const { orders, log } = run(buyAll, [fall], {
      config: { ...free, risk: { onBreach: 'cut', maxPositionWeight: 0.5 } },
    });
    expect(orders[0]!.quantity).toBeCloseTo(50, 6);
    expect(log[0]!.message).toContain('order 1 cut');
  });

  it('flattens at the drawdown limit and asks for no target again', () => {
    const { trades, orders, log } = run(buyAll, [fall], {
      config: { ...free, risk: { onBreach: 'cut', maxDrawdown: { fraction: 0.15, action: 'flatten' } } },
    });
    expect(trades).toMatchObject([{ exitPrice: 60 }]);
    expect(orders).toHaveLength(2);
    expect(log.some((e) => e.message.includes('drawdown') && e.message.includes('flatten'))).toBe(true);
  });

  it('ends the run when the action is stop', () => {
    const result = run(buyAll, [closesOf([100, 100, 80, 60, 60, 60, 60, 60, 60])], {
      config: { ...free, risk: { onBreach: 'cut', maxDrawdown: { fraction: 0.15, action: 'stop' } } },
    });
    expect(result.ended).toContain('drawdown');
    expect(result.instants).toBeLessThan(9);
    expect(result.trades).toMatchObject([{ exitPrice: 60 }]);
  });
});

describe('corporate actions on positions', () => {
  const hold = onBarNumber({ 0: (ctx) => void ctx.submit({ kind: 'market', side: 'buy', quantity: 10 }) });

  it('a split changes units and price, not value', () => {
    const actions: CorporateAction[] = [{ kind: 'split', symbol: 'TEST', time: START + 2 * DAY, ratio: 4 }];
    const { totals, trades } = run(hold, [closesOf([100, 100, 25, 25])], { actions });
    expect(totals.final).toBeCloseTo(10_000, 9);
    expect(trades).toMatchObject([{ pnl: expect.closeTo(0, 9) }]);
  });

  it('a dividend is paid in cash', () => {
    const actions: CorporateAction[] = [{ kind: 'dividend', symbol: 'TEST', time: START + 2 * DAY, amount: 1.5 }];
    const { totals } = run(
      onBarNumber({ 0: (ctx) => void ctx.submit({ kind: 'market', side: 'buy', quantity: 10 }) }),
      [closesOf([100, 100, 98.5, 98.5])],
      { actions },
    );
    expect(totals.dividends).toBe(15);
    expect(totals.final).toBeCloseTo(10_000, 9);
  });
});

describe('a limit that closes everything', () => {
  it('leaves nothing open, whatever was on its way', () => {
    const terms = { side: fc.constantFrom('buy', 'sell'), quantity: fc.integer({ min: 1, max: 60 }) } as const;
    const order: fc.Arbitrary<OrderRequest> = fc.oneof(
      fc.record({ kind: fc.constant('market'), ...terms }),
      fc.record({ kind: fc.constant('limit'), price: fc.constant(100), ...terms }),
    );
    const orders = fc.array(fc.option(order), { minLength: 6, maxLength: 16 });
    const latency = fc.constantFrom(0, 1_000, DAY, 2.5 * DAY);
    const volume = fc.constantFrom(1e6, 15);
    fc.assert(
      fc.property(orders, latency, volume, fc.constantFrom('flatten', 'stop'), (asked, latencyMs, units, action) => {
        const strategy = onBarNumber(
          Object.fromEntries(asked.map((one, bar) => [bar, (ctx: Context) => void (one && ctx.submit(one))])),
        );
        const swings = asked.map((_, bar) => ({ ...calm, high: 125, low: 75, close: bar % 2 === 0 ? 110 : 90 }));
        const bars = [...swings, ...new Array(60).fill(calm)].map((bar) => ({ ...bar, volume: units }));
        const slippage = { kind: 'fixed', bps: 0, volumeLimit: 1 } as const;
        const { fills, log } = run(strategy, [barsOf(bars)], {
          config: {
            ...free,
            execution: { ...free.execution, latencyMs, slippage },
            risk: { onBreach: 'cut', maxDrawdown: { fraction: 0.02, action } },
          },
        });
        if (!log.some(({ message }) => message.includes('reached the limit'))) return;
        expect(fills.reduce((held, { side, quantity }) => held + (side === 'buy' ? quantity : -quantity), 0)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a daily loss limit', () => {
  it('closes everything, and lets the unchanged target in again the next day', () => {
    const hourly = closesOf([100, 100, 90, 90, ...new Array<number>(30).fill(90)], { timeframe: '1h' });
    const strategy = defineStrategy({ name: 'all-in', target: () => 1 });
    const { trades, log } = run(strategy, [hourly], {
      config: { ...free, risk: { onBreach: 'cut', maxDailyLoss: { fraction: 0.05, action: 'flatten' } } },
    });
    expect(trades).toHaveLength(2);
    expect(trades[1]!.entryTime).toBeGreaterThan(START + DAY);
    expect(log.map((e) => e.message)).toContain('trading resumes');
  });
});

describe('an entry that fills in parts', () => {
  it('is not filled further once an exit of its bracket has fired', () => {
    const thin = { ...calm, volume: 100 };
    const strategy = onBarNumber({
      0: (ctx) => void ctx.submit({ kind: 'market', side: 'buy', quantity: 40, bracket: { stopLoss: 95 } }),
    });
    const slippage = { kind: 'volume-share', volumeLimit: 0.1, priceImpact: 0 } as const;
    const config = { ...free, execution: { ...free.execution, slippage } };
    const { orders, trades } = run(strategy, [barsOf([thin, thin, { ...thin, low: 90 }, thin, thin])], { config });
    expect(orders[0]).toMatchObject({ status: 'cancelled', reason: 'its exit, order 2, filled' });
    expect(trades.every((t) => !Number.isNaN(t.exitTime))).toBe(true);
  });
});

describe('an exit that fills in parts', () => {
  const thin = { ...calm, volume: 100 };
  const slippage = { kind: 'volume-share', volumeLimit: 0.1, priceImpact: 0 } as const;
  const config = { ...free, execution: { ...free.execution, slippage } };
  const entry = (ctx: Context): void => {
    ctx.submit({ kind: 'market', side: 'buy', quantity: 20, bracket: { stopLoss: 95, takeProfit: 110 } });
  };

  it('leaves the others guarding what is still held', () => {
    const bars = [
      thin,
      thin,
      { ...thin, volume: 1e6 },
      { ...thin, high: 112 },
      thin,
      { ...thin, low: 90, volume: 1e6 },
      thin,
    ];
    const { orders, fills } = run(onBarNumber({ 1: entry }), [barsOf(bars)], { config });
    expect(fills.map(({ side, quantity, price }) => [side, quantity, price])).toEqual([
      ['buy', 20, 100],
      ['sell', 10, 110],
      ['sell', 10, 95],
    ]);
    expect(orders.map(({ kind, status, quantity, filled }) => [kind, status, quantity, filled])).toEqual([
      ['market', 'filled', 20, 20],
      ['stop', 'filled', 10, 10],
      ['limit', 'cancelled', 20, 10],
    ]);
  });

  it('ends them with its last part', () => {
    const bars = [thin, thin, { ...thin, volume: 1e6 }, { ...thin, high: 112 }, { ...thin, high: 112 }, thin];
    const { orders, fills } = run(onBarNumber({ 1: entry }), [barsOf(bars)], { config });
    expect(fills.map(({ quantity }) => quantity)).toEqual([20, 10, 10]);
    expect(orders[1]).toMatchObject({ status: 'cancelled', quantity: 10, filled: 0 });
    expect(orders[2]).toMatchObject({ status: 'filled', quantity: 20, filled: 20 });
  });
});

describe('fills on the close', () => {
  it('are limited by the volume of their own bar, also where nothing had happened on it', () => {
    const volumes = [1_000, 2_000, 3_000, 500];
    const bars = barsOf(volumes.map((volume) => ({ open: 10, high: 10, low: 10, close: 10, volume })));
    const slippage = { kind: 'fixed', bps: 0, volumeLimit: 0.1 } as const;
    const config: RunConfig = { ...free, execution: { ...free.execution, fill: 'close', slippage } };
    const strategy = defineStrategy({
      name: 'taker',
      onBar: (ctx) => {
        if (ctx.bar.volume !== 2_000) ctx.submit({ kind: 'market', side: 'buy', quantity: 400, timeInForce: 'IOC' });
      },
    });
    expect(run(strategy, [bars], { config }).fills.map(({ quantity }) => quantity)).toEqual([100, 300, 50]);
  });
});
