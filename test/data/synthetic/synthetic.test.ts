import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentHash } from '../../../src/lib/data/catalog/content-hash.ts';
import { generateMarket, parseSyntheticSpec, type SyntheticSpec } from '../../../src/lib/data/synthetic/index.ts';
import { DAY, HOUR } from '../../../src/lib/model/index.ts';

const plain: SyntheticSpec = {
  seed: 7,
  timeframe: '1h',
  from: '2020-01-01',
  to: '2024-01-01',
  regimes: [{ name: 'only', drift: 0, volatility: 1, sessions: 1 }],
  garch: { alpha: 0, beta: 0 },
  tail: null,
  jumps: { perYear: 0, mean: 0, deviation: 0 },
  assets: [
    { symbol: 'A', price: 100, volatility: 0.6, correlation: 0.8 },
    { symbol: 'B', price: 5, volatility: 0.9, correlation: 0.5 },
  ],
};

function returns(close: Float64Array): Float64Array {
  return Float64Array.from({ length: close.length - 1 }, (_, i) => Math.log(close[i + 1]! / close[i]!));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

function kurtosis(values: Float64Array): number {
  const m = mean(values);
  const squares = values.map((x) => (x - m) ** 2);
  return mean(squares.map((x) => x * x)) / mean(squares) ** 2;
}

const closes = (spec: SyntheticSpec) => generateMarket(spec).bars.map((b) => returns(b.close));

it('gives the same bytes for the same seed and others for another', () => {
  const hash = (seed: number) => contentHash(generateMarket({ ...plain, seed }).bars);
  expect(hash(7)).toBe(hash(7));
  expect(hash(8)).not.toBe(hash(7));
});

it('leaves an asset unchanged when another is added', () => {
  const alone = generateMarket({ ...plain, assets: [plain.assets[0]!] }).bars[0]!;
  expect(generateMarket(plain).bars[0]!.close).toEqual(alone.close);
});

it('has the volatility and correlation that were asked for', () => {
  // 35,064 draws: the standard error of a deviation is 0.4 %, of a correlation of 0.4 about 0.0045.
  const [a, b] = closes(plain);
  expect(Math.sqrt(mean(a!.map((x) => x * x)) * 8765.82)).toBeCloseTo(0.6, 1.7);
  expect(Math.sqrt(mean(b!.map((x) => x * x)) * 8765.82)).toBeCloseTo(0.9, 1.5);
  expect(Math.abs(correlation(a!, b!) - 0.4)).toBeLessThan(0.02);
});

it('is normal and without memory when every feature is off', () => {
  const [a] = closes(plain);
  expect(Math.abs(kurtosis(a!) - 3)).toBeLessThan(0.15);
  const size = a!.map(Math.abs);
  expect(Math.abs(correlation(size.subarray(1), size.subarray(0, -1)))).toBeLessThan(0.03);
});

it('has the fat tails of Student t: excess kurtosis 6 / (tail - 4) for an asset that is all its own', () => {
  const assets = [{ symbol: 'A', price: 100, volatility: 0.6, correlation: 0 }];
  const [a] = closes({ ...plain, tail: 10, assets });
  expect(Math.abs(kurtosis(a!) - 4)).toBeLessThan(0.4);
});

it('clusters volatility under GARCH and in regimes', () => {
  for (const change of [
    { garch: { alpha: 0.1, beta: 0.88 } },
    {
      regimes: [
        { name: 'calm', drift: 0, volatility: 0.5, sessions: 20 },
        { name: 'wild', drift: 0, volatility: 2, sessions: 20 },
      ],
    },
  ]) {
    const [a] = closes({ ...plain, ...change });
    const size = a!.map(Math.abs);
    expect(correlation(size.subarray(1), size.subarray(0, -1))).toBeGreaterThan(0.1);
    expect(Math.abs(correlation(a!.subarray(1), a!.subarray(0, -1)))).toBeLessThan(0.05);
  }
});

it('stays in a regime for its mean length', () => {
  const regimes = [
    { name: 'x', drift: 0, volatility: 1, sessions: 5 },
    { name: 'y', drift: 0, volatility: 1, sessions: 15 },
  ];
  const { regime, regimeNames } = generateMarket({ ...plain, regimes, to: '2030-01-01' });
  expect(regimeNames).toEqual(['x', 'y']);
  // About 183 cycles of 20 days: the share of time in y is 0.75 within four standard errors of 0.02.
  expect(Math.abs(regime.reduce((sum, r) => sum + r, 0) / regime.length - 0.75)).toBeLessThan(0.08);
});

it('trades more when it moves more', () => {
  const bars = generateMarket({ ...plain, garch: { alpha: 0.08, beta: 0.9 } }).bars[0]!;
  const range = bars.high.map((h, i) => Math.log(h / bars.low[i]!));
  expect(correlation(range, bars.volume)).toBeGreaterThan(0.5);
  expect(correlation(returns(bars.close).map(Math.abs), bars.volume.subarray(1))).toBeGreaterThan(0.3);
});

it('moves a session most at both of its ends when asked to', () => {
  const bars = generateMarket({
    ...plain,
    timeframe: '30m',
    calendar: 'nyse',
    activity: 'u-shaped',
    to: '2022-01-01',
  }).bars[0]!;
  const size = (from: number, to: number): number => {
    const picked = returns(bars.close).filter((_, i) => {
      const minutes = (bars.time[i + 1]! % DAY) / 60_000;
      return minutes >= from && minutes < to;
    });
    return mean(picked.map((x) => x * x));
  };
  // 14:30 and 20:30 UTC are ends of the winter session, 17:00 its middle.
  expect(size(14 * 60 + 30, 15 * 60)).toBeGreaterThan(2 * size(17 * 60, 18 * 60));
});

it('opens at the close before, or gaps between sessions when asked to', () => {
  const whole = generateMarket(plain).bars[0]!;
  expect(whole.open.subarray(1)).toEqual(whole.close.subarray(0, -1));
  const gapped = generateMarket({ ...plain, calendar: 'nyse', gap: 2, to: '2020-02-01' }).bars[0]!;
  const overnight = gapped.open.filter((open, i) => i > 0 && open !== gapped.close[i - 1]!);
  expect(overnight.length).toBe(20);
});

it('stamps daily bars with the session date and jumps when told to', () => {
  const spec: SyntheticSpec = { ...plain, timeframe: '1d', calendar: 'weekdays', to: '2021-01-01' };
  const bars = generateMarket(spec).bars[0]!;
  expect(bars.time[0]).toBe(Date.parse('2020-01-01'));
  expect(bars.time.every((t) => t % DAY === 0)).toBe(true);
  const [jumpy] = closes({ ...spec, jumps: { perYear: 250, mean: -0.1, deviation: 0 } });
  expect(mean(jumpy!)).toBeLessThan(-0.08);
});

it('makes consistent bars on the grid of ticks and lots for any specification', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer(),
        tail: fc.option(fc.double({ min: 2.5, max: 30, noNaN: true })),
        alpha: fc.double({ min: 0, max: 0.3, noNaN: true }),
        volatility: fc.double({ min: 0.01, max: 10, noNaN: true }),
        price: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
        tickSize: fc.constantFrom(0, 0.01, 0.5, 0.0001),
        gap: fc.constantFrom(0, 3),
      }),
      ({ seed, tail, alpha, volatility, price, tickSize, gap }) => {
        const { bars } = generateMarket({
          seed,
          timeframe: '4h',
          from: '2021-01-01',
          to: '2021-03-01',
          tail,
          gap,
          garch: { alpha, beta: 0.6 },
          assets: [{ symbol: 'X', price, volatility, tickSize, lotSize: 0.1 }],
        });
        const { time, open, high, low, close, volume } = bars[0]!;
        expect(time.length).toBe(59 * 6);
        for (let i = 0; i < time.length; i++) {
          expect(time[i]! - time[0]!).toBe(i * 4 * HOUR);
          expect(low[i]!).toBeGreaterThan(0);
          expect(low[i]! <= Math.min(open[i]!, close[i]!) && high[i]! >= Math.max(open[i]!, close[i]!)).toBe(true);
          expect(Number.isFinite(high[i]!) && volume[i]! >= 0).toBe(true);
          if (tickSize > 0)
            expect(Math.abs(close[i]! / tickSize - Math.round(close[i]! / tickSize))).toBeLessThan(
              1e-6 + close[i]! * 1e-12,
            );
        }
      },
    ),
    { numRuns: 15 },
  );
});

it.each([
  [{ timeframe: '2d' }, /timeframe/],
  [{ from: 'yesterday' }, /from.*ISO 8601/],
  [{ from: '2025-01-01' }, /not before/],
  [{ garch: { alpha: 0.3, beta: 0.8 } }, /garch.*below 1/],
  [{ tail: 2 }, /tail/],
  [{ colour: 'red' }, /colour/],
  [{ assets: [plain.assets[0], plain.assets[0]] }, /same symbol/],
  [{ assets: [] }, /assets/],
])('refuses %j, naming the key', (change, message) => {
  expect(() => parseSyntheticSpec({ ...plain, ...change })).toThrow(message);
});
