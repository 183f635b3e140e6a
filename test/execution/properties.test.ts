/** What holds for any orders on any bars. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionConfig, SlippageModel } from '../../src/lib/execution/index.ts';
import { instrument, type VenueReport } from '../../src/lib/model/index.ts';
import { type Fill, type Ohlc, type OrderWish, openSession, type SessionOptions } from './session.ts';

const price = fc.integer({ min: 80, max: 120 });
const bar: fc.Arbitrary<Ohlc> = fc
  .tuple(price, price, price, price, fc.integer({ min: 0, max: 40 }))
  .map(([a, b, c, d, volume]) => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), b, volume]);
const side = fc.constantFrom('buy' as const, 'sell' as const);
const shared = fc.record({
  side,
  quantity: fc.integer({ min: 1, max: 30 }),
  timeInForce: fc.constantFrom('GTC' as const, 'DAY' as const, 'IOC' as const, 'FOK' as const),
  reduceOnly: fc.boolean(),
  instrument: fc.constantFrom(0, 1),
});
const terms = fc.oneof(
  fc.record({ kind: fc.constant('market' as const) }),
  fc.record({ kind: fc.constant('limit' as const), price, display: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('stop' as const), trigger: price }),
  fc.record({ kind: fc.constant('stop-limit' as const), trigger: price, price }),
  fc.record({ kind: fc.constant('take-profit' as const), trigger: price }),
  fc.record({
    kind: fc.constant('trailing-stop' as const),
    offset: fc.oneof(fc.record({ price: fc.integer({ min: 1, max: 20 }) }), fc.record({ fraction: fc.constant(0.05) })),
  }),
);
const wish: fc.Arbitrary<OrderWish> = fc.tuple(terms, shared).map(([kind, rest]) => ({ ...kind, ...rest }));
/** A few orders, then a bar of each of two instruments. */
const step = fc.record({ wishes: fc.array(wish, { maxLength: 3 }), bars: fc.tuple(bar, bar), cancel: fc.boolean() });
const script = fc.array(step, { minLength: 1, maxLength: 12 });
const slippage: fc.Arbitrary<SlippageModel> = fc.constantFrom(
  { kind: 'none' },
  { kind: 'fixed', bps: 30 },
  { kind: 'fixed', bps: 5, volumeLimit: 0.5 },
  { kind: 'volume-share', volumeLimit: 0.25, priceImpact: 0.1 },
  { kind: 'square-root', y: 1, participation: 0.3 },
);
const execution: fc.Arbitrary<Partial<ExecutionConfig>> = fc.record({
  fill: fc.constantFrom('open' as const, 'close' as const),
  path: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'open-nearest' as const),
  slippage,
  fees: fc.constantFrom(
    { kind: 'none' } as const,
    { kind: 'bps', maker: 2, taker: 8, minimum: 1 } as const,
    { kind: 'per-share', amount: 0.01, minimum: 1, maximumFraction: 0.01 } as const,
    { kind: 'per-order', amount: 1 } as const,
  ),
  spreadBps: fc.constantFrom(0, 10),
});
const account: fc.Arbitrary<SessionOptions['account']> = fc.record({
  kind: fc.constantFrom('cash' as const, 'margin' as const),
  leverage: fc.constantFrom(1, 3),
  maintenance: fc.constant(0.25),
  cash: fc.constantFrom(1000, 100_000),
  borrowRate: fc.constantFrom(0, 0.1),
});

type Script = readonly {
  readonly wishes: readonly OrderWish[];
  readonly bars: readonly [Ohlc, Ohlc];
  cancel: boolean;
}[];
type Seen = { readonly report: VenueReport; readonly bars: readonly [Ohlc, Ohlc] };

