/** A split in the middle of a run changes units, not money: what was ordered before it means the same after it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bars,
  type Bracket,
  type Context,
  type CorporateAction,
  DAY,
  defineStrategy,
  type ExecutionConfig,
  instrument,
  type Offset,
  type OrderChange,
  type OrderRequest,
  type RunConfig,
  type Strategy,
} from '../../src/lib/index.ts';
import { barsOf, START } from '../market.ts';
import type { ResultRows } from '../rows.ts';
import { free, run } from './without-costs.ts';

const limited: RunConfig = {
  ...free,
  execution: { ...free.execution, slippage: { kind: 'fixed', bps: 0, volumeLimit: 0.1 } },
};

type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

function market(rows: readonly Row[], lotSize = 0): Bars {
  const named = rows.map(([open, high, low, close, volume = 1_000_000]) => ({ open, high, low, close, volume }));
  return barsOf(named, { instrument: instrument('TEST', { lotSize }) });
}

function split(bar: number, ratio: number): CorporateAction {
  return { kind: 'split', symbol: 'TEST', time: START + bar * DAY, ratio };
}

function buyFirst(quantity: number, bracket?: Bracket): Strategy {
  const order: OrderRequest = { kind: 'market', side: 'buy', quantity, ...(bracket === undefined ? {} : { bracket }) };
  return defineStrategy({ name: 'buying', onBar: (ctx) => void (ctx.time === START + DAY && ctx.submit(order)) });
}

describe('a split', () => {
  it('changes the bracket of an order on its way', () => {
    const bars = market([
      [100, 101, 99, 100],
      [50, 51, 49, 50],
      [50, 51, 49, 50],
    ]);
    const { orders } = run(buyFirst(10, { stopLoss: 90, takeProfit: { price: 20 } }), bars, { actions: [split(1, 2)] });
    expect(
      orders.map(({ kind, quantity, trigger, price, status }) => [kind, quantity, trigger, price, status]),
    ).toEqual([
      ['market', 20, Number.NaN, Number.NaN, 'filled'],
      ['stop', 20, 45, Number.NaN, 'accepted'],
      ['limit', 20, Number.NaN, 60, 'accepted'],
    ]);
  });

  it('leaves the rest of a position guarded when its take-profit fills in part', () => {
    const bars = market([
      [100, 101, 99, 100],
      [100, 101, 99, 100],
      [50, 51, 49, 50],
      [54, 55, 53, 54, 500],
      [50, 51, 44, 44],
    ]);
    const { fills } = run(buyFirst(100, { stopLoss: 90, takeProfit: 110 }), bars, {
      actions: [split(2, 2)],
      config: limited,
    });
    expect(fills.map(({ side, quantity, price }) => [side, quantity, price])).toEqual([
      ['buy', 100, 100],
      ['sell', 50, 55],
      ['sell', 150, 45],
    ]);
  });

  it('counts what an order had filled in the new units', () => {
    const bars = market([
      [100, 101, 99, 100],
      [100, 101, 99, 100, 50],
      [50, 51, 49, 50],
    ]);
    const { orders } = run(buyFirst(10), bars, { actions: [split(2, 2)], config: limited });
    expect(orders).toMatchObject([{ quantity: 20, filled: 20, averagePrice: 50, status: 'filled' }]);
  });

  it('shows working orders at the prices they have now', () => {
    const seen: number[][] = [];
    const bars = market([
      [100, 101, 99, 100],
      [100, 101, 99, 100],
      [50, 51, 49, 50],
    ]);
    const strategy = defineStrategy({
      name: 'looking',
      onBar: (ctx) => {
        for (const order of ctx.orders()) if (order.kind === 'limit') seen.push([order.quantity, order.price]);
        if (ctx.time === START + DAY) ctx.submit({ kind: 'limit', side: 'buy', quantity: 10, price: 80 });
        else if (ctx.time === START + 2 * DAY) ctx.modify(1, { price: 60 });
      },
    });
    run(strategy, bars, { actions: [split(2, 2)] });
    expect(seen).toEqual([
      [10, 80],
      [20, 30],
    ]);
  });

  it('that leaves a part of a lot lets all of it be closed', () => {
    const bars = market(
      [
        [100, 101, 99, 100],
        [100, 101, 99, 100],
        [1000, 1001, 999, 1000],
        [990, 991, 989, 990],
        [990, 991, 989, 990],
      ],
      1,
    );
    const strategy = defineStrategy({ name: 'leaving', target: (row) => (row.close === 990 ? 0 : 0.15) });
    const { trades, fills } = run(strategy, bars, { actions: [split(2, 0.1)] });
    expect(fills.map(({ side, quantity }) => [side, quantity])).toEqual([
      ['buy', 15],
      ['sell', 1.5],
    ]);
    expect(trades).toMatchObject([{ exitPrice: 990, quantity: 1.5 }]);
  });
});

/** Everything about one bar in the units of the last one. */
type Step = {
  readonly row: readonly [number, number, number, number];
  readonly volume: number;
  readonly ratio: number;
  readonly orders: readonly OrderRequest[];
  readonly grouped: boolean;
  readonly target: number;
  readonly cancel: boolean;
  readonly change: OrderChange | null;
};

