/** The walk along a bar: which extreme comes first, what is ambiguous, and what the engine may do in between. */
import { describe, expect, it } from 'vitest';
import type { IntrabarPath } from '../../src/lib/execution/index.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { DAY_MS, type Ohlc, openSession, type Session } from './session.ts';

/** A position of one unit with a stop and a target as one-cancels-other, on one bar that could hit both. */
function bracketed(path: IntrabarPath, side: 'buy' | 'sell', bar: Ohlc): Session {
  const exit = side === 'buy' ? 'sell' : 'buy';
  const [stop, target] = side === 'buy' ? [95, 105] : [105, 95];
  const session = openSession({
    execution: { path },
    react: (report, self) => {
      if (report.kind === 'filled' && report.order > 1) self.cancel(report.order === 2 ? 3 : 2);
    },
  });
  session.bar(100, 100, 100, 100);
  session.submit({ kind: 'market', side, quantity: 1 });
  session.bar(100, 100, 100, 100);
  session.submit({ kind: 'stop', side: exit, quantity: 1, trigger: stop });
  session.submit({ kind: 'limit', side: exit, quantity: 1, price: target });
  session.bar(...bar);
  return session;
}

describe('a bar that could hit the stop and the target', () => {
  const both: Ohlc = [100, 106, 93, 100]; // nearer to the high
  it.each([
    ['pessimistic', 'buy', 95],
    ['pessimistic', 'sell', 105],
    ['optimistic', 'buy', 105],
    ['optimistic', 'sell', 95],
    ['open-nearest', 'buy', 105],
    ['open-nearest', 'sell', 105],
  ] as const)('%s: a %s exits at %d', (path, side, price) => {
    const session = bracketed(path, side, both);
    expect(session.prices()).toEqual([100, price]);
    expect(session.venue.ambiguousBars).toBe(1);
  });
  it('takes the pessimistic extreme when both are equally near', () => {
    expect(bracketed('open-nearest', 'buy', [100, 106, 94, 100]).prices()).toEqual([100, 95]);
  });
  it('is not ambiguous when only one of them is in reach', () => {
    const session = bracketed('pessimistic', 'buy', [100, 104, 93, 100]);
    expect(session.prices()).toEqual([100, 95]);
    expect(session.venue.ambiguousBars).toBe(0);
  });
  it('is not ambiguous when the open decides', () => {
    const session = bracketed('pessimistic', 'buy', [94, 106, 93, 100]);
    expect(session.prices()).toEqual([100, 94]);
    expect(session.venue.ambiguousBars).toBe(0);
  });
});

describe('children of an entry', () => {
  const exits = (entryId: number) => ({
    react: (report: { kind: string; order?: number }, self: Session) => {
      if (report.kind !== 'filled') return;
      if (report.order === entryId) {
        self.submit({ kind: 'stop', side: 'sell', quantity: 1, trigger: 95 });
        self.submit({ kind: 'limit', side: 'sell', quantity: 1, price: 105 });
      } else self.cancel(report.order === 2 ? 3 : 2);
    },
  });
  function enter(wish: Parameters<Session['submit']>[0], bar: Ohlc, path: IntrabarPath = 'pessimistic') {
    const session = openSession({ execution: { path }, ...exits(1) });
    session.bar(100, 100, 100, 100);
    session.submit(wish);
    session.bar(...bar);
    return session;
  }
  it('act on the rest of the bar on which it filled at the open', () => {
    const session = enter({ kind: 'market', side: 'buy', quantity: 1 }, [100, 104, 94, 100]);
    expect(session.fills()).toMatchObject([
      { price: 100, time: DAY_MS },
      { price: 95, time: 2 * DAY_MS },
    ]);
  });
  it('act at the open when it lies beyond them', () => {
    expect(enter({ kind: 'market', side: 'buy', quantity: 1 }, [94, 96, 93, 95]).prices()).toEqual([94, 94]);
  });
  it('of a buy stop meet the way down after it, at the worst', () => {
    const session = enter({ kind: 'stop', side: 'buy', quantity: 1, trigger: 102 }, [100, 103, 94, 100]);
    expect(session.prices()).toEqual([102, 95]);
    expect(session.venue.ambiguousBars).toBe(1);
  });
  it('of a buy stop do not meet a low that came before it, at the best', () => {
    const session = enter({ kind: 'stop', side: 'buy', quantity: 1, trigger: 102 }, [100, 103, 94, 100], 'optimistic');
    expect(session.prices()).toEqual([102]);
    expect(session.venue.ambiguousBars).toBe(1);
  });
  it('of a buy limit do not meet a high that came before it, at the worst', () => {
    const wish = { kind: 'limit', side: 'buy', quantity: 1, price: 98 } as const;
    expect(enter(wish, [100, 106, 97, 100]).prices()).toEqual([98]);
    expect(enter(wish, [100, 106, 97, 100], 'optimistic').prices()).toEqual([98, 105]);
  });
  it('sent as a market order fill where price stands', () => {
    const session = openSession({
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 1) self.submit({ kind: 'market', side: 'sell', quantity: 1 });
      },
    });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 98 });
    session.bar(100, 106, 97, 100);
    expect(session.prices()).toEqual([98, 98]);
  });
  it('wait for the next bar when they come with latency', () => {
    const session = openSession({ execution: { latencyMs: 1 }, ...exits(1) });
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.bar(100, 100, 100, 100);
    session.bar(100, 100, 90, 100); // the entry, late by one bar
    session.bar(100, 100, 90, 100);
    session.bar(100, 100, 90, 100);
    expect(session.fills().map((fill) => [fill.price, fill.time])).toEqual([
      [100, DAY_MS],
      [95, 3 * DAY_MS],
    ]);
  });
});

