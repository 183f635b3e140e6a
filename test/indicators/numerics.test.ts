import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import {
  bars,
  type Expr,
  highest,
  lowest,
  lsma,
  regressionR2,
  regressionSlope,
  rollingCorrelation,
  rollingCovariance,
  rollingKurtosis,
  rollingMad,
  rollingMaxDrawdown,
  rollingMeanDeviation,
  rollingMedian,
  rollingQuantile,
  rollingRank,
  rollingSkew,
  rollingStdev,
  rollingSum,
  rollingVariance,
  rollingZscore,
  sma,
  wma,
} from '../../src/lib/indicators/index.ts';
import { type Columns, evaluate } from './evaluate.ts';
import { flatBars, randomBars } from './series.ts';

const { close, open } = bars;

/** Columns whose close, and open, are given. */
const withClose = (values: Float64Array, other = values): Columns => ({
  ...flatBars(values.length),
  close: values,
  open: other,
});

const windowAt = (values: Float64Array, row: number, n: number): number[] =>
  Array.from(values.subarray(row - n + 1, row + 1));

const mean = (w: readonly number[]): number => w[0]! + w.reduce((a, v) => a + (v - w[0]!), 0) / w.length;

/** Two passes over the window: the textbook definition. */
function twoPassVariance(w: readonly number[]): number {
  const m = mean(w);
  return w.reduce((a, v) => a + (v - m) ** 2, 0) / w.length;
}

const sorted = (w: readonly number[]): number[] => [...w].sort((a, b) => a - b);

function median(w: readonly number[]): number {
  const s = sorted(w);
  return (s[s.length >> 1]! + s[(s.length - 1) >> 1]!) / 2;
}

function relative(found: number, expected: number): number {
  return Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-300);
}

describe('over a million rows', () => {
  const rows = 1_000_000;
  const rng = createRng(5);
  const walk = new Float64Array(rows);
  let price = 1e5;
  for (let i = 0; i < rows; i++) {
    price += rng.next() - 0.5;
    walk[i] = price;
  }
  const columns = withClose(walk);
  const n = 50;

  it.each<[string, Expr, (w: number[]) => number]>([
    ['sum', rollingSum(close, n), (w) => w.reduce((a, v) => a + v, 0)],
    ['mean', sma(close, n), mean],
    ['variance', rollingVariance(close, n), twoPassVariance],
    ['weighted mean', wma(close, n), (w) => w.reduce((a, v, i) => a + v * (i + 1), 0) / ((n * (n + 1)) / 2)],
    ['maximum', highest(close, n), (w) => Math.max(...w)],
    ['minimum', lowest(close, n), (w) => Math.min(...w)],
    ['median', rollingMedian(close, n), median],
  ])('the rolling %s has not drifted from the definition', (_, expression, definition) => {
    const values = evaluate(expression, columns);
    for (let row = rows - 1; row > rows - 60; row--)
      expect(relative(values[row]!, definition(windowAt(walk, row, n)))).toBeLessThan(1e-11);
  });
});

describe('with a large offset and small noise', () => {
  // Multiples of 2^-20 near 1e9 are exact, so that the noise itself is not rounded.
  const rng = createRng(9);
  const noise = Float64Array.from({ length: 400 }, () => rng.integer(2 ** 20) / 2 ** 20);
  const other = Float64Array.from({ length: 400 }, (_, i) => noise[i]! + rng.integer(2 ** 20) / 2 ** 20);
  const small = withClose(noise, other);
  const large = withClose(
    noise.map((v) => v + 1e9),
    other.map((v) => v + 1e9),
  );

  it.each<[string, Expr]>([
    ['variance', rollingVariance(close, 20)],
    ['standard deviation', rollingStdev(close, 20, 1)],
    ['z-score', rollingZscore(close, 20)],
    ['skewness', rollingSkew(close, 20)],
    ['kurtosis', rollingKurtosis(close, 20)],
    ['slope', regressionSlope(close, 20)],
    ['R squared', regressionR2(close, 20)],
    ['covariance', rollingCovariance(close, open, 20)],
    ['correlation', rollingCorrelation(close, open, 20)],
    ['mean deviation over a short window', rollingMeanDeviation(close, 20)],
    ['mean deviation over a long window', rollingMeanDeviation(close, 100)],
    ['median deviation', rollingMad(close, 20)],
  ])('the %s is that of the noise alone', (_, expression) => {
    const expected = evaluate(expression, small);
    const found = evaluate(expression, large);
    const scale = Math.max(...expected.filter((v) => v === v).map(Math.abs));
    for (let i = expression.warmup; i < 400; i++)
      expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(1e-9 * Math.max(Math.abs(expected[i]!), 1e-2 * scale));
  });
});

