import { describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import {
  alma,
  anchoredVwap,
  apply,
  bars,
  bollinger,
  clip,
  constant,
  defineKernel,
  div,
  divOr,
  type Expr,
  ema,
  ewma,
  exp,
  frama,
  garchVolatility,
  gt,
  harForecast,
  indicatorCatalog,
  isRecursive,
  log,
  macd,
  mcginley,
  normalCdf,
  power,
  psar,
  renderIndicatorDocs,
  rollingQuantile,
  rollingVariance,
  rsi,
  sma,
  sqrt,
  supertrend,
  varianceRatio,
} from '../../src/lib/indicators/index.ts';
import { evaluate } from './evaluate.ts';
import { flatBars, randomBars } from './series.ts';

const { close } = bars;

function codeOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if (error instanceof SigmaError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('parameters', () => {
  it.each<[string, () => unknown]>([
    ['a window of no rows', () => sma(close, 0)],
    ['a window of part of a row', () => ema(close, 2.5)],
    ['a window that is not a number', () => rsi(close, Number.NaN)],
    ['a window of more than a million rows', () => sma(close, 1_000_001)],
    ['a variance of one value', () => rollingVariance(close, 1)],
    ['more degrees of freedom taken than there are', () => rollingVariance(close, 5, 5)],
    ['a fast average as slow as the slow one', () => macd(close, 26, 26)],
    ['a quantile above one', () => rollingQuantile(close, 10, 1.1)],
    ['an odd fractal window', () => frama(bars, 15)],
    ['a negative weight', () => ewma(close, -0.1)],
    ['an offset outside the window', () => alma(close, 9, 2)],
    ['a width of infinity', () => bollinger(close, 20, Number.POSITIVE_INFINITY)],
    ['a limit that is not a number', () => clip(close, Number.NaN, 1)],
    ['a limit below the first acceleration', () => psar(bars, 0.3, 0.2)],
    ['a band of no width', () => supertrend(bars, 10, 0)],
    ['an explosive variance', () => garchVolatility(close, { omega: 1e-6, alpha: 0.3, beta: 0.7 })],
    ['a variance without a floor', () => garchVolatility(close, { omega: 0, alpha: 0.1, beta: 0.8 })],
    ['a month shorter than a week', () => harForecast(close, { constant: 0, short: 1, middle: 0, long: 0 }, 5, 4)],
    ['a ratio of one row to one row', () => varianceRatio(close, 20, 1)],
    ['a dynamic average of no length', () => mcginley(close, 10, 0)],
  ])('refuses %s', (_, build) => {
    expect(codeOf(build)).toBe('usage/bad-parameter');
  });

  it('says which parameter and what it may be', () => {
    expect(() => sma(close, -3)).toThrow('sma: -3 is not a whole number of bars from 1 to 1000000');
  });

  it('refuses a kernel on the wrong number of inputs', () => {
    const kernel = defineKernel<null>({
      name: 'one',
      arity: 1,
      warmup: 0,
      init: () => null,
      step: (_: null, x: number) => x,
    });
    expect(() => apply(kernel, close, close)).toThrow('one takes 1 inputs, got 2');
  });
});

describe('expressions', () => {
  it('share a key when they are equal, so that shared parts are computed once', () => {
    const bands = bollinger(close, 20, 2);
    const inputs = (e: Expr): string[] => (e.kind === 'kernel' ? e.inputs.map((i) => i.key) : []);
    expect(inputs(bands.upper)).toEqual(inputs(bands.lower));
    expect(inputs(bands.upper)[0]).toBe(sma(close, 20).key);
    expect(sma(close, 20).key).toBe('sma(close,20)');
  });

  it('have different keys when any parameter differs', () => {
    const keys = indicatorCatalog.flatMap((entry) => Object.values(entry.example).map((e) => e.key));
    expect(ema(close, 12).key).not.toBe(ema(close, 12, 14).key);
    expect(new Set(keys).size).toBeGreaterThan(150);
  });

  it('know whether they depend on all history', () => {
    expect(isRecursive(ema(close, 20))).toBe(true);
    expect(isRecursive(sma(ema(close, 20), 5))).toBe(true);
    expect(isRecursive(sma(close, 20))).toBe(false);
  });
});

describe('arithmetic without a finite answer is missing', () => {
  const columns = flatBars(3, 100, 0);
  const { volume } = bars;
  it.each<[string, Expr]>([
    ['division by zero', div(close, volume)],
    ['a logarithm of zero', log(volume)],
    ['a root of a negative number', sqrt(constant(-1))],
    ['an exponential that overflows', exp(constant(1000))],
    ['a power that is not real', power(constant(-2), 0.5)],
    ['a power that overflows', power(constant(10), 400)],
    ['a price where nothing was traded', anchoredVwap(bars, 1)],
  ])('%s', (_, expression) => {
    expect(evaluate(expression, columns).every(Number.isNaN)).toBe(true);
  });

  it('unless a fallback is given', () => {
    expect([...evaluate(divOr(close, volume, -1), columns)]).toEqual([-1, -1, -1]);
  });
});

describe('the normal distribution function', () => {
  // scipy.stats.norm.cdf, scipy 1.17.1.
  it.each([
    [-40, 0],
    [-8, 6.22096057427174e-16],
    [-1.5, 0.06680720126885807],
    [0, 0.5],
    [1.959963984540054, 0.975],
    [9, 1],
  ])('of %d is %d', (x, expected) => {
    const [value] = evaluate(normalCdf(constant(x)), flatBars(1));
    // West states 15 decimals; beyond 7 standard deviations his continued fraction keeps about 8 digits.
    expect(Math.abs(value! - expected)).toBeLessThanOrEqual(x < -7 ? 1e-7 * expected : 2e-15);
  });
});

describe('comparisons', () => {
  it('of a series with a missing value are missing there', () => {
    const columns = { ...flatBars(3), open: Float64Array.of(99, Number.NaN, 101) };
    expect([...evaluate(gt(close, bars.open), columns)]).toEqual([1, Number.NaN, 0]);
  });
});

describe('the page of documentation', () => {
  const page = renderIndicatorDocs();

  it('has one row for each indicator', () => {
    for (const { usage } of indicatorCatalog) expect(page).toContain(`| \`${usage}\` |`);
    expect(page.split('\n').filter((line) => line.startsWith('| `')).length).toBe(indicatorCatalog.length);
  });

  it('has seven cells in every row', () => {
    for (const line of page.split('\n').filter((l) => l.startsWith('|'))) expect(line.split('|').length).toBe(9);
  });

  it('tells the warm-up of outputs that start apart', () => {
    expect(page).toContain('macd 25, signal 33, histogram 33, recursive');
  });
});

describe('bounded indicators', () => {
  const bounds: Readonly<Record<string, readonly [number, number]>> = {
    rsi: [0, 100],
    cmo: [-100, 100],
    stochastic: [0, 100],
    williamsR: [-100, 0],
    mfi: [0, 100],
    ultimate: [0, 100],
    adx: [0, 100],
    plusDi: [0, 100],
    aroon: [-100, 100],
    cmf: [-1, 1],
    efficiencyRatio: [0, 1],
    rollingRank: [0, 1],
    rollingCorrelation: [-1, 1],
    regressionR2: [0, 1],
    runningDrawdown: [-1, 0],
    rollingMaxDrawdown: [-1, 0],
    normalCdf: [0, 1],
  };

  it.each(Object.entries(bounds))('%s stays within its range', (name, [low, high]) => {
    const entry = indicatorCatalog.find((e) => e.name === name)!;
    for (const seed of [1, 2, 3])
      for (const expression of Object.values(entry.example))
        for (const value of evaluate(expression, randomBars(500, seed)).subarray(expression.warmup)) {
          // A percentage of sums may round past its end by a few units in the last place.
          expect(value).toBeGreaterThanOrEqual(low - 1e-9);
          expect(value).toBeLessThanOrEqual(high + 1e-9);
        }
  });
});