it('acts on levels in the order in which the path meets them', () => {
  const session = openSession();
  session.bar(100, 100, 100, 100);
  session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 92 });
  session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 96 });
  session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 94 });
  session.bar(100, 101, 91, 95);
  expect(session.prices()).toEqual([96, 94, 92]);
});

it('counts a bar once, and the trailing stop that one extreme moves into reach of the other', () => {
  const session = openSession();
  session.bar(100, 100, 100, 100);
  session.submit({ kind: 'market', side: 'buy', quantity: 1 });
  session.submit({ kind: 'trailing-stop', side: 'sell', quantity: 1, offset: { price: 5 } });
  session.bar(100, 110, 96, 108);
  expect(session.venue.ambiguousBars).toBe(1);
});

describe('several instruments at one instant', () => {
  const two = [instrument('AAA'), instrument('BBB')];
  it('pay for purchases with what sales free, whatever came first', () => {
    const session = openSession({ instruments: two, account: { kind: 'cash', cash: 1000 } });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 10, instrument: 0 });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 20, instrument: 1 });
    session.submit({ kind: 'market', side: 'sell', quantity: 10, instrument: 0 });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    expect(session.fills().map((fill) => fill.quantity)).toEqual([10, -10, 20]);
    expect(session.reasons()).toEqual([]);
  });
  it('value the account at opens while orders fill at opens', () => {
    const session = openSession({ instruments: two, account: { leverage: 1, cash: 1000 } });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 5, instrument: 0 });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 30, instrument: 1 });
    session.instant([200, 200, 100, 100], [50, 50, 50, 50]); // 1500 of equity at the open, 1000 of it in AAA
    expect(session.fills()[1]).toMatchObject({ quantity: 10 });
  });
  it('let an order for another instrument wait when it comes from inside a bar', () => {
    const session = openSession({
      instruments: two,
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 1)
          self.submit({ kind: 'market', side: 'sell', quantity: 1, instrument: 1 });
      },
    });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 98 });
    session.instant([100, 106, 97, 100], [50, 50, 50, 50]);
    session.instant([100, 100, 100, 100], [51, 51, 51, 51]);
    expect(session.prices()).toEqual([98, 51]);
  });
  it('let an order for another instrument meet the same open when it comes from the opening', () => {
    const session = openSession({
      instruments: two,
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 1)
          self.submit({ kind: 'market', side: 'sell', quantity: 1, instrument: 1 });
      },
    });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.instant([101, 106, 97, 100], [52, 53, 51, 52]);
    expect(session.prices()).toEqual([101, 52]);
  });
  it('leave the orders of an instrument without a bar alone', () => {
    const session = openSession({ instruments: two });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 1, instrument: 1 });
    session.instant([100, 100, 100, 100], null);
    session.instant(null, [55, 55, 55, 55]);
    expect(session.prices()).toEqual([55]);
  });
});

