/** Each kind of order on hand-written bars: where it acts, at what price, as maker or taker. */
import { describe, expect, it } from 'vitest';
import { instrument } from '../../src/lib/model/index.ts';
import { DAY_MS, type Ohlc, type OrderWish, openSession, type SessionOptions } from './session.ts';

/** A bar at 100, then the order, then the bars; the fills as [time in bars, price, quantity, liquidity]. */
function play(wish: OrderWish, bars: readonly Ohlc[], options: SessionOptions = {}) {
  const session = openSession(options);
  session.bar(100, 100, 100, 100);
  session.submit(wish);
  for (const bar of bars) session.bar(...bar);
  return session;
}
const prices = (wish: OrderWish, bars: readonly Ohlc[], options: SessionOptions = {}) =>
  play(wish, bars, options).prices();

describe('a market order', () => {
  const buy: OrderWish = { kind: 'market', side: 'buy', quantity: 1 };
  it('fills at the next open, stamped with it', () => {
    const [fill] = play(buy, [[101, 105, 99, 104]]).fills();
    expect(fill).toMatchObject({
      time: DAY_MS,
      price: 101,
      quantity: 1,
      liquidity: 'taker',
      done: true,
      instrument: 0,
    });
  });
  it('fills on the close of the instant it was decided on, when the run says so', () => {
    const session = openSession({ execution: { fill: 'close' } });
    session.bar(100, 110, 90, 105);
    session.submit(buy);
    session.settle();
    expect(session.fills()).toMatchObject([{ time: DAY_MS, price: 105 }]);
  });
  it('waits for the next open under fill close when it comes with latency', () => {
    const session = openSession({ execution: { fill: 'close', latencyMs: 1 } });
    session.bar(100, 110, 90, 105);
    session.submit(buy);
    session.settle();
    expect(session.fills()).toEqual([]);
    session.bar(106, 106, 106, 106); // opens a millisecond too early
    session.bar(107, 107, 107, 107);
    expect(session.prices()).toEqual([107]);
  });
  it('waits over a row without prices', () => {
    expect(
      prices(buy, [
        [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
        [102, 103, 101, 102],
      ]),
    ).toEqual([102]);
  });
});

describe('a limit order', () => {
  const buy: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 95 };
  const sell: OrderWish = { kind: 'limit', side: 'sell', quantity: 1, price: 105 };
  it('fills at its price when the bar touches it', () => {
    expect(play(buy, [[100, 101, 95, 99]]).fills()).toMatchObject([
      { price: 95, liquidity: 'maker', time: 2 * DAY_MS },
    ]);
    expect(prices(sell, [[100, 105, 99, 99]])).toEqual([105]);
  });
  it('does not fill a tick away from it', () => {
    expect(prices(buy, [[100, 101, 95.01, 99]])).toEqual([]);
    expect(prices(sell, [[100, 104.99, 99, 99]])).toEqual([]);
  });
  it('fills at a better open', () => {
    expect(play(buy, [[93, 94, 92, 94]]).fills()).toMatchObject([{ price: 93, liquidity: 'maker', time: DAY_MS }]);
    expect(prices(sell, [[107, 108, 106, 107]])).toEqual([107]);
  });
  it('makes once a bar has passed that it did not reach, also after a change that put it through the market', () => {
    const session = openSession({ execution: { spreadBps: 200 } });
    session.bar(100, 100, 100, 100);
    const id = session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 90 });
    session.bar(100, 100, 100, 100);
    session.modify(id, { price: 103 });
    session.bar(108, 109, 107, 108);
    session.bar(99, 99, 99, 99);
    expect(session.fills()).toMatchObject([{ price: 99, liquidity: 'maker' }]);
  });
  it('that was through the market on arrival also takes behind a row without prices', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 103 };
    const rows: Ohlc[] = [
      [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
      [100, 100, 100, 100],
    ];
    expect(play(wish, rows, { execution: { spreadBps: 200 } }).fills()).toMatchObject([
      { price: 101, liquidity: 'taker' },
    ]);
  });
  it('takes liquidity when it was through the market on arrival, and never pays more than its limit', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 101 };
    const execution = { slippage: { kind: 'fixed', bps: 200 } } as const;
    expect(play(wish, [[100, 100, 100, 100]], { execution }).fills()).toMatchObject([
      { price: 101, liquidity: 'taker' },
    ]);
  });
  it('rests as a maker when the market left it before the open', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 101 };
    expect(play(wish, [[103, 104, 100, 102]]).fills()).toMatchObject([{ price: 101, liquidity: 'maker' }]);
  });
  it('is refused as post-only when it would take', () => {
    const session = play({ kind: 'limit', side: 'buy', quantity: 1, price: 101, postOnly: true }, [[99, 99, 99, 99]]);
    expect(session.kinds()).toEqual(['rejected']);
    expect(session.reasons()).toEqual(['post-only would take']);
  });
  it('rests as post-only at the last price', () => {
    const session = play({ kind: 'limit', side: 'buy', quantity: 1, price: 100, postOnly: true }, [[100, 101, 99, 99]]);
    expect(session.fills()).toMatchObject([{ price: 100, liquidity: 'maker' }]);
  });
  it('is cancelled as post-only when it arrives late at an open it would take from', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 99, postOnly: true };
    const late = { execution: { latencyMs: DAY_MS } };
    expect(
      play(
        wish,
        [
          [99, 100, 98.5, 99],
          [97, 98, 96, 97],
        ],
        late,
      ).kinds(),
    ).toEqual(['accepted', 'cancelled']);
  });
  it('shows only part as an iceberg: a touch trades that part, trading through trades all', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 10, price: 95, display: 3 };
    const session = play(wish, [
      [100, 100, 95, 99],
      [99, 99, 95, 99],
      [99, 99, 94.9, 99],
    ]);
    expect(session.fills().map((fill) => [fill.quantity, fill.done])).toEqual([
      [3, false],
      [3, false],
      [4, true],
    ]);
  });
});

