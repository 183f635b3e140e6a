import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { columnsFromArrow, columnsToArrow, fromArrow, toArrow, toArrowIpc } from '../../../src/lib/data/index.ts';
import { barsFixture } from '../bars-fixture.ts';

describe('Arrow', () => {
  const bars = [barsFixture('AAA', 50), barsFixture('BBB', 30, { seed: 2 })];

  it('carries bars there and back, as a table and as IPC bytes', async () => {
    for (const source of [await toArrow(bars), await toArrowIpc(bars)]) {
      const read = await fromArrow(source);
      expect(read.map((b) => b.instrument.symbol)).toEqual(['AAA', 'BBB']);
      for (const [i, b] of read.entries())
        for (const field of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
          expect(Array.from(b[field])).toEqual(Array.from(bars[i]![field]));
    }
  });

  it('shares the memory of one instrument', async () => {
    const table = await toArrow(bars.slice(0, 1));
    expect(table.getChild('close')!.toArray().buffer).toBe(bars[0]!.close.buffer);
  });

  it('reads tables of other programs, with rows of symbols mixed', async () => {
    const table = tableFromArrays({
      timestamp: Float64Array.of(1704067200000, 1704067200000, 1704153600000),
      ticker: ['B', 'A', 'B'],
      Close: Float64Array.of(1, 2, 3),
    });
    const read = await fromArrow(table, { timeframe: '1d' });
    expect(read.map((b) => [b.instrument.symbol, ...b.close])).toEqual([
      ['A', 2],
      ['B', 1, 3],
    ]);
  });

  it('keeps texts, flags and whole numbers of a table', async () => {
    const columns = {
      id: Int32Array.of(1, 2),
      side: ['buy', 'sell'],
      open: [true, false],
      price: Float64Array.of(1.5, Number.NaN),
    };
    expect(await columnsFromArrow(await columnsToArrow(columns))).toEqual(columns);
  });

  it('says when bytes are not Arrow', async () => {
    await expect(fromArrow(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).rejects.toMatchObject({
      code: 'data/unreadable',
    });
  });
});
