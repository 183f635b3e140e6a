import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adjustBars, normaliseSymbol, orderActions } from '../../../src/lib/data/adjust/index.ts';
import { type Bars, type CorporateAction, instrument } from '../../../src/lib/model/index.ts';

function bars(symbol: string, days: readonly string[], close: readonly number[]): Bars {
  const price = Float64Array.from(close);
  const volume = price.map(() => 1000);
  const time = Float64Array.from(days, (day) => Date.parse(day));
  return {
    instrument: instrument(symbol, { kind: 'equity' }),
    timeframe: '1d',
    closeOnly: false,
    time,
    open: price,
    high: price,
    low: price,
    close: price,
    volume,
  };
}

const split = (symbol: string, day: string, ratio: number): CorporateAction => ({
  kind: 'split',
  symbol,
  time: Date.parse(day),
  ratio,
});
const dividend = (symbol: string, day: string, amount: number): CorporateAction => ({
  kind: 'dividend',
  symbol,
  time: Date.parse(day),
  amount,
});

// Prices, actions and adjusted closes: PooksoftSP500EquityPriceDataSet (MIT), which ends in 2021.
const days = [
  '2020-08-05',
  '2020-08-06',
  '2020-08-07',
  '2020-08-28',
  '2020-08-31',
  '2020-11-05',
  '2020-11-06',
  '2020-11-09',
];
const apple = bars('AAPL', days, [440.25, 455.61, 444.45, 499.23, 129.04, 119.03, 118.69, 116.32]);
const published = [109.506242, 113.326835, 110.7549, 124.405824, 128.624703, 118.646918, 118.512353, 116.1459];
const actions = [
  dividend('AAPL', '2020-11-06', 0.205),
  split('AAPL', '2020-08-31', 4),
  dividend('AAPL', '2020-08-07', 0.82),
];

it('agrees with the published adjusted closes of Apple over two dividends and a split', () => {
  const adjusted = adjustBars(apple, actions);
  // The source goes on to a dividend in 2021, which scales all of these by one number. It reinvests at the ex-date's close instead of the
  // close before: the factors differ by yield times that day's return, here 0.0018 x 0.025.
  const later = published[7]! / 116.32;
  published.forEach((value, i) => {
    expect(Math.abs((adjusted.close[i]! * later) / value - 1)).toBeLessThan(5e-5);
  });
  expect([...adjusted.volume]).toEqual([4000, 4000, 4000, 4000, 1000, 1000, 1000, 1000]);
});

it('agrees with the published adjusted closes of Tesla over its split', () => {
  const tesla = bars('TSLA', ['2020-08-27', '2020-08-28', '2020-08-31'], [2238.75, 2213.4, 498.32]);
  const adjusted = adjustBars(tesla, [split('TSLA', '2020-08-31', 5)]);
  expect([...adjusted.close].map((x) => x.toFixed(2))).toEqual(['447.75', '442.68', '498.32']);
});

it('leaves the first price as it was traded when adjusting forward', () => {
  const forward = adjustBars(apple, actions, { direction: 'forward' });
  expect(forward.close[0]).toBe(440.25);
  const backward = adjustBars(apple, actions);
  for (let i = 0; i < days.length; i++)
    expect(forward.close[i]! / backward.close[i]!).toBeCloseTo(forward.close[0]! / backward.close[0]!, 12);
});

it('takes splits or dividends alone when asked to', () => {
  expect(adjustBars(apple, actions, { actions: 'splits' }).close[0]).toBe(440.25 / 4);
  expect(adjustBars(apple, actions, { actions: 'dividends' }).close[3]).toBeCloseTo(499.23 * (1 - 0.205 / 119.03), 10);
});

it('ignores other symbols and actions outside of the bars, and never touches its input', () => {
  const before = apple.close.slice();
  const none = adjustBars(apple, [
    split('TSLA', '2020-08-31', 5),
    split('AAPL', '2020-08-05', 7),
    split('AAPL', '2022-01-01', 2),
  ]);
  expect(none.close).toEqual(before);
  adjustBars(apple, actions);
  expect(apple.close).toEqual(before);
  expect(adjustBars(bars('AAPL', [], []), actions).close.length).toBe(0);
});

it('skips a missing close when it looks for the price before a dividend', () => {
  const holed = bars('X', ['2024-01-01', '2024-01-02', '2024-01-03'], [100, Number.NaN, 90]);
  expect([...adjustBars(holed, [dividend('X', '2024-01-03', 10)]).close]).toEqual([90, Number.NaN, 90]);
});

it('keeps a holder’s return: price times shares plus the reinvested dividend', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 10, max: 1000, noNaN: true }), { minLength: 3, maxLength: 8 }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (close, ratio, share) => {
        const dates = close.map((_, i) => `2024-01-0${i + 1}`);
        const amount = close[0]! * share;
        const adjusted = adjustBars(bars('X', dates, close), [
          dividend('X', dates[1]!, amount),
          split('X', dates[2]!, ratio),
        ]);
        const held = (ratio * close.at(-1)!) / (close[0]! - amount);
        expect(adjusted.close.at(-1)! / adjusted.close[0]!).toBeCloseTo(held, 6);
      },
    ),
  );
});

it('hands actions on in time order, dividends of a day before its split, refusing what cannot be', () => {
  const ordered = orderActions([
    split('A', '2024-02-01', 2),
    dividend('A', '2024-02-01', 1),
    split('B', '2024-01-01', 3),
  ]);
  expect(ordered.map((a) => `${a.symbol} ${a.kind}`)).toEqual(['B split', 'A dividend', 'A split']);
  expect(() => orderActions([split('A', '2024-02-01', 0)])).toThrow(/ratio of a split is 0/);
  expect(() => orderActions([dividend('A', '2024-02-01', -1)])).toThrow(/amount of a dividend is -1/);
  expect(() => orderActions([dividend('A', 'never', 1)])).toThrow(/ex-date is missing/);
  expect(() => adjustBars(apple, [dividend('AAPL', '2020-08-07', 500)])).toThrow(/dividend of 500/);
});

it.each([
  ['BTCUSDT', 'BTC/USDT'],
  ['btc-usdt', 'BTC/USDT'],
  ['BTC_USDT', 'BTC/USDT'],
  ['BTC/USDT:USDT', 'BTC/USDT:USDT'],
  ['BTC-USDT-SWAP', 'BTC/USDT:USDT'],
  ['KRW-BTC', 'BTC/KRW'],
  ['BTC-USD', 'BTC/USD'],
  ['XBT/USD', 'BTC/USD'],
  ['ETHFDUSD', 'ETH/FDUSD'],
  ['USDKRW', 'USD/KRW'],
  ['EUR-USD', 'EUR/USD'],
  ['1000PEPEUSDT', '1000PEPE/USDT'],
  ['AAPL', 'AAPL'],
  ['brk.b', 'BRK.B'],
  ['BRK-B', 'BRK-B'],
])('spells %s as %s', (source, normalised) => {
  expect(normaliseSymbol(source)).toBe(normalised);
  expect(normaliseSymbol(normalised)).toBe(normalised);
});

it('takes the word of the source where a name alone is ambiguous', () => {
  expect(normaliseSymbol('BTC-ETH', { order: 'quote-first' })).toBe('ETH/BTC');
  expect(normaliseSymbol('BTCUSDT', { perpetual: true })).toBe('BTC/USDT:USDT');
});