describe('a stop order', () => {
  const sell: OrderWish = { kind: 'stop', side: 'sell', quantity: 1, trigger: 95 };
  const buy: OrderWish = { kind: 'stop', side: 'buy', quantity: 1, trigger: 105 };
  it('fills at its trigger inside the bar, and says that it fired', () => {
    expect(play(sell, [[100, 101, 94, 99]]).kinds()).toEqual(['accepted', 'triggered', 'filled']);
    expect(prices(sell, [[100, 101, 94, 99]])).toEqual([95]);
    expect(prices(buy, [[100, 106, 99, 99]])).toEqual([105]);
  });
  it('fills at the open when the bar gaps through it', () => {
    expect(prices(sell, [[90, 92, 89, 91]])).toEqual([90]);
    expect(prices(buy, [[108, 109, 107, 108]])).toEqual([108]);
  });
  it('does not act before its trigger', () => {
    expect(prices(sell, [[100, 110, 95.01, 100]])).toEqual([]);
  });
  it('slips beyond its trigger as a taker', () => {
    const execution = { slippage: { kind: 'fixed', bps: 100 }, spreadBps: 20 } as const;
    const [fill] = play(sell, [[100, 101, 94, 99]], { execution }).fills();
    expect(fill!.price).toBeCloseTo(95 * (1 - 0.01 - 0.001), 12);
    expect(fill!.slippage).toBeCloseTo(95 * 0.011, 12);
  });
});

describe('a stop-limit order', () => {
  it('becomes a limit at its trigger and fills there when that is within its price', () => {
    const wish: OrderWish = { kind: 'stop-limit', side: 'sell', quantity: 1, trigger: 95, price: 94 };
    expect(prices(wish, [[100, 101, 93, 99]])).toEqual([95]);
  });
  it('rests when the bar gaps past its price, until price comes back', () => {
    const wish: OrderWish = { kind: 'stop-limit', side: 'sell', quantity: 1, trigger: 95, price: 94 };
    const session = play(wish, [
      [90, 92, 89, 91],
      [91, 94.5, 91, 93],
    ]);
    expect(session.kinds()).toEqual(['accepted', 'triggered', 'filled']);
    expect(session.fills()).toMatchObject([{ price: 94, liquidity: 'maker', time: 3 * DAY_MS }]);
  });
  it('rests at a limit on the far side of its trigger for the rest of the same bar', () => {
    const wish: OrderWish = { kind: 'stop-limit', side: 'buy', quantity: 1, trigger: 105, price: 103 };
    expect(prices(wish, [[100, 106, 99, 104]], { execution: { path: 'open-nearest' } })).toEqual([]);
    expect(prices(wish, [[100, 106, 99, 102]], { execution: { path: 'open-nearest' } })).toEqual([103]);
  });
});