/** Plays a script; reports come back with the bars of the instant in which they were made, orders by id. */
function play(steps: Script, options: SessionOptions) {
  const session = openSession({ ...options, instruments: [instrument('AAA'), instrument('BBB')] });
  const orders = new Map<number, OrderWish>();
  const seen: Seen[] = [];
  const start: [Ohlc, Ohlc] = [
    [100, 100, 100, 100, 10],
    [100, 100, 100, 100, 10],
  ];
  let bars: readonly [Ohlc, Ohlc] = start;
  const keep = () => {
    for (const report of session.reports.splice(0)) seen.push({ report, bars });
  };
  session.instant(...bars);
  for (const each of steps) {
    for (const one of each.wishes) orders.set(session.submit(one), one);
    if (each.cancel && orders.size > 0) session.cancel(Math.ceil(orders.size / 2));
    session.settle();
    keep();
    bars = each.bars;
    session.instant(...bars);
    keep();
  }
  session.settle();
  keep();
  return { seen, orders, ambiguous: session.venue.ambiguousBars };
}

function fillsOf(seen: readonly Seen[]): readonly { readonly fill: Fill; readonly bars: Seen['bars'] }[] {
  return seen.flatMap(({ report, bars }) => (report.kind === 'filled' ? [{ fill: report, bars }] : []));
}

const given = (check: (result: ReturnType<typeof play>, options: SessionOptions) => void, accounts = account) =>
  fc.assert(
    fc.property(script, execution, accounts, (steps, how, terms) => {
      const options: SessionOptions = { execution: how, ...(terms === undefined ? {} : { account: terms }) };
      check(play(steps, options), options);
    }),
    { numRuns: 300 },
  );

describe('whatever is ordered', () => {
  it('fills lie within the range of their bar before spread and slippage', () =>
    given(({ seen }) => {
      for (const { fill, bars } of fillsOf(seen)) {
        const [, high, low] = bars[fill.instrument]!;
        const reference = fill.price - fill.slippage / fill.quantity;
        const rounding = 1e-9;
        expect(reference).toBeGreaterThanOrEqual(low - rounding);
        expect(reference).toBeLessThanOrEqual(high + rounding);
      }
    }));

  it('a limit is never passed', () =>
    given(({ seen, orders }) => {
      for (const { fill } of fillsOf(seen)) {
        const order = orders.get(fill.order);
        if (order?.kind !== 'limit' && order?.kind !== 'stop-limit') continue;
        if (order.side === 'buy') expect(fill.price).toBeLessThanOrEqual(order.price);
        else expect(fill.price).toBeGreaterThanOrEqual(order.price);
      }
    }));

  it('slippage never pays the taker unless its limit price does', () =>
    given(({ seen }) => {
      for (const { fill } of fillsOf(seen)) expect(fill.slippage).toBeGreaterThanOrEqual(-1e-9);
    }));

  it('an order fills at most its quantity, ends once, and is silent after that', () =>
    given(({ seen, orders }) => {
      const filled = new Map<number, number>();
      const ended = new Set<number>();
      for (const { report } of seen) {
        if (!('order' in report) || report.order < 0) continue;
        expect(ended.has(report.order)).toBe(false);
        const { quantity } = orders.get(report.order)!;
        if (report.kind === 'filled') {
          const sum = (filled.get(report.order) ?? 0) + Math.abs(report.quantity);
          filled.set(report.order, sum);
          expect(sum).toBeLessThanOrEqual(quantity * (1 + 1e-12));
          expect(report.done).toBe(Math.abs(sum - quantity) <= 1e-9);
          if (report.done) ended.add(report.order);
        } else if (report.kind === 'cancelled' || report.kind === 'expired' || report.kind === 'rejected')
          ended.add(report.order);
      }
    }));

  it('FOK is all or nothing and IOC does not outlive the moment it acts', () =>
    given(({ seen, orders }) => {
      const filled = new Map<number, number>();
      for (const { fill } of fillsOf(seen))
        filled.set(fill.order, (filled.get(fill.order) ?? 0) + Math.abs(fill.quantity));
      for (const [id, quantity] of filled)
        if (orders.get(id)?.timeInForce === 'FOK') expect(quantity).toBeCloseTo(orders.get(id)!.quantity, 9);
      const fills = fillsOf(seen).filter(({ fill }) => orders.get(fill.order)?.timeInForce === 'IOC');
      expect(new Set(fills.map(({ fill }) => fill.order)).size).toBe(fills.length);
    }));

  it('reduce-only shrinks a position and never flips it', () =>
    given(({ seen, orders }) => {
      const held = [0, 0];
      for (const { fill } of fillsOf(seen)) {
        const before = held[fill.instrument]!;
        const after = before + fill.quantity;
        held[fill.instrument] = Math.abs(after) < 1e-9 ? 0 : after;
        if (orders.get(fill.order)?.reduceOnly !== true) continue;
        expect(Math.abs(after)).toBeLessThan(Math.abs(before));
        expect(after * before).toBeGreaterThanOrEqual(-1e-9);
      }
    }));

  it('a cash account owes nothing and is short of nothing', () =>
    given(
      ({ seen }, options) => {
        let cash = options.account!.cash!;
        const held = [0, 0];
        for (const { fill } of fillsOf(seen)) {
          cash -= fill.quantity * fill.price + fill.fee;
          held[fill.instrument]! += fill.quantity;
          expect(cash).toBeGreaterThanOrEqual(-1e-9 * options.account!.cash!);
          expect(held[fill.instrument]!).toBeGreaterThanOrEqual(-1e-9);
        }
      },
      account.map((terms) => ({ ...terms, kind: 'cash' as const, borrowRate: 0 })),
    ));

  it('what opens leaves gross value within leverage x equity at the price it met', () =>
    fc.assert(
      fc.property(script, execution, fc.constantFrom(1, 2, 5), (steps, how, leverage) => {
        const single = steps.map((each) => ({
          ...each,
          wishes: each.wishes.map((one) => ({ ...one, instrument: 0, quantity: one.quantity * 3 })),
        }));
        let cash = 1000;
        let held = 0;
        for (const { fill } of fillsOf(play(single, { execution: how, account: { leverage, cash } }).seen)) {
          const before = Math.abs(held);
          cash -= fill.quantity * fill.price + fill.fee;
          held += fill.quantity;
          if (Math.abs(held) <= before) continue;
          const met = fill.price - fill.slippage / fill.quantity;
          const equity = cash + held * met;
          expect(Math.abs(held) * met).toBeLessThanOrEqual(leverage * equity + 1e-6);
        }
      }),
      { numRuns: 300 },
    ));

  it('the same script gives the same reports', () =>
    fc.assert(
      fc.property(script, execution, (steps, how) => {
        expect(play(steps, { execution: how })).toEqual(play(steps, { execution: how }));
      }),
      { numRuns: 100 },
    ));
});

