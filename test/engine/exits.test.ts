import { describe, expect, it } from 'vitest';
import {
  type Bars,
  type Bracket,
  blocksFromBars,
  createSweep,
  DAY,
  defaultRunConfig,
  defineStrategy,
  type RunConfig,
  runBacktest,
  type Strategy,
} from '../../src/lib/index.ts';
import { barsOf, START } from '../market.ts';
import { type ResultRows, rowsOf } from '../rows.ts';

const free: RunConfig = {
  ...defaultRunConfig,
  account: { ...defaultRunConfig.account, cash: 10_000, leverage: 4, maintenance: 0 },
  execution: { ...defaultRunConfig.execution, fees: { kind: 'none' }, slippage: { kind: 'none' } },
};

function run(strategy: Strategy, bars: Bars, config: RunConfig = free): ResultRows {
  return rowsOf(runBacktest({ strategy, params: {}, source: blocksFromBars([bars]), config }));
}

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
    expect(run(strategy, bars, config).fills[1]!.price).toBe(price);
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

  it('must be prices or distances above zero', () => {
    expect(() => run(follow({ trailing: { fraction: Number.NaN } }), market([[100, 101, 99, 100, 1]]))).toThrow(
      /the exit trailing is at NaN/,
    );
  });
});

describe('a sweep of a strategy with exits', () => {
  it('is vectorised over one instrument, and over several carried out by the event engine, which says so', () => {
    const bars = market([flat, flat]);
    const other = { ...bars, instrument: { ...bars.instrument, symbol: 'OTHER' } };
    const strategy = follow({ stopLoss: { fraction: 0.1 } });
    const [one, two] = [[bars], [bars, other]].map((each) => createSweep({ strategy, market: each, config: free }));
    expect([one!.engine, one!.reason]).toEqual(['vectorised', '']);
    expect([two!.engine, two!.reason]).toEqual(['event', 'the strategy has exits, and there are several instruments']);
    expect(() => createSweep({ strategy, market: [bars, other], config: free, engine: 'vectorised' })).toThrow(
      /this sweep cannot be vectorised: the strategy has exits, and there are several instruments/,
    );
  });
});