describe('a take-profit order', () => {
  it('takes at its trigger, or at a better open', () => {
    const sell: OrderWish = { kind: 'take-profit', side: 'sell', quantity: 1, trigger: 105 };
    expect(play(sell, [[100, 106, 99, 101]]).fills()).toMatchObject([{ price: 105, liquidity: 'taker' }]);
    expect(prices(sell, [[107, 108, 106, 107]])).toEqual([107]);
    expect(prices({ ...sell, side: 'buy', trigger: 95 }, [[100, 101, 94, 99]])).toEqual([95]);
    expect(prices({ ...sell, side: 'buy', trigger: 95 }, [[93, 94, 92, 93]])).toEqual([93]);
  });
});

describe('a trailing stop', () => {
  const sell: OrderWish = { kind: 'trailing-stop', side: 'sell', quantity: 1, offset: { price: 5 } };
  it('starts at the last price and follows the best price since', () => {
    expect(
      prices(sell, [
        [100, 110, 99, 109],
        [109, 109, 104, 105],
      ]),
    ).toEqual([105]);
    expect(
      prices({ ...sell, side: 'buy' }, [
        [100, 101, 90, 91],
        [91, 96, 91, 95],
      ]),
    ).toEqual([95]);
  });
  it('does not trail with an extreme that comes later on the path', () => {
    const long = openSession({ execution: { path: 'pessimistic' } });
    long.bar(100, 100, 100, 100);
    long.submit({ kind: 'market', side: 'buy', quantity: 1 });
    long.submit(sell);
    long.bar(100, 110, 96, 108); // low first: 96 is above 95; then up to 110 and down to 108, above 105
    expect(long.prices()).toEqual([100]);
    const lucky = openSession({ execution: { path: 'optimistic' } });
    lucky.bar(100, 100, 100, 100);
    lucky.submit({ kind: 'market', side: 'buy', quantity: 1 });
    lucky.submit(sell);
    lucky.bar(100, 110, 96, 108); // high first: trails to 105 and is hit on the way to 96
    expect(lucky.prices()).toEqual([100, 105]);
  });
  it('fires at the open when the bar gaps through it', () => {
    expect(
      prices(sell, [
        [100, 110, 99, 110],
        [102, 103, 101, 102],
      ]),
    ).toEqual([102]);
  });
  it('keeps a distance in proportion', () => {
    expect(
      prices({ ...sell, offset: { fraction: 0.1 } }, [
        [100, 200, 99, 199],
        [199, 199, 170, 175],
      ]),
    ).toEqual([180]);
  });
  it('sleeps until its activation price', () => {
    const wish: OrderWish = { ...sell, activation: 108 };
    expect(prices(wish, [[100, 107, 80, 101]])).toEqual([]);
    expect(
      prices(wish, [
        [100, 107, 80, 101],
        [101, 112, 101, 110],
        [110, 111, 100, 100],
      ]),
    ).toEqual([107]);
  });
  it('trails back and forth through one bar in path order', () => {
    const session = openSession();
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.submit(sell);
    session.bar(100, 110, 96, 104); // low 96, high 110 lifts the stop to 105, the close lies below it
    expect(session.prices()).toEqual([100, 105]);
  });
});

