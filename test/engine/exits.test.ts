import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bars,
  type Bracket,
  createSweep,
  DAY,
  defineStrategy,
  type RunConfig,
  type Strategy,
} from '../../src/lib/index.ts';
import { barsOf, START } from '../market.ts';
import type { ResultRows } from '../rows.ts';
import { free, run } from './without-costs.ts';

/** The bar at each row is [open, high, low, close]; its volume is the target. */
function market(rows: readonly (readonly [number, number, number, number, number])[]): Bars {
  return barsOf(rows.map(([open, high, low, close, target]) => ({ open, high, low, close, volume: target + 2 })));
}

function follow(exits: Bracket): Strategy {
  return defineStrategy({ name: 'exiting', target: (row) => row.volume - 2, exits: () => exits });
}

const flat = [100, 101, 99, 100, 0] as const;

describe('the exits of a target', () => {
  it('are measured from the fill, and one that trades cancels the others', () => {
    const strategy = follow({ stopLoss: { fraction: 0.1 }, takeProfit: { price: 20 }, trailing: { price: 15 } });
    const { orders, fills } = run(
      strategy,
      market([
        [100, 101, 99, 100, 1],
        [110, 112, 109, 111, 1],
        [111, 140, 111, 135, 1],
      ]),
    );
    expect(orders.map(({ kind, trigger, price, status }) => [kind, trigger, price, status])).toEqual([
      ['market', Number.NaN, Number.NaN, 'filled'],
      ['stop', 99, Number.NaN, 'cancelled'],
      ['trailing-stop', Number.NaN, Number.NaN, 'cancelled'],
      ['limit', Number.NaN, 130, 'filled'],
    ]);
    expect(fills.map(({ price, time }) => [price, time])).toEqual([
      [110, START + DAY],
      [130, START + 3 * DAY],
    ]);
  });

  it('fill at the open where the market gaps through them', () => {
    const bars = market([
      [100, 101, 99, 100, 1],
      [100, 101, 99, 100, 1],
      [80, 82, 78, 81, 1],
    ]);
    expect(run(follow({ stopLoss: { fraction: 0.1 } }), bars).fills.map(({ price }) => price)).toEqual([100, 80]);
  });

  it.each([
    ['pessimistic', 95],
    ['optimistic', 105],
  ] as const)('take the %s path where a bar reaches both', (path, price) => {
    const bars = market([
      [100, 101, 99, 100, 1],
      [100, 106, 94, 100, 1],
    ]);
    const config = { ...free, execution: { ...free.execution, path } };
    const strategy = follow({ stopLoss: { price: 5 }, takeProfit: { price: 5 } });
    expect(run(strategy, bars, { config }).fills[1]!.price).toBe(price);
  });

  it('leave the position flat until the target turns to another side', () => {
    const strategy = follow({ stopLoss: { fraction: 0.05 } });
    const stopped = [100, 101, 90, 96, 1] as const;
    const { fills } = run(
      strategy,
      market([flat, stopped, stopped, [96, 97, 95, 96, 0.5], flat, [100, 100, 100, 100, 1], flat]),
    );
    expect(fills.map(({ side, price }) => [side, price])).toEqual([
      ['buy', 100],
      ['sell', 95],
      ['buy', 100],
    ]);
  });

  it('give way to a target that turns, also where the market gaps through them', () => {
    const strategy = follow({ stopLoss: { fraction: 0.05 } });
    const { fills, orders } = run(
      strategy,
      market([
        [100, 101, 99, 100, 1],
        [100, 101, 99, 100, -1],
        [90, 91, 89, 90, -1],
      ]),
    );
    expect(fills.map(({ quantity, side, price }) => [side, quantity, price])).toEqual([
      ['buy', 100, 100],
      ['sell', 200, 90],
    ]);
    expect(orders.map(({ kind, side, quantity, status }) => [kind, side, quantity, status])).toEqual([
      ['market', 'buy', 100, 'filled'],
      ['stop', 'sell', 100, 'cancelled'],
      ['market', 'sell', 200, 'filled'],
      ['stop', 'buy', 100, 'accepted'],
    ]);
  });

  it('keep their levels and follow the size where a target only grows or shrinks', () => {
    const strategy = follow({ stopLoss: { fraction: 0.1 } });
    const { orders } = run(
      strategy,
      market([
        [100, 101, 99, 100, 0.5],
        [100, 101, 99, 100, 1],
        [120, 121, 119, 120, 1],
      ]),
    );
    expect(orders.map(({ kind, trigger, quantity }) => [kind, trigger, quantity])).toEqual([
      ['market', Number.NaN, 50],
      ['stop', 90, 100],
      ['market', Number.NaN, 50],
    ]);
  });

  it('end what the target had ordered on top of the position', () => {
    const strategy = follow({ stopLoss: { fraction: 0.1 } });
    const { orders, fills } = run(
      strategy,
      market([
        [100, 101, 99, 100, 0.5],
        [100, 101, 99, 100, 1],
        [80, 81, 79, 80, 1],
      ]),
    );
    expect(orders[2]).toMatchObject({ status: 'cancelled', reason: 'an exit, order 2, filled' });
    expect(fills).toHaveLength(2);
  });

  it('are asked for with the row that the target was decided on', () => {
    const strategy = defineStrategy({
      name: 'ranged',
      signals: (bars) => ({ range: bars.high }),
      target: () => 1,
      exits: (row) => ({ stopLoss: { price: row.range - row.low } }),
    });
    const { orders } = run(
      strategy,
      market([
        [100, 103, 99, 100, 1],
        [110, 150, 109, 111, 1],
      ]),
    );
    expect(orders[1]).toMatchObject({ kind: 'stop', trigger: 106 });
  });

  it('that lie at or below zero are not placed', () => {
    const { orders } = run(
      follow({ stopLoss: { price: 200 } }),
      market([
        [100, 101, 99, 100, 1],
        [100, 101, 99, 100, 1],
      ]),
    );
    expect(orders).toHaveLength(1);
  });

  it('are not asked for at a row without prices, which a calendar may decide on', () => {
    const nothing = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1] as const;
    const strategy = defineStrategy({
      name: 'gapped',
      rebalance: 'bar',
      target: () => 1,
      exits: (row) => ({ stopLoss: { price: row.close / 10 } }),
    });
    // Each order is refused, so that every bar asks for the exits of another.
    const config = { ...free, risk: { onBreach: 'reject', maxOrderNotional: 1 } } as const;
    const { orders } = run(strategy, market([calm(1), nothing, calm(1)]), { config });
    expect(orders.map(({ created, status }) => [created, status])).toEqual([
      [START + DAY, 'rejected'],
      [START + 3 * DAY, 'rejected'],
    ]);
  });

  it('must be prices or distances above zero', () => {
    expect(() => run(follow({ trailing: { fraction: Number.NaN } }), market([[100, 101, 99, 100, 1]]))).toThrow(
      /the exit trailing is at NaN/,
    );
  });
});