describe('a close-only series', () => {
  it('fills everything at closes, stamped with the close, and has no ambiguous bar', () => {
    const session = openSession({ closeOnly: true });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.submit({ kind: 'stop', side: 'sell', quantity: 1, trigger: 95 });
    session.submit({ kind: 'limit', side: 'sell', quantity: 1, price: 105 });
    session.bar(101, 101, 101, 101);
    session.bar(90, 90, 90, 90);
    expect(session.fills().map((fill) => [fill.price, fill.time])).toEqual([
      [101, 2 * DAY_MS],
      [90, 3 * DAY_MS],
    ]);
    expect(session.venue.ambiguousBars).toBe(0);
  });
  it('lets children of a fill wait for the next close', () => {
    const session = openSession({
      closeOnly: true,
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 1) self.submit({ kind: 'market', side: 'sell', quantity: 1 });
      },
    });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.bar(101, 101, 101, 101);
    session.bar(102, 102, 102, 102);
    expect(session.prices()).toEqual([101, 102]);
  });
});

describe('fill: close', () => {
  it('settles what reduces before what opens', () => {
    const two = [instrument('AAA'), instrument('BBB')];
    const session = openSession({
      instruments: two,
      execution: { fill: 'close' },
      account: { kind: 'cash', cash: 1000 },
    });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 10, instrument: 0 });
    session.settle();
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'market', side: 'buy', quantity: 20, instrument: 1 });
    session.submit({ kind: 'market', side: 'sell', quantity: 10, instrument: 0 });
    session.settle();
    expect(session.fills().map((fill) => fill.quantity)).toEqual([10, -10, 20]);
  });
  it('leaves limits and stops to the next bar', () => {
    const session = openSession({ execution: { fill: 'close' } });
    session.bar(100, 110, 90, 100);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 101 });
    session.settle();
    expect(session.fills()).toEqual([]);
    session.bar(99, 99, 99, 99);
    expect(session.prices()).toEqual([99]);
  });
});

describe('the engine in between', () => {
  it('cancels the sibling of an order that traded at the same open', () => {
    const session = openSession({
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 2) self.cancel(3);
      },
    });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.submit({ kind: 'limit', side: 'sell', quantity: 1, price: 94 });
    session.submit({ kind: 'market', side: 'sell', quantity: 1 });
    session.bar(100, 100, 100, 100);
    expect(session.held()).toBe(0);
    expect(session.reasons()).toEqual(['requested']);
  });
  it('does not meet the open of a bar with what it sends when the bar before it has ended', () => {
    const session = openSession({
      instruments: [instrument('AAA'), instrument('BBB')],
      react: (report, self) => {
        if (report.kind === 'expired') self.submit({ kind: 'market', side: 'buy', quantity: 1, instrument: 1 });
      },
    });
    session.instant([100, 100, 100, 100], [50, 50, 50, 50]);
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 90, timeInForce: 'DAY' });
    session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 40, instrument: 1 });
    session.instant([100, 100, 100, 100], [50, 55, 45, 51]);
    session.instant([100, 100, 100, 100], [52, 53, 51, 52]);
    expect(session.prices()).toEqual([52]);
  });
  it('moves a stop in the middle of a bar', () => {
    const session = openSession({
      react: (report, self) => {
        if (report.kind === 'filled' && report.order === 2) self.modify(3, { trigger: 99 });
      },
    });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 2 });
    session.submit({ kind: 'limit', side: 'sell', quantity: 1, price: 105 });
    session.submit({ kind: 'stop', side: 'sell', quantity: 1, trigger: 90 });
    session.bar(100, 106, 96, 98); // low first leaves the stop alone; after the target it stands at 99, above the close
    expect(session.prices()).toEqual([100, 105, 99]);
  });
  it('ends a post-only order that a change would make take, and one changed to what was filled', () => {
    const session = openSession({ execution: { slippage: { kind: 'fixed', bps: 0, volumeLimit: 1 } } });
    session.bar(100, 100, 100, 100, 1);
    const passive = session.submit({ kind: 'limit', side: 'buy', quantity: 1, price: 90, postOnly: true });
    session.modify(passive, { price: 110 });
    const part = session.submit({ kind: 'market', side: 'buy', quantity: 5 });
    session.bar(100, 100, 100, 100, 2);
    session.modify(part, { quantity: 2 });
    session.bar(100, 100, 100, 100, 2);
    expect(session.reasons()).toEqual(['post-only would take', 'changed to what was filled']);
    expect(session.held()).toBe(2);
  });
});
