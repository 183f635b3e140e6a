/** The venue's own account: buying power, margin calls, charges, splits and dividends. */
import { describe, expect, it } from 'vitest';
import { affordableQuantity } from '../../src/lib/execution/buying-power.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { DAY_MS, openSession, type SessionOptions } from './session.ts';

const flat = [100, 100, 100, 100] as const;

function opened(side: 'buy' | 'sell', quantity: number, options: SessionOptions) {
  const session = openSession(options);
  session.bar(...flat);
  session.submit({ kind: 'market', side, quantity });
  session.bar(...flat);
  return session;
}

describe('a cash account', () => {
  const cash: SessionOptions = { account: { kind: 'cash', cash: 1000 } };
  it('buys what it can pay for, fees included, and cancels the rest', () => {
    const fees = { kind: 'bps', maker: 0, taker: 100 } as const;
    const session = opened('buy', 20, { ...cash, execution: { fees } });
    const [fill] = session.fills();
    expect(fill!.quantity * 100 + fill!.fee).toBeCloseTo(1000, 8);
    expect(fill!.quantity * 100 + fill!.fee).toBeLessThanOrEqual(1000);
    expect(session.reasons()).toEqual(['buying power']);
  });
  it('buys whole lots', () => {
    const session = opened('buy', 20, { ...cash, instruments: [instrument('AAA', { lotSize: 3 })] });
    expect(session.fills()).toMatchObject([{ quantity: 9 }]);
  });
  it('buys nothing when it cannot pay for one lot', () => {
    const session = opened('buy', 20, { ...cash, instruments: [instrument('AAA', { lotSize: 11 })] });
    expect(session.kinds()).toEqual(['accepted', 'cancelled']);
  });
  it('does not sell short, and sells no more than it holds', () => {
    expect(opened('sell', 1, cash).reasons()).toEqual(['no short sales in a cash account']);
    const session = opened('buy', 5, cash);
    session.submit({ kind: 'market', side: 'sell', quantity: 8 });
    session.bar(...flat);
    expect(session.fills().map((fill) => fill.quantity)).toEqual([5, -5]);
    expect(session.reasons()).toEqual(['no short sales in a cash account']);
  });
  it('refuses a FOK that it can pay only in part', () => {
    const session = openSession(cash);
    session.bar(...flat);
    session.submit({ kind: 'market', side: 'buy', quantity: 11, timeInForce: 'FOK' });
    session.bar(...flat);
    expect(session.kinds()).toEqual(['accepted', 'cancelled']);
  });
  it('meets no margin call, however deep it falls', () => {
    const session = opened('buy', 10, { account: { kind: 'cash', cash: 1000, maintenance: 0.5 } });
    session.bar(50, 50, 1, 2);
    expect(session.kinds()).not.toContain('margin-call');
  });
});

describe('a margin account', () => {
  it('cuts a full position to what fits after a gap up at leverage 1', () => {
    const session = openSession({ account: { leverage: 1, cash: 1000 } });
    session.bar(...flat);
    session.submit({ kind: 'market', side: 'buy', quantity: 10 });
    session.bar(110, 110, 110, 110);
    expect(session.fills()[0]!.quantity).toBeCloseTo(1000 / 110, 10);
    expect(session.reasons()).toEqual(['buying power']);
  });
  it('fills a full position whole at leverage 1 when nothing moved', () => {
    const session = opened('buy', 10, { account: { leverage: 1, cash: 1000 } });
    expect(session.fills()).toMatchObject([{ quantity: 10, done: true }]);
    expect(session.reasons()).toEqual([]);
  });
  it('keeps gross value within leverage x equity after fee and slippage', () => {
    const execution = { fees: { kind: 'bps', maker: 20, taker: 20 }, slippage: { kind: 'fixed', bps: 50 } } as const;
    const [fill] = opened('sell', 100, { account: { leverage: 3, cash: 1000 }, execution }).fills();
    const equity = 1000 - fill!.fee - fill!.slippage;
    expect(-fill!.quantity * 100).toBeLessThanOrEqual(3 * equity + 1e-9);
    expect(-fill!.quantity * 100).toBeCloseTo(3 * equity, 6);
  });
  it('lets a position be closed when there is no room to open', () => {
    const session = opened('buy', 30, { account: { leverage: 3, cash: 1000 } });
    session.submit({ kind: 'market', side: 'sell', quantity: 30 });
    session.bar(80, 80, 80, 80);
    expect(session.held()).toBe(0);
  });
  it('flips through flat, cutting only what opens', () => {
    const session = opened('buy', 10, { account: { leverage: 1, cash: 1000 } });
    session.submit({ kind: 'market', side: 'sell', quantity: 25 });
    session.bar(...flat);
    expect(session.held()).toBe(-10);
  });
});

