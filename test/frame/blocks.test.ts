import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import {
  type BarColumns,
  type BarField,
  type Bars,
  type Block,
  instrument,
  sliceBars,
} from '../../src/lib/model/index.ts';
import { panel, randomBars, START } from '../market.ts';

type Seen = Readonly<Record<'at' | 'instrument' | BarField, number>>;

function barAt(columns: BarColumns, row: number): Record<BarField, number> {
  const { time, open, high, low, close, volume } = columns;
  return {
    time: time[row]!,
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
    volume: volume[row]!,
  };
}

function walk(bars: readonly Bars[], rowsPerBlock: number): Seen[] {
  const seen: Seen[] = [];
  for (const block of blocksFromBars(bars, { rowsPerBlock }).blocks()) {
    for (let k = 0; k < block.rows; k++) {
      const row = block.order[k]!;
      seen.push({ at: block.at[row]!, instrument: block.instrument[row]!, ...barAt(block, row) });
    }
  }
  return seen;
}

/** A panel whose instruments start, end and pause at different times. */
const ragged = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 5 })
  .map((spans) =>
    spans.map(([from, length], i) => {
      const bars = sliceBars(randomBars(100, i, { instrument: instrument(`S${i}`) }), from, from + length);
      const keep = [...bars.time.keys()].filter((r) => (r + i) % 7 !== 3);
      const pick = (c: Float64Array): Float64Array => Float64Array.from(keep, (r) => c[r]!);
      return {
        ...bars,
        time: pick(bars.time),
        open: pick(bars.open),
        high: pick(bars.high),
        low: pick(bars.low),
        close: pick(bars.close),
        volume: pick(bars.volume),
      };
    }),
  );

/** A panel whose instruments have all their times in common. */
const shared = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 60 }))
  .map(([instruments, rows]) => panel(['A', 'B', 'C', 'D', 'E'].slice(0, instruments), rows, 7));

describe('blocks of bars', () => {
  it('walk every row once, by completion time and then by instrument, whatever the block size', () => {
    fc.assert(
      fc.property(fc.oneof(ragged, shared), fc.integer({ min: 1, max: 200 }), (bars, rowsPerBlock) => {
        const expected = bars
          .flatMap((b, i) =>
            [...b.time.keys()].map((r) => ({
              at: b.time[r]! + 86_400_000,
              instrument: i,
              ...barAt(b, r),
            })),
          )
          .sort((a, b) => a.at - b.at || a.instrument - b.instrument);
        expect(walk(bars, rowsPerBlock)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('never split an instant over two blocks', () => {
    const bars = panel(['A', 'B', 'C'], 40, 1);
    let last = Number.NEGATIVE_INFINITY;
    for (const block of blocksFromBars(bars, { rowsPerBlock: 7 }).blocks()) {
      expect(block.at[block.order[0]!]!).toBeGreaterThan(last);
      last = block.at[block.order[block.rows - 1]!]!;
    }
  });

  it('name their instants where all instruments have a row at each', () => {
    const bars = panel(['A', 'B', 'C'], 40, 1);
    for (const { instants, at, order } of blocksFromBars(bars, { rowsPerBlock: 30 }).blocks())
      expect([...instants!].flatMap((time) => [time, time, time])).toEqual([...order].map((row) => at[row]));
    const [a, ...others] = bars as [Bars, ...Bars[]];
    for (const { instants } of blocksFromBars([sliceBars(a, 1, 40), ...others]).blocks())
      expect(instants).toBeUndefined();
  });

  it('of any rows of instruments with times in common are those that a source cut there would give', () => {
    const bars = panel(['A', 'B', 'C'], 50, 4);
    const { between } = blocksFromBars(bars);
    for (const [from, to] of [
      [0, 50],
      [7, 8],
      [20, 33],
    ] as const) {
      const cut = bars.map((one) => sliceBars(one, from, to));
      const [expected] = blocksFromBars(cut, { rowsPerBlock: 1000 }).blocks();
      const block = between!(from, to);
      for (const name of ['time', 'open', 'high', 'low', 'close', 'volume', 'at', 'instrument', 'order'] as const)
        expect(block[name], name).toEqual(expected![name]);
      expect([block.rows, block.starts, block.instants]).toEqual([
        expected!.rows,
        expected!.starts,
        expected!.instants,
      ]);
      expect([...block.whole!.first]).toEqual([from, from, from]);
    }
    expect(blocksFromBars([bars[0]!]).between).toBeUndefined();
    expect(blocksFromBars([bars[0]!, sliceBars(bars[1]!, 1, 50)]).between).toBeUndefined();
  });

  it('do not copy the columns of a single instrument', () => {
    const bars = randomBars(10, 1);
    const [block] = [...blocksFromBars([bars]).blocks()] as [Block];
    expect(block.close.buffer).toBe(bars.close.buffer);
  });

  it('order fractional times too', () => {
    const a = randomBars(3, 1, { instrument: instrument('A'), start: START + 0.25 });
    const b = randomBars(3, 2, { instrument: instrument('B') });
    expect(walk([a, b], 100).map((s) => s.instrument)).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it('complete monthly bars at the first of the next month', () => {
    const bars = { ...randomBars(1, 1), timeframe: '1M' as const, time: Float64Array.of(Date.UTC(2021, 1, 1)) };
    expect(walk([bars], 10)[0]!.at).toBe(Date.UTC(2021, 2, 1));
  });
});
