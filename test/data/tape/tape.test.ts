import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Query, saveDataset } from '../../../src/lib/data/index.ts';
import { buildTape } from '../../../src/lib/data/tape/build-tape.ts';
import { openTape, type TapeOrigin } from '../../../src/lib/data/tape/open-tape.ts';
import { tapeBlocks } from '../../../src/lib/data/tape/read-tape.ts';
import { readIndex } from '../../../src/lib/data/tape/tape-format.ts';
import { blocksFromBars } from '../../../src/lib/frame/index.ts';
import type { Bars, Block, BlockSource } from '../../../src/lib/model/index.ts';
import { barsFixture } from '../bars-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const catalog = { folders: [folder] };

/** Instruments of different lengths and starts, some with holes. */
function uneven(count: number): Bars[] {
  return Array.from({ length: count }, (_, i) => {
    const bars = barsFixture(`S${String(i).padStart(2, '0')}`, 400 + 37 * i, {
      seed: i,
      timeframe: '1h',
      from: Date.UTC(2024, 0, 1 + (i % 5)),
    });
    if (i % 3 !== 0) return bars;
    const keep = (c: Float64Array): Float64Array => c.filter((_, r) => r % 11 !== 0);
    return {
      ...bars,
      time: keep(bars.time),
      open: keep(bars.open),
      high: keep(bars.high),
      low: keep(bars.low),
      close: keep(bars.close),
      volume: keep(bars.volume),
    };
  });
}

async function stored(name: string, bars: readonly Bars[]): Promise<TapeOrigin> {
  const dataset = await saveDataset({ name }, bars, { ...catalog, replace: true });
  return { meta: dataset.meta, folder: dataset.location, file: join(dataset.location, 'bars.parquet') };
}

/** Every event in time order with all that is known of it. */
function events(source: BlockSource | Iterable<Block>): number[][] {
  const blocks = Symbol.iterator in source ? source : source.blocks();
  const rows: number[][] = [];
  for (const b of blocks)
    for (const r of b.order)
      rows.push([b.at[r]!, b.instrument[r]!, b.time[r]!, b.open[r]!, b.high[r]!, b.low[r]!, b.close[r]!, b.volume[r]!]);
  return rows;
}

function inMemory(bars: readonly Bars[], { symbols, from = -Infinity, to = Infinity }: Query): number[][] {
  const chosen = symbols === undefined ? bars : symbols.map((s) => bars.find((b) => b.instrument.symbol === s)!);
  return events(blocksFromBars(chosen)).filter((e) => e[2]! >= from && e[2]! < to);
}

describe('a tape', () => {
  it('has the same events as the bars in memory, whole and in part', async () => {
    const bars = uneven(12);
    const origin = await stored('uneven', bars);
    const from = Date.UTC(2024, 0, 9, 5);
    const queries: Query[] = [
      {},
      { symbols: ['S07', 'S03'] },
      { from },
      { from, to: from + 86_400_000, symbols: ['S01'] },
    ];
    for (const query of queries) {
      const source = await openTape(origin, query);
      const expected = inMemory(bars, query);
      expect(events(source)).toEqual(expected);
      expect(source.rows).toBe(expected.length);
      expect(events(source)).toEqual(expected);
    }
    await expect(openTape(origin, { from: Date.UTC(2100, 0, 1) })).rejects.toMatchObject({ code: 'usage/empty-range' });
    await expect(openTape(origin, { symbols: ['S99'] })).rejects.toMatchObject({ code: 'usage/unknown-instrument' });
  });

  // Less memory than one instrument takes, enough for some of them, and enough for all.
  it.each([700, 2500, 1_000_000])(
    'splits time into blocks that never share an instant, also where instruments have equal times, with %i rows in memory',
    async (rowsInMemory) => {
      for (const bars of [uneven(7), [0, 1, 2].map((i) => barsFixture(`E${i}`, 1000, { seed: i, timeframe: '1m' }))]) {
        const { file, meta } = await stored('blocks', bars);
        const path = join(folder, 'small.bin');
        await buildTape(
          path,
          {
            file,
            symbols: meta.instruments.map((i) => i.symbol),
            timeframe: meta.timeframe,
            closeOnly: false,
            key: 'k',
          },
          { rowsPerBlock: 256, rowsInMemory },
        );
        const fd = openSync(path, 'r');
        const tape = readIndex(fd, 'k')!;
        closeSync(fd);
        expect(tape.index.blocks.length).toBeGreaterThan(5);
        expect(tape.index.blocks.every((b, i, all) => i === 0 || b.first > all[i - 1]!.last)).toBe(true);
        expect(tape.index.blocks.every((b) => b.rows <= 300 && b.offset % 64 === 0)).toBe(true);
        expect(events(tapeBlocks(path, tape, meta.timeframe))).toEqual(inMemory(bars, {}));
      }
    },
  );

  it('keeps only times and closes of close-only bars', async () => {
    const bars = [barsFixture('A', 500, { closeOnly: true }), barsFixture('B', 500, { closeOnly: true, seed: 2 })];
    const source = await openTape(await stored('closes', bars));
    expect(source.closeOnly).toBe(true);
    expect(events(source)).toEqual(inMemory(bars, {}));
  });

  it('is used again while it is whole, and built again when it is torn, damaged or stale', async () => {
    const bars = uneven(3);
    const origin = await stored('cached', bars);
    await openTape(origin);
    const cache = join(origin.folder, '.cache');
    const path = (): string => join(cache, readdirSync(cache).find((n) => n.startsWith('tape-'))!);
    const written = statSync(path()).ino;
    await openTape(origin);
    expect(statSync(path()).ino).toBe(written);

    truncateSync(path(), statSync(path()).size - 100);
    expect(events(await openTape(origin))).toEqual(inMemory(bars, {}));
    appendFileSync(path(), 'x');
    expect(events(await openTape(origin))).toEqual(inMemory(bars, {}));
    writeFileSync(path(), 'nothing');
    expect(events(await openTape(origin))).toEqual(inMemory(bars, {}));

    const changed = [barsFixture('S00', 50)];
    const replaced = await stored('cached', changed);
    expect(existsSync(join(replaced.folder, '.cache'))).toBe(false);
    expect(events(await openTape(replaced))).toEqual(inMemory(changed, {}));
    expect(readdirSync(cache)).toHaveLength(1);
    expect(readFileSync(path()).subarray(-64).toString()).toContain('sigma-tape');
  });
});
