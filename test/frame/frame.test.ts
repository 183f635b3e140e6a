import { describe, expect, it } from 'vitest';
import { asOfJoin, frame } from '../../src/lib/frame/index.ts';

const trades = frame({
  time: Float64Array.of(3, 1, 2),
  price: Float64Array.of(30, Number.NaN, 20),
  symbol: ['c', 'a', 'b'],
  long: [true, false, true],
});

describe('a frame', () => {
  it('refuses columns of different length', () => {
    expect(() => frame({ a: Float64Array.of(1), b: Float64Array.of(1, 2) })).toThrow(
      "column 'b' has 2 rows, 'a' has 1",
    );
  });

  it('names the columns there are when one is missing', () => {
    expect(() => trades.column('volume')).toThrow('there are time, price, symbol, long');
    expect(() => trades.numbers('symbol')).toThrow('does not hold numbers');
  });

  it('sorts stably with NaN last in both directions', () => {
    expect(trades.sortBy('time').column('symbol')).toEqual(['a', 'b', 'c']);
    expect(trades.sortBy('price').column('symbol')).toEqual(['b', 'c', 'a']);
    expect(trades.sortBy('price', 'descending').column('symbol')).toEqual(['c', 'b', 'a']);
    expect(trades.sortBy('symbol', 'descending').column('symbol')).toEqual(['c', 'b', 'a']);
  });

  it('selects, slices and filters without changing the original', () => {
    expect(trades.select('symbol').names).toEqual(['symbol']);
    expect(trades.slice(-1).toRows()).toEqual([{ time: 2, price: 20, symbol: 'b', long: true }]);
    expect(trades.filter((row) => trades.column('long')[row] === true).column('symbol')).toEqual(['c', 'b']);
    expect(trades.length).toBe(3);
    expect(
      frame({ n: Int32Array.of(4, 5) })
        .filter((r) => r === 1)
        .numbers('n'),
    ).toEqual(Float64Array.of(5));
    expect(frame({}).length).toBe(0);
  });
});

describe('the as-of join', () => {
  const left = frame({ time: Float64Array.of(1, 5, 9) });
  const right = frame({
    time: Float64Array.of(2, 5, 6),
    rate: Float64Array.of(0.2, 0.5, 0.6),
    source: ['x', 'y', 'z'],
    firm: [true, true, false],
  });

  it('takes the latest row that is not later', () => {
    const joined = asOfJoin(left, right, 'time');
    expect(joined.numbers('rate')).toEqual(Float64Array.of(Number.NaN, 0.5, 0.6));
    expect(joined.column('source')).toEqual(['', 'y', 'z']);
    expect(joined.column('firm')).toEqual([false, true, false]);
  });

  it('leaves out rows older than the tolerance', () => {
    expect(asOfJoin(left, right, 'time', 2).numbers('rate')).toEqual(Float64Array.of(Number.NaN, 0.5, Number.NaN));
  });
});