describe('a bar without prices', () => {
  it('of a position leaves its last mark, so that the account can still buy', () => {
    const instruments = [instrument('AAA'), instrument('BBB')];
    const session = openSession({ account: { kind: 'margin', leverage: 1 }, instruments });
    const missing = [Number.NaN, Number.NaN, Number.NaN, Number.NaN] as const;
    session.instant([...flat], [...flat]);
    session.submit({ kind: 'market', side: 'buy', quantity: 4, instrument: 0 });
    session.instant([...flat], [...flat]);
    session.submit({ kind: 'market', side: 'buy', quantity: 1, instrument: 0 });
    session.submit({ kind: 'market', side: 'buy', quantity: 1, instrument: 1 });
    session.instant([...missing], [...flat]);
    session.submit({ kind: 'market', side: 'buy', quantity: 2, instrument: 1 });
    session.instant([...missing], [...flat]);
    expect(session.held(1)).toBe(3);
  });
});

describe('a margin call', () => {
  const tight: SessionOptions = { account: { leverage: 10, maintenance: 0.1, cash: 1000 } };
  it('closes a long inside the bar at the price where maintenance is used up', () => {
    const session = opened('buy', 50, tight); // equity 1000 - 50 x (100 - p) is a tenth of 50 p at p = 4000 / 45
    session.bar(100, 101, 80, 100);
    const call = 4000 / 45;
    expect(session.kinds().slice(-2)).toEqual(['margin-call', 'filled']);
    expect(session.fills()[1]).toMatchObject({ order: -1, quantity: -50, done: true, time: 3 * DAY_MS });
    expect(session.prices()[1]).toBeCloseTo(call, 10);
  });
  it('says what was there and what was asked for', () => {
    const session = opened('buy', 50, tight);
    session.bar(100, 101, 80, 100);
    const report = session.reports.find((each) => each.kind === 'margin-call');
    expect(report).toBeDefined();
    if (report?.kind === 'margin-call') expect(report.equity).toBeCloseTo(report.required, 8);
  });
  it('closes a short on the way up', () => {
    const session = opened('sell', 50, tight);
    session.bar(100, 120, 99, 100);
    expect(session.prices()[1]).toBeCloseTo(6000 / 55, 10);
    expect(session.held()).toBe(0);
  });
  it('closes at the open when the bar gaps through it', () => {
    const session = opened('buy', 50, tight);
    session.bar(85, 86, 84, 85);
    expect(session.fills()[1]).toMatchObject({ order: -1, price: 85, time: 2 * DAY_MS });
  });
  it('comes after a stop that lies before it on the path', () => {
    const session = opened('buy', 50, tight);
    session.submit({ kind: 'stop', side: 'sell', quantity: 50, trigger: 92 });
    session.bar(100, 101, 80, 100);
    expect(session.prices()).toEqual([100, 92]);
    expect(session.kinds()).not.toContain('margin-call');
  });
  it('does not come while the low stays above it', () => {
    const session = opened('buy', 50, tight);
    session.bar(100, 101, 89, 100);
    expect(session.fills()).toHaveLength(1);
  });
  it('closes the largest position first, and only as many as it takes', () => {
    const instruments = [instrument('AAA'), instrument('BBB')];
    const session = openSession({ ...tight, instruments });
    session.instant([...flat], [...flat]);
    session.submit({ kind: 'market', side: 'buy', quantity: 40, instrument: 0 });
    session.submit({ kind: 'market', side: 'buy', quantity: 20, instrument: 1 });
    session.instant([...flat], [...flat]);
    session.instant([90, 90, 90, 90], [95, 95, 95, 95]); // equity 500 against 550
    expect(session.held(0)).toBe(0);
    expect(session.held(1)).toBe(20);
  });
  it('is missed by nobody on a long quiet stretch', () => {
    const session = opened('buy', 50, tight);
    for (let bar = 0; bar < 11; bar += 1) session.bar(100 - bar, 100 - bar, 99 - bar, 99 - bar);
    session.bar(89, 89, 88, 88);
    expect(session.fills()[1]).toMatchObject({ order: -1 });
  });
  it('leaves a bankrupt account unable to open', () => {
    const session = opened('buy', 50, tight);
    session.bar(60, 60, 60, 60);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.bar(60, 60, 60, 60);
    expect(session.reasons()).toEqual(['buying power']);
  });
});

