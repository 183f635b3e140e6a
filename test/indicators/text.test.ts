import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  bars,
  crossDemean,
  div,
  ema,
  evaluate,
  gt,
  indicatorCatalog,
  lag,
  logReturn,
  macd,
  mul,
  on,
  parseExpression,
  power,
  sma,
  sub,
} from '../../src/lib/indicators/index.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { randomBars } from './series.ts';

const { close, high, low, open, volume } = bars;
const keyOf = (text: string): string => parseExpression(text).key;
const refusal = (text: string): string => {
  try {
    parseExpression(text, 'spec');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
};

describe('an expression as text', () => {
  it.each([
    ['ema(close, 12) - ema(close, 26)', sub(ema(close, 12), ema(close, 26))],
    ['logReturn(close)', logReturn(close)],
    ['open + high * low / close', add(open, div(mul(high, low), close))],
    ['open - high - low', sub(sub(open, high), low)],
    ['open ^ 2 ^ 3', power(open, power(2, 3))],
    ['(open + high) * low', mul(add(open, high), low)],
    ['close > 2 * 3 + 1', gt(close, 7)],
    ['macd(close).signal', macd(close).signal],
    ["on('1h', sma(close, 20))", on('1h', sma(close, 20))],
    ['crossDemean(logReturn(close, 1))', crossDemean(logReturn(close))],
    ['volume / lag(volume, 3) - 1', sub(div(volume, lag(volume, 3)), 1)],
  ])('%s means what the same calls mean', (text, expression) => {
    expect(keyOf(text)).toBe(expression.key);
  });

  it('takes its bars whether they are named or not', () => {
    expect(keyOf('atr(14)')).toBe(keyOf('atr(bars, 14)'));
    expect(keyOf('obv()')).toBe(keyOf('obv(bars)'));
  });

  it('binds a minus sign tighter than products and looser than powers', () => {
    expect(keyOf('-close * 2')).toBe(keyOf('(-close) * 2'));
    expect(keyOf('-close ^ 2')).toBe(keyOf('-(close ^ 2)'));
  });

  it('can call every function of the catalogue', () => {
    const given: Readonly<Record<string, string>> = {
      garchVolatility: 'garchVolatility(close, { omega: 0.000001, alpha: 0.1, beta: 0.8 })',
      harForecast: 'harForecast(close, { constant: 0, short: 0.3, middle: 0.3, long: 0.3 })',
      clip: 'clip(close, 1, 2)',
      periodOpen: "periodOpen(time, '1d')",
      rollingQuantile: 'rollingQuantile(close, 20, 0.5)',
      varianceRatio: 'varianceRatio(close, 20, 4)',
      ewma: 'ewma(close, 0.5)',
    };
    for (const { name, usage, example } of indicatorCatalog) {
      const inside = usage.slice(name.length + 1, -1);
      const required = inside.split(',').filter((part) => part.trim() !== '' && !part.includes('='));
      const args = required.map((part) => {
        const word = part.trim();
        if (word === 'bars') return 'bars';
        return /^[nm]$|factor|fallback|weight/.test(word) ? '10' : 'close';
      });
      const output = 'value' in example ? '' : `.${Object.keys(example)[0]}`;
      const text = `${given[name] ?? `${name}(${args.join(', ')})`}${output}`;
      expect(refusal(text), text).toBe('accepted');
    }
  });

  it('gives the values of the expression it means', () => {
    const series = { ...randomBars(300, 1), instrument: instrument('X'), timeframe: '1m', closeOnly: false } as const;
    const text = evaluate(parseExpression('rollingZscore(log(high / low), 20) * 2'), series);
    for (let i = 19; i < 300; i++) {
      const window = Array.from({ length: 20 }, (_, k) => Math.log(series.high[i - k]! / series.low[i - k]!));
      const mean = window.reduce((a, b) => a + b) / 20;
      const deviation = Math.sqrt(window.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 20);
      expect(text[i]!).toBeCloseTo((2 * (window[0]! - mean)) / deviation, 6);
    }
  });

  it.each([
    ['emma(close, 12)', "spec: column 1: there is no function 'emma'; did you mean ema"],
    ['ema(clos, 12)', "spec: column 5: there is no column 'clos'; did you mean close"],
    ['ema(close 12)', "spec: column 11: '12' stands where ',' is expected"],
    ['close +', 'spec: column 8: the expression ends where a value is expected'],
    ['close close', "spec: column 7: 'close' stands where an operator is expected"],
    ['macd(close)', 'spec: column 1: there are several outputs: macd, signal, histogram; name one'],
    ['macd(close).signl', "column 13: there is no output 'signl'; did you mean signal"],
    ['sma(close, close)', "column 12: 'n' is a number; sma(x, n)"],
    ['sma(close)', "column 1: 'sma' does not take 1 arguments; sma(x, n)"],
    ['sma(close, 0)', 'column 12: sma: 0 is not a whole number'],
    ['sma', "column 1: 'sma' is a function; sma(x, n)"],
    ["on('1 hour', close)", "column 4: 'timeframe' is a timeframe in quotes"],
    ['bars', 'column 1: this is not a value for each row'],
    ['', 'column 1: the expression ends where a value is expected'],
    ['a = b', "column 3: '=' cannot stand here; write == to compare"],
    ['constructor(close)', "there is no function 'constructor'"],
    ['toString', "there is no column 'toString'"],
  ])('%s is refused at its column', (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it.each([
    'lag(close, -1)',
    'diff(close, -2)',
    'logReturn(close, 0 - 3)',
    'close[1]',
    'lead(close, 1)',
    'lag(close, 0.5)',
  ])('cannot look ahead: %s', (text) => {
    expect(refusal(text)).toMatch(/look ahead|cannot be had|no function|not a whole number/);
  });

  it('never fails but with an error that names a column', () => {
    const words = [
      'close',
      'ema(',
      '(',
      ')',
      ',',
      '12',
      '-',
      '+',
      '^',
      '.',
      'line',
      'macd(',
      '{',
      '}',
      ':',
      'and',
      "'1h'",
      '[',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
        const message = refusal(parts.join(' '));
        expect(message === 'accepted' || /^spec: column \d+: /.test(message)).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(refusal('('.repeat(5000))).toContain('nested too deeply');
  });
});
