import { describe, expect, it } from 'vitest';
import {
  atr,
  bars,
  bollinger,
  createWorkbench,
  crossRank,
  type Expr,
  ema,
  evaluateAll,
  highest,
  lowest,
  natr,
  on,
  rollingStdev,
  rollingVariance,
  sma,
  stochastic,
} from '../../src/lib/indicators/index.ts';
import { type Bars, instrument } from '../../src/lib/model/index.ts';
import { evaluate as evaluateColumns } from './evaluate.ts';
import { flatBars, randomBars } from './series.ts';

/** More rows than three of the tiles that a workbench works on. */
const ROWS = 50_000;
const { close } = bars;

const barsOf = (columns: ReturnType<typeof randomBars>): Bars => ({
  ...columns,
  instrument: instrument('X'),
  timeframe: '1h',
  closeOnly: false,
});

/** Windows that divide a tile and that do not, odd and even; a window that is longer than what fits beside a block. */
const expressions: Readonly<Record<string, Expr>> = {
  ...Object.fromEntries([5, 9, 20, 64, 255, 4096].map((n) => [`sma ${n}`, sma(close, n)])),
  ...Object.fromEntries([2, 14, 33, 1000].map((n) => [`highest ${n}`, highest(close, n)])),
  ...Object.fromEntries([2, 15, 5000].map((n) => [`lowest ${n}`, lowest(bars.low, n)])),
  ...Object.fromEntries([2, 14, 21].map((n) => [`atr ${n}`, atr(bars, n)])),
  stdev: rollingStdev(close, 20),
  variance: rollingVariance(close, 21),
  ema: ema(close, 20),
  natr: natr(bars, 14),
  upper: bollinger(close, 20, 2).upper,
  slow: stochastic(bars, 14, 3, 3).d,
};

function expectStepped(columns: ReturnType<typeof randomBars>): void {
  const desk = createWorkbench(barsOf(columns));
  const known = new Map<string, Float64Array>();
  for (const [name, values] of Object.entries(desk.evaluateAll(expressions))) {
    const stepped = evaluateColumns(expressions[name]!, columns, [ROWS], (kernel) => kernel.startStepped(), known);
    expect([name, stepped.findIndex((value, i) => !Object.is(value, values[i]))]).toEqual([name, -1]);
  }
}

describe('a workbench', () => {
  it('gives the values of the step to the bit', () => {
    expectStepped(randomBars(ROWS, 5));
  });

  it('does so over rows that are missing in several tiles', () => {
    const columns = randomBars(ROWS, 6);
    for (const row of [3, 16_384, 20_001, 40_000])
      for (const name of ['high', 'low', 'close'] as const) columns[name][row] = Number.NaN;
    expectStepped(columns);
  });

  it('does so over prices that never change', () => {
    expectStepped(flatBars(ROWS));
  });

  it('keeps results until they are cleared, and computes them again in the same memory', () => {
    const desk = createWorkbench(barsOf(randomBars(ROWS, 7)));
    const first = desk.evaluate(sma(close, 20));
    const copy = first.slice();
    desk.evaluate(highest(close, 50));
    expect(first).toEqual(copy);
    desk.clear();
    const again = desk.evaluate(sma(close, 20));
    expect([again.buffer === first.buffer, again.byteOffset]).toEqual([true, first.byteOffset]);
    expect(again).toEqual(copy);
  });

  it('takes results that it has no room for, and expressions that need more than rows, like evaluateAll', () => {
    const market = barsOf(randomBars(300, 8));
    const desk = createWorkbench(market);
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, k) => [`sma ${k + 2}`, sma(close, k + 2)]));
    const others = { daily: on('1d', sma(close, 3)), rank: crossRank(close) };
    for (const asked of [many, others]) expect(desk.evaluateAll(asked)).toEqual(evaluateAll(asked, [market])[0]);
  });
});
