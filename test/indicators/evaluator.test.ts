import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import {
  add,
  bars as b,
  bollinger,
  constant,
  createEvaluator,
  createInstantValues,
  crossCount,
  crossDemean,
  crossMean,
  crossRank,
  crossZscore,
  diff,
  type EvaluatorOptions,
  type Expr,
  ema,
  evaluate,
  evaluateAll,
  gt,
  highest,
  lag,
  logReturn,
  of,
  on,
  roc,
  type Scan,
  sessionVwap,
  sma,
  sub,
  where,
} from '../../src/lib/indicators/index.ts';
import { type Bars, type Block, instrument } from '../../src/lib/model/index.ts';
import { panel, randomBars } from '../market.ts';

const SYMBOLS = ['A', 'B', 'C', 'D'];

type Terms = Pick<EvaluatorOptions, 'universe' | 'sparse'> & {
  /** What the evaluator is given for a block of the bars. */
  readonly given?: (block: Block) => Block;
};

/** Evaluates over blocks of the given size and returns columns by instrument. */
function inBlocks(
  expressions: readonly Expr[],
  bars: readonly Bars[],
  rowsPerBlock: number,
  { given = (block) => block, ...terms }: Terms = {},
): Float64Array[][] {
  const evaluator = createEvaluator({ expressions, instruments: bars.map((x) => x.instrument), ...terms });
  const results = bars.map((x) => expressions.map(() => new Float64Array(x.time.length)));
  const written = bars.map(() => 0);
  for (const block of blocksFromBars(bars, { rowsPerBlock }).blocks()) {
    evaluator.evaluate(given(block));
    evaluator.completeAll();
    bars.forEach((_, i) => {
      const [from, to] = [block.starts[i]!, block.starts[i + 1]!];
      expressions.forEach((_, k) => {
        results[i]![k]!.set(evaluator.columns[k]!.subarray(from, to), written[i]!);
      });
      written[i]! += to - from;
    });
  }
  return results;
}

/** Bars without their first rows. */
function cut(bars: Bars, rows: number): Bars {
  const { time, open, high, low, close, volume } = bars;
  const [t, o, h, l, c, v] = [time, open, high, low, close, volume].map((column) => column.slice(rows));
  return { ...bars, time: t!, open: o!, high: h!, low: l!, close: c!, volume: v! };
}