describe('time in force', () => {
  it('ends a DAY order with the day of the first bar it meets', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 95, timeInForce: 'DAY' };
    const session = play(wish, [
      [100, 101, 99, 100],
      [100, 101, 90, 100],
    ]);
    expect(session.kinds()).toEqual(['accepted', 'expired']);
    expect(session.reports[1]).toMatchObject({ time: 2 * DAY_MS, reason: 'DAY' });
  });
  it('lets a DAY order made before a weekend meet Monday', () => {
    const session = openSession();
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 95, timeInForce: 'DAY', expires: 2 * DAY_MS });
    session.skip(2 * DAY_MS);
    session.bar(100, 101, 90, 100);
    expect(session.prices()).toEqual([95]);
  });
  it('lets a GTD order trade on the bar in which it ends, and not after', () => {
    const wish: OrderWish = {
      kind: 'limit',
      side: 'buy',
      quantity: 1,
      price: 95,
      timeInForce: 'GTD',
      expires: 1.5 * DAY_MS,
    };
    expect(prices(wish, [[100, 101, 90, 100]])).toEqual([95]);
    expect(
      play(wish, [
        [100, 101, 99, 100],
        [100, 101, 90, 100],
      ]).kinds(),
    ).toEqual(['accepted', 'expired']);
  });
  it('ends a GTD order at the open when its time passed between bars', () => {
    const session = openSession();
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 95, timeInForce: 'GTD', expires: 1.5 * DAY_MS });
    session.skip(DAY_MS);
    session.bar(90, 90, 90, 90);
    expect(session.kinds()).toEqual(['accepted', 'expired']);
  });
  it('trades an IOC limit at the open or not at all', () => {
    const wish: OrderWish = { kind: 'limit', side: 'buy', quantity: 1, price: 99, timeInForce: 'IOC' };
    expect(play(wish, [[100, 101, 90, 95]]).kinds()).toEqual(['accepted', 'cancelled']);
    expect(prices(wish, [[98, 101, 90, 95]])).toEqual([98]);
  });
  const thin = { execution: { slippage: { kind: 'fixed', bps: 0, volumeLimit: 0.1 } } } as const;
  it('fills an IOC in part and ends the rest', () => {
    const session = play(
      { kind: 'market', side: 'buy', quantity: 15, timeInForce: 'IOC' },
      [[100, 100, 100, 100, 100]],
      thin,
    );
    expect(session.fills()).toMatchObject([{ quantity: 10, done: false }]);
    expect(session.reasons()).toEqual(['immediate or cancel']);
  });
  it('fills a FOK whole or not at all', () => {
    const wish: OrderWish = { kind: 'market', side: 'buy', quantity: 15, timeInForce: 'FOK' };
    expect(play(wish, [[100, 100, 100, 100, 100]], thin).kinds()).toEqual(['accepted', 'cancelled']);
    expect(play(wish, [[100, 100, 100, 100, 150]], thin).fills()).toMatchObject([{ quantity: 15, done: true }]);
  });
  it('lets a stop with IOC wait for its trigger', () => {
    const wish: OrderWish = { kind: 'stop', side: 'sell', quantity: 1, trigger: 95, timeInForce: 'IOC' };
    expect(
      prices(wish, [
        [100, 101, 99, 100],
        [100, 101, 94, 100],
      ]),
    ).toEqual([95]);
  });
  it('ends a FOK stop-limit that cannot trade when it fires', () => {
    const wish: OrderWish = {
      kind: 'stop-limit',
      side: 'sell',
      quantity: 1,
      trigger: 95,
      price: 94,
      timeInForce: 'FOK',
    };
    expect(play(wish, [[90, 92, 89, 91]]).kinds()).toEqual(['accepted', 'triggered', 'cancelled']);
  });
});

describe('reduce-only', () => {
  it('is cut to the position and never flips it', () => {
    const session = openSession();
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 3 });
    session.submit({ kind: 'market', side: 'sell', quantity: 5, reduceOnly: true });
    session.bar(100, 100, 100, 100);
    expect(session.fills().map((fill) => fill.quantity)).toEqual([3, -3]);
    expect(session.reasons()).toEqual(['reduce-only: cut to the position']);
  });
  it('is cancelled where there is nothing to reduce', () => {
    const session = play({ kind: 'stop', side: 'sell', quantity: 1, trigger: 95, reduceOnly: true }, [
      [100, 101, 90, 95],
    ]);
    expect(session.kinds()).toEqual(['accepted', 'triggered', 'cancelled']);
    expect(session.reasons()).toEqual(['nothing to reduce']);
  });
});