const price = fc.integer({ min: 80, max: 120 });
const offset: fc.Arbitrary<Offset> = fc.oneof(
  fc.record({ price: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ fraction: fc.constantFrom(0.03, 0.1) }),
);
const shared = {
  side: fc.constantFrom('buy' as const, 'sell' as const),
  quantity: fc.integer({ min: 1, max: 30 }),
  timeInForce: fc.constantFrom('GTC' as const, 'DAY' as const, 'IOC' as const),
  reduceOnly: fc.boolean(),
};
const bracket: fc.Arbitrary<Bracket> = fc.record(
  { stopLoss: fc.oneof(price, offset), takeProfit: fc.oneof(price, offset), trailing: offset },
  { requiredKeys: [] },
);
const order: fc.Arbitrary<OrderRequest> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('market' as const), ...shared }),
      fc.record({ kind: fc.constant('limit' as const), price, display: fc.integer({ min: 1, max: 9 }), ...shared }),
      fc.record({ kind: fc.constant('stop' as const), trigger: price, ...shared }),
      fc.record({ kind: fc.constant('stop-limit' as const), trigger: price, price, ...shared }),
      fc.record({ kind: fc.constant('trailing-stop' as const), offset, activation: price, ...shared }),
    ),
    fc.option(bracket),
  )
  .map(([terms, exits]) => (exits === null || terms.reduceOnly ? terms : { ...terms, bracket: exits }));
const step: fc.Arbitrary<Step> = fc.record({
  row: fc
    .tuple(price, price, price, price)
    .map(([a, b, c, d]) => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), b] as const),
  volume: fc.integer({ min: 20, max: 200 }),
  ratio: fc.constantFrom(1, 1, 1, 2, 4, 0.5),
  orders: fc.array(order, { maxLength: 2 }),
  grouped: fc.boolean(),
  target: fc.constantFrom(0, 0.5, 0.5, 1, -1),
  cancel: fc.boolean(),
  change: fc.option(
    fc.record({ quantity: fc.integer({ min: 1, max: 30 }), price, trigger: price }, { requiredKeys: [] }),
  ),
});

const exitIn = (exit: number | Offset, factor: number): number | Offset =>
  typeof exit === 'number' ? exit * factor : offsetIn(exit, factor);
const offsetIn = (each: Offset, factor: number): Offset => ('price' in each ? { price: each.price * factor } : each);
function bracketIn({ stopLoss, takeProfit, trailing }: Bracket, factor: number): Bracket {
  return {
    ...(stopLoss === undefined ? {} : { stopLoss: exitIn(stopLoss, factor) }),
    ...(takeProfit === undefined ? {} : { takeProfit: exitIn(takeProfit, factor) }),
    ...(trailing === undefined ? {} : { trailing: offsetIn(trailing, factor) }),
  };
}