/** Orders of decisions on a close reach the venue after the next open, so that exits may trade before. */
const slow: RunConfig = {
  ...free,
  sizing: { kind: 'fixed', quantity: 100 },
  execution: { ...free.execution, latencyMs: 1_000 },
};

/** Units held at the end. */
function heldAfter({ fills }: ResultRows): number {
  return fills.reduce((held, { side, quantity }) => held + (side === 'buy' ? quantity : -quantity), 0);
}

function calm(target: number): readonly [number, number, number, number, number] {
  return [100, 100.5, 99.5, 100, target];
}

describe('the exits of a target, over a latency', () => {
  const strategy = follow({ stopLoss: { fraction: 0.05 } });

  it.each([
    ['to nothing', 1, 0, 0],
    ['to the other side', 1, -1, -100],
    ['to more', 0.5, 1, 0],
  ])(
    'meet an order of a target that turns %s on its way: in the end the position is the target, or flat',
    (_, first, then, left) => {
      const dip = [100, 100.5, 90, 100, then] as const;
      const bars = [
        calm(first),
        calm(first),
        calm(first),
        calm(then),
        dip,
        ...Array.from({ length: 6 }, () => calm(then)),
      ];
      const result = run(strategy, market(bars), { config: slow });
      expect(result.fills.map(({ price }) => price)).toContain(95);
      expect(heldAfter(result)).toBe(left);
      // What is held at the end is guarded, and by no more than itself.
      const working = result.orders.filter(({ status }) => status === 'accepted');
      expect(working.map(({ kind, quantity }) => [kind, quantity])).toEqual(left === 0 ? [] : [['stop', -left]]);
    },
  );

  it('close what they had not grown to yet', () => {
    // The order on top fills at the open of a bar whose low reaches the stop before the change of its size does.
    const dip = [100, 100.5, 90, 100, 1] as const;
    const bars = [calm(0.5), calm(0.5), calm(0.5), calm(1), calm(1), dip, calm(1), calm(1), calm(1)];
    expect(heldAfter(run(strategy, market(bars), { config: slow }))).toBe(0);
  });

  it('stand for a position that was turned twice before the first order arrived', () => {
    const bars = [calm(1), calm(1), calm(1), calm(-1), ...Array.from({ length: 9 }, () => calm(1))];
    const result = run(strategy, market(bars), {
      config: { ...slow, execution: { ...slow.execution, latencyMs: 2 * DAY } },
    });
    expect(heldAfter(result)).toBe(100);
    const working = result.orders.filter(({ status }) => status === 'accepted');
    expect(working.map(({ kind, side, quantity }) => [kind, side, quantity])).toEqual([['stop', 'sell', 100]]);
  });

  it('are no larger than a position whose order was cancelled when it had reached the new target', () => {
    const bars = market([calm(1), calm(1), calm(0.5), calm(0.5), calm(0.5), calm(0.5)]);
    const targets = [...bars.volume].map((target) => target - 2);
    bars.volume.fill(25);
    const slippage = { kind: 'fixed', bps: 0, volumeLimit: 1 } as const;
    const config = { ...slow, execution: { ...slow.execution, latencyMs: 0, slippage } };
    const partial = { ...strategy, target: (row: { readonly time: number }) => targets[(row.time - START) / DAY - 1]! };
    const result = run(partial, bars, { config });
    expect(heldAfter(result)).toBe(50);
    const working = result.orders.filter(({ status }) => status === 'accepted');
    expect(working.map(({ kind, quantity }) => [kind, quantity])).toEqual([['stop', 50]]);
  });

  it('leave the position that the target says, or none, whatever happened on the way', () => {
    const move = fc.record({
      target: fc.constantFrom(-1, -0.5, 0, 0.5, 1),
      open: fc.double({ min: 97, max: 103, noNaN: true }),
      low: fc.double({ min: 90, max: 97, noNaN: true }),
      high: fc.double({ min: 103, max: 110, noNaN: true }),
    });
    const volume = fc.constantFrom(undefined, 40);
    const latency = fc.constantFrom(0, 1_000, DAY, 2.5 * DAY);
    const exits = fc.record({ stop: fc.double({ min: 0.02, max: 0.12, noNaN: true }), trails: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(move, { minLength: 4, maxLength: 25 }),
        volume,
        latency,
        exits,
        (moves, limit, latencyMs, x) => {
          const last = moves.at(-1)!.target;
          const rows = moves.map(({ target, open, low, high }) => [open, high, low, 100, target] as const);
          const bars = market([...rows, ...Array.from({ length: 40 }, () => calm(last))]);
          const targets = bars.volume.map((target) => target - 2);
          const guard = { fraction: x.stop };
          const strategy = defineStrategy({
            name: 'exiting',
            target: (row) => targets[(row.time - START) / DAY - 1]!,
            exits: () => ({ stopLoss: guard, takeProfit: guard, ...(x.trails ? { trailing: guard } : {}) }),
          });
          const slippage =
            limit === undefined ? slow.execution.slippage : { kind: 'fixed' as const, bps: 0, volumeLimit: 1 };
          const config = { ...slow, execution: { ...slow.execution, latencyMs, slippage } };
          if (limit !== undefined) bars.volume.fill(limit);
          const result = run(strategy, bars, { config });
          const held = heldAfter(result);
          const exited = result.fills.some(({ order }) => result.orders[order - 1]!.parent > 0);
          const working = result.orders.filter(({ status }) => status === 'accepted' || status === 'partially-filled');
          const rests = working.map(({ quantity, filled }) => quantity - filled);
          // A take-profit that the volume has cut waits for its price with what is left, guarded by the other exits.
          if (working.some(({ status, parent }) => status === 'partially-filled' && parent > 0)) {
            expect(working.every(({ reduceOnly }) => reduceOnly)).toBe(true);
            expect(working).toHaveLength(x.trails ? 3 : 2);
            expect(Math.min(...rests)).toBeGreaterThanOrEqual(Math.abs(held));
            return;
          }
          expect(held === 100 * last || (exited && held === 0), `${held} for a target of ${last}`).toBe(true);
          expect(new Set(rests)).toEqual(new Set(held === 0 ? [] : [Math.abs(held)]));
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe('the exits of a target beside handlers', () => {
  it('leave the orders of the handler alone', () => {
    const bars = market([calm(1), calm(1), calm(1), [100, 100.5, 90, 100, 1], calm(1), calm(1), calm(1)]);
    const strategy = defineStrategy({
      name: 'beside',
      target: (row) => row.volume - 2,
      exits: () => ({ stopLoss: { fraction: 0.05 } }),
      onBar: (ctx) => {
        const bar = (ctx.time - START) / DAY;
        // An order of its own with exits far away, and one on its way when the target's stop trades.
        if (bar === 2)
          ctx.submit({ kind: 'limit', side: 'buy', price: 100, quantity: 10, bracket: { stopLoss: 50 }, tag: 'mine' });
        if (bar === 3) ctx.submit({ kind: 'market', side: 'buy', quantity: 7, tag: 'mine' });
      },
    });
    const { orders, fills } = run(strategy, bars, { config: slow });
    const mine = orders
      .filter(({ tag }) => tag === 'mine')
      .map(({ kind, quantity, status }) => [kind, quantity, status]);
    expect(mine).toEqual([
      ['limit', 10, 'filled'],
      ['market', 7, 'filled'],
      ['stop', 10, 'accepted'],
    ]);
    expect(fills.find(({ price }) => price === 95)).toMatchObject({ side: 'sell', quantity: 100 });
  });

  it('do not keep the target out when an exit of the handler trades', () => {
    const bars = market([calm(0), calm(0), [100, 100.5, 90, 100, 1], calm(1), calm(1)]);
    const strategy = defineStrategy({
      name: 'beside',
      target: (row) => row.volume - 2,
      exits: () => ({ stopLoss: { fraction: 0.2 } }),
      onBar: (ctx) => {
        if (ctx.time === START + DAY)
          ctx.submit({ kind: 'market', side: 'buy', quantity: 10, bracket: { stopLoss: 95 } });
      },
    });
    const result = run(strategy, bars, { config: { ...slow, execution: free.execution } });
    expect(heldAfter(result)).toBe(100);
  });
});

describe('a sweep of a strategy with exits', () => {
  it('is vectorised over one instrument and over several', () => {
    const bars = market([flat, flat]);
    const other = { ...bars, instrument: { ...bars.instrument, symbol: 'OTHER' } };
    const strategy = follow({ stopLoss: { fraction: 0.1 } });
    for (const each of [[bars], [bars, other]])
      expect(createSweep({ strategy, market: each, config: free, engine: 'vectorised' }).reason).toBe('');
  });
});