describe('changing and cancelling', () => {
  const limit: OrderWish = { kind: 'limit', side: 'buy', quantity: 2, price: 95 };
  function changed(act: (session: ReturnType<typeof openSession>, id: number) => void, options: SessionOptions = {}) {
    const session = openSession(options);
    session.bar(100, 100, 100, 100);
    const id = session.submit(limit);
    act(session, id);
    session.bar(100, 101, 90, 95);
    session.bar(95, 95, 80, 85);
    return session;
  }
  it('forgets a cancelled order', () => {
    const session = changed((s, id) => s.cancel(id));
    expect(session.kinds()).toEqual(['accepted', 'cancelled']);
  });
  it('trades a changed order on its new terms', () => {
    const session = changed((s, id) => s.modify(id, { price: 92, quantity: 3 }));
    expect(session.reports[1]).toMatchObject({ kind: 'modified', quantity: 3, price: 92 });
    expect(session.fills()).toMatchObject([{ price: 92, quantity: 3 }]);
  });
  it('moves a stop with its trigger', () => {
    const session = openSession();
    session.bar(100, 100, 100, 100);
    const id = session.submit({ kind: 'stop', side: 'sell', quantity: 1, trigger: 90 });
    session.modify(id, { trigger: 97 });
    session.bar(100, 101, 96, 99);
    expect(session.prices()).toEqual([97]);
  });
  it('reports unchanged terms for an impossible change', () => {
    const session = changed((s, id) => s.modify(id, { price: Number.NaN }));
    expect(session.reports[1]).toMatchObject({ kind: 'modified', quantity: 2, price: 95 });
  });
  it('lets an order fill before a cancel that is late', () => {
    const session = changed((s, id) => s.cancel(id), { execution: { latencyMs: 1 } });
    // the order itself is late by a millisecond: it misses the first bar, and the cancel arrives with it
    expect(session.kinds()).toEqual(['accepted', 'cancelled']);
    const crossing = openSession({ execution: { latencyMs: 1 } });
    crossing.bar(100, 100, 100, 100);
    const id = crossing.submit(limit);
    crossing.bar(100, 100, 100, 100);
    crossing.cancel(id);
    crossing.bar(100, 100, 90, 95);
    expect(crossing.prices()).toEqual([95]);
  });
  it('ignores orders it does not know', () => {
    const session = changed((s) => {
      s.cancel(77);
      s.modify(77, { price: 1 });
    });
    expect(session.kinds()).toEqual(['accepted', 'filled']);
  });
});

describe('the gate', () => {
  const small = instrument('AAA', { minQuantity: 0.5, minNotional: 100 });
  const refusals: readonly (readonly [string, OrderWish])[] = [
    ['quantity is not positive', { kind: 'market', side: 'buy', quantity: 0 }],
    ['quantity is not positive', { kind: 'market', side: 'buy', quantity: Number.NaN }],
    ['price is not finite', { kind: 'limit', side: 'buy', quantity: 10, price: Number.NaN }],
    ['price is not finite', { kind: 'stop', side: 'buy', quantity: 10, trigger: Number.POSITIVE_INFINITY }],
    ['price is not finite', { kind: 'stop-limit', side: 'buy', quantity: 10, trigger: 90, price: Number.NaN }],
    ['price is not finite', { kind: 'trailing-stop', side: 'sell', quantity: 10, offset: { price: -1 } }],
    ['display is not positive', { kind: 'limit', side: 'buy', quantity: 10, price: 90, display: 0 }],
    [
      'post-only cannot be immediate',
      { kind: 'limit', side: 'buy', quantity: 10, price: 90, postOnly: true, timeInForce: 'IOC' },
    ],
    ['below the least quantity', { kind: 'market', side: 'buy', quantity: 0.4 }],
    ['below the least notional', { kind: 'market', side: 'buy', quantity: 0.9 }],
    ['unknown instrument', { kind: 'market', side: 'buy', quantity: 1, instrument: 4 }],
  ];
  it.each(refusals)('refuses: %s', (reason, wish) => {
    const session = play(wish, [[100, 100, 100, 100]], { instruments: [small] });
    expect(session.reports).toMatchObject([{ kind: 'rejected', reason }]);
  });
  it('refuses an id that is at work', () => {
    const session = openSession();
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 1 }, 5);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 1 }, 5);
    session.bar(100, 100, 100, 100);
    expect(session.reasons()).toEqual(['id is in use']);
  });
});