describe('when a huge spike has left the window', () => {
  const values = new Float64Array(200).fill(7.3);
  values[61] = 1e300;
  values[62] = -1e17;
  const columns = withClose(values);

  it.each<[string, Expr, number]>([
    ['sum', rollingSum(close, 8), 8 * 7.3],
    ['mean', sma(close, 8), 7.3],
    ['weighted mean', wma(close, 8), 7.3],
    ['end of the line', lsma(close, 8), 7.3],
    ['maximum', highest(close, 8), 7.3],
    ['minimum', lowest(close, 8), 7.3],
  ])('the %s is that of a flat window', (_, expression, expected) => {
    const found = evaluate(expression, columns);
    for (let i = 70; i < 200; i++) expect(relative(found[i]!, expected)).toBeLessThan(1e-15);
  });

  it.each<[string, Expr]>([
    ['variance', rollingVariance(close, 8)],
    ['z-score', rollingZscore(close, 8)],
    ['slope', regressionSlope(close, 8)],
    ['mean deviation', rollingMeanDeviation(close, 8)],
    ['drawdown', rollingMaxDrawdown(close, 8)],
  ])('the %s is exactly zero', (_, expression) => {
    const calm = values.map((v) => (v > 0 ? Math.min(v, 1e150) : 7.3));
    const found = evaluate(expression, withClose(calm));
    expect([...found.subarray(70)].every((v) => v === 0)).toBe(true);
  });
});

describe('over windows of every length', () => {
  const columns = randomBars(300, 21);
  const values = columns.close;
  const lengths = [1, 2, 3, 5, 16, 63, 64, 65, 100, 257];

  it.each<[string, (n: number) => Expr, (w: number[]) => number]>([
    ['maximum', (n) => highest(close, n), (w) => Math.max(...w)],
    ['minimum', (n) => lowest(close, n), (w) => Math.min(...w)],
    ['mean', (n) => sma(close, n), mean],
    ['median', (n) => rollingMedian(close, n), median],
    [
      'lower decile',
      (n) => rollingQuantile(close, n, 0.1),
      (w) => {
        const s = sorted(w);
        const at = (s.length - 1) * 0.1;
        const low = s[Math.floor(at)]!;
        return low + ((s[Math.floor(at) + 1] ?? low) - low) * (at - Math.floor(at));
      },
    ],
    [
      'rank',
      (n) => rollingRank(close, n),
      (w) => {
        const x = w.at(-1)!;
        return (w.filter((v) => v < x).length + w.filter((v) => v <= x).length + 1) / (2 * w.length);
      },
    ],
    ['mean deviation', (n) => rollingMeanDeviation(close, n), (w) => mean(w.map((v) => Math.abs(v - mean(w))))],
    ['median deviation', (n) => rollingMad(close, n), (w) => median(w.map((v) => Math.abs(v - median(w))))],
    [
      'drawdown',
      (n) => rollingMaxDrawdown(close, n),
      (w) => {
        let peak = w[0]!;
        let worst = 0;
        for (const v of w) {
          peak = Math.max(peak, v);
          worst = Math.min(worst, v / peak - 1);
        }
        return worst;
      },
    ],
  ])('the rolling %s is its definition', (_, expressionOf, definition) => {
    for (const n of lengths) {
      const found = evaluate(expressionOf(n), columns);
      for (let row = n - 1; row < 300; row++)
        expect(Math.abs(found[row]! - definition(windowAt(values, row, n)))).toBeLessThan(1e-10);
    }
  });
});
