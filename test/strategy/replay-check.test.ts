import { describe, expect, it } from 'vitest';
import { type Bars, DAY, instrument } from '../../src/lib/model/index.ts';
import { checkReplays, type Replay, requireNoLookAhead } from '../../src/lib/strategy/index.ts';

/** A wave of closes, one a day. */
function series(symbol: string, rows: number, phase: number, firstDay = 0): Bars {
  const time = Float64Array.from({ length: rows }, (_, r) => (firstDay + r) * DAY);
  const close = time.map((t) => 100 + 10 * Math.sin(t / DAY / 5 + phase));
  return {
    instrument: instrument(symbol),
    timeframe: '1d',
    closeOnly: true,
    time,
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
  };
}
const market = [series('AAA', 200, 0), series('BBB', 150, 1, 50)];

/** Each instrument's closes turned into one column. */
const column =
  (name: string, of: (close: Float64Array) => (row: number) => number): Replay =>
  (bars) =>
    bars.map((b) => {
      const at = of(b.close);
      return { [name]: b.close.map((_, row) => at(row)) };
    });

const mean = column(
  'mean',
  (c) => (r) => (r < 4 ? Number.NaN : (c[r]! + c[r - 1]! + c[r - 2]! + c[r - 3]! + c[r - 4]!) / 5),
);
/** An exponential average seeded with the first close. */
const smooth = column('smooth', (c) => {
  let level = c[0]!;
  return (r) => {
    level += 0.2 * (c[r]! - level);
    return level;
  };
});

describe('checkReplays', () => {
  it('finds nothing in a strategy that sees the past only', () => {
    const check = checkReplays(market, mean, { warmup: 4 });
    expect(check.lookAhead).toEqual([]);
    expect(check.unrepeatable).toEqual([]);
    expect(check.warmup).toEqual([{ column: 'mean', largest: 0, settledAfter: 0 }]);
    expect(check.cuts).toHaveLength(5);
    expect(check.compared).toBeGreaterThan(700);
    expect(() => requireNoLookAhead(check, 'mean')).not.toThrow();
  });

  it('finds tomorrow in today, and names column, instrument and bar', () => {
    const peek = column('next', (c) => (r) => c[r + 1] ?? Number.NaN);
    const check = checkReplays(market, peek, { warmup: 0, cuts: 1 });
    expect(check.lookAhead).toHaveLength(1);
    expect(check.lookAhead[0]).toMatchObject({ column: 'next', symbol: 'AAA', time: 99 * DAY, cut: 100 * DAY });
    expect(() => requireNoLookAhead(check, 'peek')).toThrow(
      expect.objectContaining({ code: 'strategy/look-ahead', where: 'peek at AAA 1970-04-10' }),
    );
  });

  it('finds a normalisation over the whole sample', () => {
    const scaled = column('scaled', (c) => {
      const top = Math.max(...c);
      return (r) => c[r]! / top;
    });
    expect(checkReplays([series('AAA', 200, 0)], scaled, { warmup: 0, cuts: 40 }).lookAhead).toHaveLength(1);
  });

  it('finds another instrument read ahead of time', () => {
    const cross: Replay = ([a, b]) => [
      { other: a!.close.map((_, r) => b?.close.at(r) ?? Number.NaN) },
      { other: b!.close.map(() => 0) },
    ];
    expect(checkReplays(market, cross, { warmup: 0 }).lookAhead[0]).toMatchObject({ column: 'other', symbol: 'AAA' });
  });

  it('tells state kept between runs apart from look-ahead', () => {
    let runs = 0;
    const stateful = column('count', () => {
      const run = ++runs;
      return () => run;
    });
    const check = checkReplays(market, stateful, { warmup: 0 });
    expect(check.unrepeatable[0]).toMatchObject({
      column: 'count',
      whole: 1,
      truncated: 3,
      cut: Number.POSITIVE_INFINITY,
    });
  });

  it('measures how long a recursive average remembers where it started', () => {
    const [dependence] = checkReplays(market, smooth, { warmup: 0 }).warmup;
    // (1 - 0.2)^n of a difference below a fifth of the level falls under 1e-6 after about 55 bars.
    expect(dependence?.largest).toBeGreaterThan(0.01);
    expect(dependence?.settledAfter).toBeGreaterThan(30);
    expect(dependence?.settledAfter).toBeLessThan(70);
  });

  it('says when the start is never forgotten', () => {
    const total = column('total', (c) => {
      let sum = 0;
      return (r) => {
        sum += c[r]!;
        return sum;
      };
    });
    expect(checkReplays(market, total, { warmup: 10 }).warmup[0]?.settledAfter).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts a value that appears late as wholly different', () => {
    expect(checkReplays(market, mean, { warmup: 2 }).warmup).toEqual([{ column: 'mean', largest: 1, settledAfter: 2 }]);
  });

  it('does not mind a replay that reuses its columns', () => {
    const reused = new Float64Array(200);
    const reusing: Replay = (bars) => {
      reused.set(bars[0]!.close);
      return [{ close: reused }];
    };
    expect(checkReplays([market[0]!], reusing, { warmup: 0 }).lookAhead).toEqual([]);
  });

  it('refuses what cannot be cut', () => {
    const nothing = checkReplays.bind(null, [series('AAA', 1, 0)], mean, { warmup: 0 });
    expect(nothing).toThrow(expect.objectContaining({ code: 'data/empty' }));
  });
});