it('a bracketed position never leaves better on the pessimistic path than on the optimistic one', () => {
  const exit = (path: ExecutionConfig['path'], entry: 'buy' | 'sell', bars: readonly Ohlc[]) => {
    const other = entry === 'buy' ? 'sell' : 'buy';
    const sign = entry === 'buy' ? 1 : -1;
    const session = openSession({
      execution: { path },
      react: (report, self) => {
        if (report.kind === 'filled' && report.order > 1) self.cancel(report.order === 2 ? 3 : 2);
      },
    });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: entry, quantity: 1 });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'stop', side: other, quantity: 1, trigger: 100 - 7 * sign });
    session.submit({ kind: 'limit', side: other, quantity: 1, price: 100 + 7 * sign });
    for (const each of bars) session.bar(...each);
    const out = session.prices()[1];
    return { gain: out === undefined ? undefined : (out - 100) * sign, ambiguous: session.venue.ambiguousBars };
  };
  fc.assert(
    fc.property(side, fc.array(bar, { minLength: 1, maxLength: 6 }), (entry, bars) => {
      const worst = exit('pessimistic', entry, bars);
      const best = exit('optimistic', entry, bars);
      expect(worst.gain === undefined).toBe(best.gain === undefined);
      expect(worst.gain ?? 0).toBeLessThanOrEqual(best.gain ?? 0);
      expect(worst.ambiguous).toBe(best.ambiguous);
      if (worst.ambiguous === 0) expect(worst.gain).toEqual(best.gain);
    }),
  );
});
