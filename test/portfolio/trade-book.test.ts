import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, instrument } from '../../src/lib/model/index.ts';
import { createAccount, createTradeBook, defaultAccount, TOTAL } from '../../src/lib/portfolio/index.ts';

const instruments = [instrument('AAA'), instrument('BBB', { multiplier: 10 })];

/** One bar of one instrument. */
function bar(index: number, low: number, high: number): Block {
  const column = (x: number): Float64Array => Float64Array.of(x);
  return {
    rows: 1,
    time: column(0),
    at: column(1),
    open: column(low),
    high: column(high),
    low: column(low),
    close: column(100),
    volume: column(1),
    instrument: Int32Array.of(index),
    starts: Int32Array.of(0, 1, 1),
    order: Int32Array.of(0),
  };
}
const marks = Float64Array.of(120, 50);

describe('trade book', () => {
  it('makes one trade from flat to flat', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 10, 100, 1, 1000, 'in');
    book.mark(0, bar(0, 95, 108), 0, 1);
    book.mark(0, bar(0, 99, 112), 0, 1);
    book.fill(0, -10, 110, 2, 3000, 'out');
    expect([...book.records(marks)]).toEqual([
      {
        id: 0,
        symbol: 'AAA',
        side: 'long',
        entryTime: 1000,
        exitTime: 3000,
        entryPrice: 100,
        exitPrice: 110,
        quantity: 10,
        grossPnl: 100,
        fees: 3,
        borrow: 0,
        pnl: 97,
        return: 0.097,
        bars: 2,
        adverse: 95 / 100 - 1,
        favourable: 112 / 100 - 1,
        tag: 'in',
      },
    ]);
  });

  it('keeps one trade open through additions and partial exits', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 10, 100, 0, 1, '');
    book.fill(0, 10, 110, 0, 2, '');
    book.fill(0, -5, 120, 0, 3, '');
    book.fill(0, -15, 116, 0, 4, '');
    const [trade, ...others] = book.records(marks);
    expect(others).toEqual([]);
    expect(trade).toMatchObject({ entryPrice: 105, exitPrice: 117, quantity: 20, grossPnl: 240, exitTime: 4 });
  });

  it('splits a flip into two trades that share its fee by quantity', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 10, 100, 0, 1, 'long');
    book.fill(0, -40, 90, 8, 2, 'short');
    book.fill(0, 30, 80, 0, 3, 'cover');
    const [first, second] = book.records(marks);
    expect(first).toMatchObject({ side: 'long', grossPnl: -100, fees: 2, exitTime: 2, quantity: 10, tag: 'long' });
    expect(second).toMatchObject({ side: 'short', grossPnl: 300, fees: 6, entryTime: 2, quantity: 30, tag: 'short' });
  });

  it('shows an open trade at the last mark with no exit time', () => {
    const book = createTradeBook(instruments);
    book.fill(1, -2, 60, 1, 5, '');
    const [trade] = book.records(marks);
    expect(trade).toMatchObject({ symbol: 'BBB', side: 'short', exitPrice: 50, grossPnl: 200, pnl: 199 });
    expect(trade?.exitTime).toBeNaN();
    expect(trade?.return).toBeCloseTo(199 / 1200, 12);
  });

  it('measures the excursions of a short from the other side', () => {
    const book = createTradeBook(instruments);
    book.fill(0, -1, 100, 0, 1, '');
    book.mark(0, bar(0, 90, 104), 0, 1);
    expect(book.records(marks).at(0)).toMatchObject({
      adverse: expect.closeTo(-0.04),
      favourable: expect.closeTo(0.1),
    });
  });

  it('counts an exit within its first bar as excursion though no bar was held', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 1, 100, 0, 1, '');
    book.fill(0, -1, 92, 0, 1, 'stop');
    expect(book.records(marks).at(0)).toMatchObject({ bars: 0, adverse: expect.closeTo(-0.08), favourable: 0 });
  });

  it('leaves bars of other instruments and of flat ones out', () => {
    const book = createTradeBook(instruments);
    book.mark(0, bar(0, 1, 1000), 0, 1);
    book.fill(0, 1, 100, 0, 1, '');
    book.mark(1, bar(1, 1, 1000), 0, 1);
    expect(book.records(marks).at(0)).toMatchObject({ bars: 0, adverse: 0, favourable: 0 });
  });

  it('ignores missing extremes', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 1, 100, 0, 1, '');
    book.mark(0, bar(0, Number.NaN, Number.NaN), 0, 1);
    expect(book.records(marks).at(0)).toMatchObject({ bars: 1, adverse: 0, favourable: 0 });
  });

  it('takes borrow from the profit of the position it was paid for', () => {
    const book = createTradeBook(instruments);
    book.charge(0, 5);
    book.fill(0, -1, 100, 0, 1, '');
    book.charge(0, 3);
    book.fill(0, 1, 90, 0, 2, '');
    expect(book.records(marks).at(0)).toMatchObject({ grossPnl: 10, borrow: 3, pnl: 7 });
  });

  it('restates units and prices at a split', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 10, 100, 0, 1, '');
    book.mark(0, bar(0, 90, 100), 0, 1);
    book.split(0, 2);
    book.fill(0, -20, 55, 0, 2, '');
    expect(book.records(marks).at(0)).toMatchObject({
      entryPrice: 50,
      exitPrice: 55,
      quantity: 20,
      grossPnl: 100,
      adverse: expect.closeTo(-0.1),
      favourable: expect.closeTo(0.1),
    });
  });

  it('is flat after lots that cancel in decimals', () => {
    const book = createTradeBook(instruments);
    book.fill(0, 0.1, 100, 0, 1, '');
    book.fill(0, 0.2, 100, 0, 1, '');
    book.fill(0, -0.3, 100, 0, 2, '');
    expect(book.records(marks).map((t) => t.exitTime)).toEqual([2]);
  });

  it('remembers hundreds of trades in order of entry', () => {
    const book = createTradeBook(instruments);
    book.fill(1, 1, 1, 0, 0, 'first');
    for (let k = 0; k < 300; k++) {
      book.fill(0, 1, 100, 0, k, `${k}`);
      book.fill(0, -1, 100 + k, 0, k, '');
    }
    const trades = [...book.records(marks)];
    expect(trades.map((t) => t.id)).toEqual(Array.from({ length: 301 }, (_, k) => k));
    expect(trades[0]?.tag).toBe('first');
    expect(trades[300]).toMatchObject({ tag: '299', grossPnl: 299 });
  });

  it('adds up to what the account earned', () => {
    const fill = fc.tuple(
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: -20, max: 20 }),
      fc.double({ min: 1, max: 200, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fill, { maxLength: 100 }), (fills) => {
        const book = createTradeBook(instruments);
        const account = createAccount(defaultAccount, instruments);
        account.price.set(marks);
        fills.forEach(([i, quantity, price, fee], k) => {
          if (quantity === 0) return;
          book.fill(i, quantity, price, fee, k, '');
          account.applyFill(i, quantity, price, fee, 0);
        });
        account.value();
        const trades = [...book.records(marks)];
        const sum = (pick: (t: (typeof trades)[number]) => number): number => trades.reduce((s, t) => s + pick(t), 0);
        const earned = account.totals[TOTAL.realised]! + account.totals[TOTAL.unrealised]!;
        // Prices to 200, 2,000 units at most and a multiplier of 10: sums near 1e6 leave rounding below 1e-6.
        expect(sum((t) => t.grossPnl)).toBeCloseTo(earned, 6);
        expect(sum((t) => t.pnl)).toBeCloseTo(account.totals[TOTAL.equity]! - 100_000, 6);
        expect(trades.filter((t) => Number.isNaN(t.exitTime))).toHaveLength(account.openCount);
        for (const t of trades) expect(t.adverse <= 0 && t.favourable >= 0 && t.quantity > 0).toBe(true);
      }),
    );
  });
});