describe('charges', () => {
  it('borrow each UTC day on the value of shorts', () => {
    const session = opened('sell', 10, { account: { borrowRate: 0.365 } });
    session.bar(...flat);
    session.skip(2 * DAY_MS);
    session.bar(...flat);
    const charged = session.reports.filter((report) => report.kind === 'charged');
    expect(charged).toMatchObject([
      { charge: 'borrow', instrument: 0, time: 2 * DAY_MS, amount: 1 },
      { charge: 'borrow', instrument: 0, time: 5 * DAY_MS, amount: 3 },
    ]);
  });
  it('interest on negative cash', () => {
    const session = opened('buy', 30, { account: { interestRate: 0.365, cash: 1000 } });
    session.bar(...flat);
    expect(session.reports.at(-1)).toMatchObject({ charge: 'interest', instrument: -1, amount: 2 });
  });
  it('nothing while nothing is owed', () => {
    const session = opened('buy', 5, { account: { interestRate: 0.5, borrowRate: 0.5, cash: 1000 } });
    session.bar(...flat);
    expect(session.kinds()).not.toContain('charged');
  });
  it('come once a day on bars within it', () => {
    const session = openSession({ account: { borrowRate: 0.365 }, barMs: DAY_MS / 4 });
    session.bar(...flat);
    session.submit({ kind: 'market', side: 'sell', quantity: 10 });
    for (let bar = 0; bar < 12; bar += 1) session.bar(...flat);
    expect(session.reports.filter((report) => report.kind === 'charged').map((report) => report.time)).toEqual([
      DAY_MS,
      2 * DAY_MS,
      3 * DAY_MS,
    ]);
  });
});

describe('corporate actions', () => {
  it('a split rescales the position and the orders at work', () => {
    const session = opened('buy', 10, {});
    session.submit({ kind: 'stop', side: 'sell', quantity: 10, trigger: 90, reduceOnly: true });
    session.submit({ kind: 'trailing-stop', side: 'buy', quantity: 1, offset: { price: 40 } });
    session.venue.corporateAction({ kind: 'split', symbol: 'AAA', time: session.clock, ratio: 4 });
    session.bar(25, 26, 22, 25);
    expect(session.fills().at(-1)).toMatchObject({ quantity: -40, price: 22.5, done: true });
    expect(session.reports.filter((report) => report.kind === 'modified')[0]).toMatchObject({
      quantity: 40,
      trigger: 22.5,
    });
    session.bar(25, 32, 25, 30);
    expect(session.prices().at(-1)).toBe(32); // trailed down to 22 and stands 10 above it
  });
  it('a dividend is paid to holders and by shorts', () => {
    const long = opened('buy', 10, {});
    long.venue.corporateAction({ kind: 'dividend', symbol: 'AAA', time: long.clock, amount: 0.5 });
    long.bar(...flat);
    expect(long.reports.at(-1)).toMatchObject({ kind: 'charged', charge: 'dividend', amount: -5, instrument: 0 });
    const short = opened('sell', 10, {});
    short.venue.corporateAction({ kind: 'dividend', symbol: 'AAA', time: short.clock, amount: 0.5 });
    short.bar(...flat);
    expect(short.reports.at(-1)).toMatchObject({ amount: 5 });
  });
  it('of other symbols and without a position pass by', () => {
    const session = openSession();
    session.venue.corporateAction({ kind: 'dividend', symbol: 'AAA', time: 0, amount: 0.5 });
    session.venue.corporateAction({ kind: 'split', symbol: 'ZZZ', time: 0, ratio: 2 });
    session.bar(...flat);
    expect(session.reports).toEqual([]);
  });
});

describe('affordable quantity', () => {
  it('is all of it when money is enough', () => {
    expect(affordableQuantity({ budget: 10, perUnit: 1, feeWeight: 1, wanted: 9, fee: () => 1 })).toBe(9);
  });
  it('uses the budget up under a proportional fee', () => {
    const quantity = affordableQuantity({ budget: 100, perUnit: 1, feeWeight: 1, wanted: 200, fee: (q) => q * 0.01 });
    expect(quantity).toBeCloseTo(100 / 1.01, 8);
    expect(quantity * 1.01).toBeLessThanOrEqual(100);
  });
  it('is nothing when the fee eats the budget, or there is none', () => {
    expect(affordableQuantity({ budget: 5, perUnit: 1, feeWeight: 1, wanted: 10, fee: () => 6 })).toBe(0);
    expect(affordableQuantity({ budget: -5, perUnit: 1, feeWeight: 1, wanted: 10, fee: () => 0 })).toBe(0);
    expect(affordableQuantity({ budget: 5, perUnit: 0, feeWeight: 1, wanted: 10, fee: () => 0 })).toBe(10);
  });
});

it('does not leave a crumb below the least quantity when it cuts an order', () => {
  const instruments = [instrument('AAA', { minQuantity: 5 })];
  const session = opened('buy', 20, { account: { kind: 'cash', cash: 450 }, instruments });
  expect(session.kinds()).toEqual(['accepted', 'cancelled']);
});