/** The order where a price is `factor` times what it is in the last units. */
function orderIn(of: OrderRequest, factor: number): OrderRequest {
  const scaled = {
    ...of,
    quantity: of.quantity / factor,
    ...('price' in of ? { price: of.price * factor } : {}),
    ...('trigger' in of ? { trigger: of.trigger * factor } : {}),
    ...('display' in of && of.display !== undefined ? { display: of.display / factor } : {}),
    ...('activation' in of && of.activation !== undefined ? { activation: of.activation * factor } : {}),
    ...('offset' in of ? { offset: offsetIn(of.offset, factor) } : {}),
    ...(of.bracket === undefined ? {} : { bracket: bracketIn(of.bracket, factor) }),
  };
  return scaled as OrderRequest; // the same kind as before
}

function changeIn(change: OrderChange, factor: number): OrderChange {
  return {
    ...(change.quantity === undefined ? {} : { quantity: change.quantity / factor }),
    ...(change.price === undefined ? {} : { price: change.price * factor }),
    ...(change.trigger === undefined ? {} : { trigger: change.trigger * factor }),
  };
}

/** Plays the steps as traded, with splits, or in the units of the last bar, without. */
function play(steps: readonly Step[], asTraded: boolean, exits: Bracket | null, config: RunConfig): ResultRows {
  const factors = new Array<number>(steps.length).fill(1);
  if (asTraded)
    for (let bar = steps.length - 2; bar >= 0; bar -= 1) factors[bar] = factors[bar + 1]! * steps[bar + 1]!.ratio;
  const bars = market(
    steps.map(({ row: [open, high, low, close], volume }, bar): Row => {
      const factor = factors[bar]!;
      return [open * factor, high * factor, low * factor, close * factor, volume / factor];
    }),
  );
  const actions = asTraded ? steps.flatMap(({ ratio }, bar) => (ratio === 1 ? [] : [split(bar, ratio)])) : [];
  const at = (time: number): number => (time - START) / DAY - 1;
  const handler = (ctx: Context): void => {
    const bar = at(ctx.time);
    const { orders, grouped, cancel, change } = steps[bar]!;
    const first = ctx.orders()[0];
    if (cancel && first !== undefined) ctx.cancel(first.id);
    else if (change !== null && first !== undefined) ctx.modify(first.id, changeIn(change, factors[bar]!));
    const group = grouped ? { ocoGroup: ctx.ocoGroup() } : {};
    for (const each of orders) ctx.submit({ ...orderIn(each, factors[bar]!), ...group });
  };
  const strategy =
    exits === null
      ? defineStrategy({ name: 'ordering', onBar: handler })
      : defineStrategy({
          name: 'exiting',
          target: (row) => steps[at(row.time)]!.target,
          exits: (row) => bracketIn(exits, factors[at(row.time)]!),
        });
  return run(strategy, bars, { actions, config });
}

const execution: fc.Arbitrary<Partial<ExecutionConfig>> = fc.record({
  latencyMs: fc.constantFrom(0, 0, 1, 1.5 * DAY),
  fill: fc.constantFrom('open' as const, 'close' as const),
  path: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'open-nearest' as const),
  slippage: fc.constantFrom<ExecutionConfig['slippage'][]>(
    { kind: 'none' },
    { kind: 'fixed', bps: 10, volumeLimit: 0.25 },
    { kind: 'volume-share', volumeLimit: 0.1, priceImpact: 0.1 },
    { kind: 'square-root', y: 1, participation: 0.2 },
  ),
});

describe('a run over splits', () => {
  it.each([
    ['handlers', false],
    ['targets with exits', true],
  ])('makes the money of one over adjusted prices: %s', (_, targeted) =>
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 14 }), execution, bracket, (steps, how, exits) => {
        const config = { ...free, execution: { ...free.execution, ...how } };
        const traded = play(steps, true, targeted ? exits : null, config);
        const adjusted = play(steps, false, targeted ? exits : null, config);
        expect(traded.equity.equity).toEqual(adjusted.equity.equity);
        expect(traded.orders.map(({ status }) => status)).toEqual(adjusted.orders.map(({ status }) => status));
        expect(traded.trades.map(({ pnl }) => pnl)).toEqual(adjusted.trades.map(({ pnl }) => pnl));
      }),
      { numRuns: 300 },
    ),
  );
});
