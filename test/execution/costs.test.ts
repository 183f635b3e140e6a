/** Fill models against published figures, and how they act on orders. */
import { describe, expect, it } from 'vitest';
import { accruedFee, orderFee } from '../../src/lib/execution/fees.ts';
import type { ExecutionConfig, FeeModel } from '../../src/lib/execution/index.ts';
import { squareRootImpact } from '../../src/lib/execution/slippage/square-root.ts';
import { volumeCap } from '../../src/lib/execution/slippage/volume-cap.ts';
import { volumeShareSlippage } from '../../src/lib/execution/slippage/volume-share.ts';
import { takerPrice } from '../../src/lib/execution/taker-price.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { DAY_MS, type Ohlc, openSession } from './session.ts';

const share = instrument('AAA', { kind: 'equity' });

/** Buys `quantity` shares on bars at 3.00 with a volume of 200. */
function buyOnThinBars(execution: Partial<ExecutionConfig>, quantity: number, bars: number) {
  const session = openSession({ execution, instruments: [share] });
  session.bar(3, 3, 3, 3, 200);
  session.submit({ kind: 'market', side: 'buy', quantity });
  for (let bar = 0; bar < bars; bar += 1) session.bar(3, 3, 3, 3, 200);
  return session;
}

describe('figures of zipline', () => {
  it('fixed 5 bps, 10 % of a volume of 200: 20 shares at 3.0015', () => {
    const session = buyOnThinBars({ slippage: { kind: 'fixed', bps: 5, volumeLimit: 0.1 } }, 100, 1);
    expect(session.fills()).toHaveLength(1);
    expect(session.fills()[0]).toMatchObject({ quantity: 20, done: false });
    expect(session.prices()[0]).toBeCloseTo(3.0015, 12);
  });
  it('volume share, 2.5 % of a volume of 200, impact 0.1: 5 shares at 3.0001875', () => {
    const slippage = { kind: 'volume-share', volumeLimit: 0.025, priceImpact: 0.1 } as const;
    const [fill] = buyOnThinBars({ slippage }, 100, 1).fills();
    expect(fill).toMatchObject({ quantity: 5 });
    expect(fill!.price).toBeCloseTo(3.0001875, 12);
  });
  it('0.01 a contract and 0.3 an order on fills of 230, 170 and 100: 2.6, 4.3 and 5.3 in all', () => {
    const fees: FeeModel = { kind: 'per-share', amount: 0.01, perOrder: 0.3 };
    const slippage = { kind: 'fixed', bps: 0, volumeLimit: 1 } as const;
    const session = openSession({ execution: { fees, slippage }, instruments: [share] });
    session.bar(3, 3, 3, 3, 1);
    session.submit({ kind: 'market', side: 'buy', quantity: 500 });
    for (const volume of [230, 170, 100]) session.bar(3, 3, 3, 3, volume);
    let paid = 0;
    const cumulative = session.fills().map((fill) => (paid += fill.fee));
    expect(cumulative.map((fee) => fee.toFixed(9))).toEqual(['2.600000000', '4.300000000', '5.300000000']);
  });
});

describe('fees', () => {
  it('charge makers and takers their own rate', () => {
    const fees: FeeModel = { kind: 'bps', maker: -1, taker: 10 };
    expect(accruedFee(fees, 10, 1000, 'maker', true)).toBeCloseTo(-0.1, 12);
    expect(accruedFee(fees, 10, 1000, 'taker', true)).toBeCloseTo(1, 12);
  });
  it('hold the minimum and the cap for the order, not for each of its fills', () => {
    const fees: FeeModel = { kind: 'per-share', amount: 0.005, minimum: 1, maximumFraction: 0.01 };
    expect(orderFee(fees, 0.5, 1000)).toBe(1);
    expect(orderFee(fees, 2, 1000)).toBe(2);
    expect(orderFee(fees, 2, 100)).toBe(1);
    expect(orderFee(fees, 0.5, 10)).toBe(0.1);
    const session = openSession({
      execution: {
        fees: { kind: 'bps', maker: 5, taker: 5, minimum: 1 },
        slippage: { kind: 'fixed', bps: 0, volumeLimit: 1 },
      },
    });
    session.bar(100, 100, 100, 100, 1);
    session.submit({ kind: 'market', side: 'buy', quantity: 30 });
    for (let bar = 0; bar < 3; bar += 1) session.bar(100, 100, 100, 100, 10);
    expect(session.fills().map((fill) => fill.fee)).toEqual([1, 0, 0.5]);
  });
  it('charge an order once', () => {
    const fees: FeeModel = { kind: 'per-order', amount: 2 };
    const session = buyOnThinBars({ fees, slippage: { kind: 'fixed', bps: 0, volumeLimit: 0.1 } }, 40, 3);
    expect(session.fills().map((fill) => fill.fee)).toEqual([2, 0]);
  });
  it('are nothing where there are none', () => {
    expect(accruedFee({ kind: 'none' }, 1, 1, 'taker', true)).toBe(0);
  });
});

