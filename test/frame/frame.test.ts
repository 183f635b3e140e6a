import { describe, expect, it } from 'vitest';
import { asOfJoin, frame } from '../../src/lib/frame/index.ts';

const trades = frame({
  time: Float64Array.of(3, 1, 2),
  price: Float64Array.of(30, Number.NaN, 20),
  symbol: ['c', 'a', 'b'],
  long: [true, false, true],
});

/** The same columns kept as codes and as 0 and 1. */
const kept = frame({
  time: trades.numbers('time'),
  price: trades.numbers('price'),
  symbol: { codes: Int32Array.of(0, 2, 1), dictionary: { text: (code) => ['c', 'b', 'a'][code]! } },
  long: Uint8Array.of(1, 0, 1),
});

describe('a frame of kept columns', () => {
  it('reads like one of plain columns, whatever is done with it', () => {
    const same = (change: (f: typeof trades) => typeof trades): void => {
      expect(change(kept).columns).toEqual(change(trades).columns);
      expect(change(kept).toRows()).toEqual(change(trades).toRows());
    };
    same((f) => f);
    same((f) => f.select('symbol', 'long'));
    same((f) => f.slice(1));
    same((f) => f.slice(-2, -1));
    same((f) => f.filter((row) => row !== 1));
    same((f) => f.sortBy('symbol').sortBy('long'));
    same((f) => f.with({ id: Int32Array.of(1, 2, 3) }));
  });

  it('hands its columns over as they are kept', () => {
    expect(kept.slice(1).kept('long')).toEqual(Uint8Array.of(0, 1));
    expect(kept.sortBy('time').kept('symbol')).toMatchObject({ codes: Int32Array.of(2, 1, 0) });
    expect(() => kept.kept('volume')).toThrow('there are time, price, symbol, long');
  });

  it('refuses codes of different length', () => {
    expect(() =>
      frame({ a: Uint8Array.of(1, 0), b: { codes: Uint8Array.of(0), dictionary: { text: () => '' } } }),
    ).toThrow("column 'b' has 1 rows, 'a' has 2");
  });
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