describe('the evaluator', () => {
  it('gives the same bits whatever the size of the blocks', () => {
    const bars = panel(SYMBOLS, 120, 7, { timeframe: '1h' });
    const expressions = [
      ema(b.close, 5),
      on('4h', sma(b.close, 3)),
      on('1d', highest(b.high, 2)),
      of('C', roc(b.close, 2)),
      crossRank(roc(b.close, 3)),
      crossZscore(on('4h', roc(b.close, 2))),
      ema(crossDemean(b.volume), 4),
    ];
    const whole = inBlocks(expressions, bars, 1_000_000);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 300 }), (rows) => {
        expect(inBlocks(expressions, bars, rows)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same bits for values found at single instants as by a scan of all rows', () => {
    const whole = panel(SYMBOLS, 120, 7, { timeframe: '1h' });
    const expressions = [
      lag(b.close, 4),
      diff(b.open, 2),
      roc(b.close, 30),
      logReturn(b.close),
      crossRank(roc(b.close, 3)),
      crossRank(roc(lag(lag(b.close, 2), 5), 20)),
      crossZscore(diff(b.volume, 5)),
      sma(diff(b.close), 3),
    ];
    const late = whole.map((x, i) => (i === 1 ? cut(x, 17) : x));
    const gaps = whole.map((x, i) => ({
      ...x,
      close: x.close.map((c, k) => (i === 2 && k % 11 === 5 ? Number.NaN : c)),
    }));
    for (const bars of [whole, late, gaps]) {
      // A block that does not say where its rows came from has all of them scanned.
      const given = ({ rows, at, instrument, starts, order, time, open, high, low, close, volume }: Block): Block => {
        return { rows, at, instrument, starts, order, time, open, high, low, close, volume };
      };
      const scanned = inBlocks(expressions, bars, 1_000_000, { given });
      for (const rows of [4, 37, 150, 1_000_000])
        expect(inBlocks(expressions, bars, rows, { sparse: true })).toEqual(scanned);
    }
  });

  it('finds at any rows of a market without gaps, some of them at once, what a scan gives there', () => {
    const market = panel(SYMBOLS, 120, 7);
    const change = roc(b.close, 30);
    const expressions = [
      b.open,
      lag(b.close, 4),
      change,
      logReturn(lag(b.close, 3)),
      crossRank(change),
      crossZscore(sub(crossDemean(change), where(gt(b.close, lag(b.close, 7)), b.volume, 2))),
      add(change, 1),
    ];
    const complete = ['close'] as const;
    for (const universe of [undefined, gt(crossRank(diff(b.close, 9)), 0.3)]) {
      const scanned = inBlocks(expressions, market, 1_000_000, universe === undefined ? {} : { universe });
      const rows = [0, 3, 4, 29, 30, 31, 64, 118, 119];
      for (const most of [1, 4, 9]) {
        const values = createInstantValues({ expressions, universe, bars: market, complete, most })!;
        for (let from = 0; from < rows.length; from += most) {
          const some = rows.slice(from, from + most);
          values.find(Int32Array.from(some));
          some.forEach((row, d) => {
            market.forEach((_, i) => {
              expressions.forEach((__, k) => {
                expect(values.columns[k]![d * market.length + i], `${k}`).toBe(scanned[i]![k]![row]!);
              });
            });
          });
        }
      }
    }
  });

  it('does not find at single instants what needs its past, or a column that may have gaps', () => {
    const bars = panel(SYMBOLS, 20, 7);
    const made = (expression: Expr, universe?: Expr): unknown =>
      createInstantValues({ expressions: [expression], universe, bars, complete: ['close'], most: 1 });
    for (const e of [
      sma(b.close, 3),
      roc(sma(b.close, 3), 2),
      crossRank(ema(b.close, 3)),
      roc(b.volume, 2),
      on('1w', b.close),
    ])
      expect(made(e), e.key).toBeUndefined();
    expect(made(b.volume, sma(b.close, 2))).toBeUndefined();
    expect(made(b.volume, b.close)).toBeDefined();
  });

  it('shows a longer bar only once it is complete, and keeps it until the next', () => {
    const hourly = randomBars(72, 3, { timeframe: '1h' });
    const day = evaluate(on('1d', b.close), hourly);
    expect(day.subarray(0, 23).every(Number.isNaN)).toBe(true);
    expect(day[23]).toBe(hourly.close[23]);
    expect(day[46]).toBe(hourly.close[23]);
    expect(day[47]).toBe(hourly.close[47]);
    expect(evaluate(on('1d', b.high), hourly)[23]).toBe(Math.max(...hourly.high.subarray(0, 24)));
    expect(evaluate(on('1d', b.volume), hourly)[47]).toBe(hourly.volume.subarray(24, 48).reduce((x, y) => x + y, 0));
  });

  it('completes a longer bar late when its last base bars are missing', () => {
    const full = randomBars(48, 3, { timeframe: '1h' });
    const keep = [...full.time.keys()].filter((r) => r < 20 || r >= 26);
    const pick = (c: Float64Array): Float64Array => Float64Array.from(keep, (r) => c[r]!);
    const gappy = {
      ...full,
      time: pick(full.time),
      open: pick(full.open),
      high: pick(full.high),
      low: pick(full.low),
      close: pick(full.close),
      volume: pick(full.volume),
    };
    const day = evaluate(on('1d', b.close), gappy);
    expect(day[19]).toBeNaN();
    expect(day[20]).toBe(full.close[19]);
  });

  it('averages the price of each session by volume, from midnight or from another time of day', () => {
    const hourly = randomBars(72, 3, { timeframe: '1h' });
    const average = (from: number, to: number): number => {
      let [turnover, volume] = [0, 0];
      for (let r = from; r <= to; r++) {
        turnover += ((hourly.high[r]! + hourly.low[r]! + hourly.close[r]!) / 3) * hourly.volume[r]!;
        volume += hourly.volume[r]!;
      }
      return turnover / volume;
    };
    const hourOfDay = (r: number): number => (hourly.time[r]! / 3_600_000) % 24;
    const startOf = (r: number, hour: number): number => {
      while (r > 0 && hourOfDay(r) !== hour) r--;
      return r;
    };
    const fromMidnight = evaluate(sessionVwap(b), hourly);
    const fromNine = evaluate(sessionVwap(b, '1d', 9 * 3_600_000), hourly);
    for (let r = 0; r < 72; r++) {
      expect(fromMidnight[r]).toBeCloseTo(average(startOf(r, 0), r), 9);
      expect(fromNine[r]).toBeCloseTo(average(startOf(r, 9), r), 9);
    }
    expect(evaluate(b.time, hourly)).toEqual(hourly.time);
  });

  it('starts weeks on Monday and months on the first', () => {
    const daily = randomBars(60, 5);
    expect(evaluate(on('1w', b.open), daily)[6]).toBe(daily.open[0]);
    const monthly = evaluate(on('1M', b.close), daily);
    expect(monthly[26]).toBeNaN();
    expect(monthly[27]).toBe(daily.close[27]);
  });

  it('ranks ties by their mean and leaves NaN out', () => {
    const bars = panel(SYMBOLS, 1, 1).map((x, i) => ({ ...x, close: Float64Array.of([5, 7, 5, Number.NaN][i]!) }));
    const at = (e: Expr): number[] => evaluateAll({ v: e }, bars).map((r) => r['v']![0]!);
    expect(at(crossRank(b.close))).toEqual([0.25, 1, 0.25, Number.NaN]);
    expect(at(crossCount(b.close))).toEqual([3, 3, 3, Number.NaN]);
    expect(at(crossMean(b.close))[0]).toBeCloseTo(17 / 3, 14);
    expect(at(crossDemean(b.close))[1]).toBeCloseTo(7 - 17 / 3, 14);
    expect(at(crossZscore(b.close))[1]).toBeCloseTo((7 - 17 / 3) / Math.sqrt(4 / 3), 13);
  });

  it('takes cross-sections over the members of the universe alone', () => {
    const bars = panel(SYMBOLS, 1, 1).map((x, i) => ({
      ...x,
      close: Float64Array.of([1, 2, 3, 4][i]!),
      volume: Float64Array.of([0, 9, 9, 9][i]!),
    }));
    const ranks = inBlocks([crossRank(b.close)], bars, 100, { universe: gt(b.volume, 1) }).map((r) => r[0]![0]!);
    expect(ranks).toEqual([Number.NaN, 0, 0.5, 1]);
  });

  it('sees another instrument as of the instant, also when it pauses', () => {
    const [a, c] = panel(['A', 'B'], 4, 1) as [Bars, Bars];
    const paused = {
      ...c,
      instrument: instrument('B'),
      time: c.time.filter((_, r) => r !== 2),
      close: Float64Array.of(1, 2, 4),
    };
    const shortened = { ...paused, open: paused.close, high: paused.close, low: paused.close, volume: paused.close };
    expect(evaluateAll({ v: of('B', b.close) }, [a, shortened])[0]!['v']).toEqual(Float64Array.of(1, 2, 2, 4));
  });

  it('names the instruments there are when a signal looks at another', () => {
    expect(() => evaluate(of('Z', b.close), randomBars(3, 1))).toThrow(
      "'Z', which is not among the instruments of the run; the instruments are TEST",
    );
  });

  it('refuses other instruments inside a longer timeframe', () => {
    expect(() => evaluate(on('1d', of('TEST', b.close)), randomBars(3, 1))).toThrow('put on(timeframe, …) innermost');
  });

  it('computes a shared part once', () => {
    let started = 0;
    const slow = sma(b.close, 3);
    if (slow.kind !== 'kernel') throw new Error('sma is a kernel');
    const start = (): Scan => {
      started++;
      return slow.kernel.start();
    };
    const counted: Expr = { ...slow, kernel: { ...slow.kernel, start } };
    evaluate(add(counted, add(counted, 1)), randomBars(5, 1));
    expect(started).toBe(1);
  });

  it('gives columns of single instruments, whatever their length and timeframe, as blocks do', () => {
    const long = randomBars(40_000, 3);
    long.close[20_000] = Number.NaN;
    const market = [long, randomBars(500, 4, { timeframe: '1h' }), randomBars(0, 5)];
    const spread = sub(sma(b.close, 20), ema(b.close, 9));
    const { upper, percentB } = bollinger(b.close, 20, 2);
    const named = { spread, again: spread, smooth: ema(spread, 5), upper, percentB, close: b.close, one: constant(1) };
    const results = evaluateAll(named, market);
    market.forEach((bars, i) => {
      const [expected] = inBlocks(Object.values(named), [bars], 999);
      expect(Object.values(results[i]!)).toEqual(expected);
    });
  });

  it('gives every result a column of its own', () => {
    const bars = randomBars(30, 6);
    const [{ close, first, second }] = evaluateAll(
      { close: b.close, first: sma(b.close, 3), second: sma(b.close, 3) },
      [bars],
    ) as [Record<'close' | 'first' | 'second', Float64Array>];
    const last = second[29];
    close.fill(0);
    first.fill(0);
    expect([bars.close.includes(0), second[29]]).toEqual([false, last]);
  });
});