describe('the price of a taker', () => {
  it('moves half the spread against it', () => {
    const session = openSession({ execution: { spreadBps: 10 } });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.submit({ kind: 'market', side: 'sell', quantity: 1 });
    session.bar(100, 100, 100, 100);
    expect(session.prices()[0]).toBeCloseTo(100.05, 12);
    expect(session.prices()[1]).toBeCloseTo(99.95, 12);
  });
  it('is rounded to the tick against it, and left alone on the tick', () => {
    const ticked = instrument('AAA', { tickSize: 0.01 });
    expect(takerPrice(ticked, 100, 1, 0.00001, Number.NaN)).toBe(100.01);
    expect(takerPrice(ticked, 100, -1, 0.00001, Number.NaN)).toBe(99.99);
    expect(takerPrice(ticked, 0.1 + 0.2, 1, 0, Number.NaN)).toBe(0.3);
  });
  it('may leave the range of the bar, because slippage is a cost', () => {
    const session = openSession({ execution: { slippage: { kind: 'fixed', bps: 10 } }, closeOnly: true });
    session.bar(100, 100, 100, 100);
    session.submit({ kind: 'market', side: 'buy', quantity: 1 });
    session.bar(100, 100, 100, 100);
    expect(session.prices()[0]).toBeCloseTo(100.1, 12);
  });
  it('is never negative', () => {
    expect(takerPrice(share, 1, -1, 2, Number.NaN)).toBe(0);
  });
});

describe('volume', () => {
  const half = { slippage: { kind: 'volume-share', volumeLimit: 0.5, priceImpact: 0 } } as const;
  it('that is unknown does not limit', () => {
    expect(volumeCap(half.slippage, Number.NaN)).toBe(Number.POSITIVE_INFINITY);
    expect(volumeShareSlippage(10, Number.NaN, 0.5, 0.1)).toBe(0);
  });
  it('of zero fills nothing, and a stop that fires on it waits as a market order', () => {
    const session = openSession({ execution: half });
    session.bar(100, 100, 100, 100, 0);
    session.submit({ kind: 'stop', side: 'sell', quantity: 4, trigger: 95 });
    session.bar(100, 100, 90, 96, 0);
    expect(session.kinds()).toEqual(['accepted', 'triggered']);
    session.bar(97, 97, 97, 97, 100);
    expect(session.prices()).toEqual([97]);
  });
  it('of a bar is shared by the orders on it', () => {
    const session = openSession({ execution: half });
    session.bar(100, 100, 100, 100, 10);
    session.submit({ kind: 'market', side: 'buy', quantity: 4 });
    session.submit({ kind: 'limit', side: 'buy', quantity: 4, price: 99 });
    session.bar(100, 100, 98, 100, 10);
    session.bar(100, 100, 98, 100, 10);
    expect(session.fills().map((fill) => fill.quantity)).toEqual([4, 1, 3]);
  });
  it('moves the price with the square of the share taken so far', () => {
    expect(volumeShareSlippage(50, 100, 1, 0.1)).toBeCloseTo(0.025, 15);
    expect(volumeShareSlippage(50, 100, 0.25, 0.1)).toBeCloseTo(0.00625, 15);
    expect(volumeShareSlippage(50, 0, 0.25, 0.1)).toBe(0);
  });
});

describe('square-root impact', () => {
  it('is y x volatility x the root of the share of a day', () => {
    expect(squareRootImpact(1, 0.02, 10_000, 1_000_000)).toBeCloseTo(0.002, 15);
    expect(squareRootImpact(0.8, 0.02, 40_000, 1_000_000)).toBeCloseTo(0.0032, 15);
  });
  it('is nothing while a usual day is unknown', () => {
    expect(squareRootImpact(1, Number.NaN, 10, 100)).toBe(0);
    expect(squareRootImpact(1, 0.02, 10, Number.NaN)).toBe(0);
  });
  it('learns the usual day from days that are over, whatever the length of the bars', () => {
    const execution = { slippage: { kind: 'square-root', y: 1, participation: 1 } } as const;
    const hours: Ohlc[] = Array.from({ length: 72 }, (_, hour) => {
      const price = Math.floor(hour / 24) % 2 === 0 ? 100 : 102;
      return [price, price, price, price, 1000];
    });
    const session = openSession({ execution, barMs: DAY_MS / 24 });
    for (const bar of hours) session.bar(...bar);
    session.submit({ kind: 'market', side: 'buy', quantity: 600 });
    session.bar(100, 100, 100, 100, 1000);
    // days of 24,000 units; daily returns +2 % and then -1.96 %, blended with weight 2/41
    const variance = 0.02 ** 2 + (2 / 41) * ((2 / 102) ** 2 - 0.02 ** 2);
    expect(session.prices()[0]).toBeCloseTo(100 * (1 + Math.sqrt(variance) * Math.sqrt(600 / 24_000)), 4);
  });
  it('fills no more than its participation in the bar', () => {
    const execution = { slippage: { kind: 'square-root', y: 1, participation: 0.2 } } as const;
    expect(
      buyOnThinBars(execution, 100, 2)
        .fills()
        .map((fill) => fill.quantity),
    ).toEqual([40, 40]);
  });
});
