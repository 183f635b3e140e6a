import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable, tableFormats, writeTable } from '../../../src/lib/data/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const columns = {
  time: Float64Array.of(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2, 9, 30), Number.NaN),
  symbol: ['AAPL', 'a,"b"', 'two\nlines'],
  quantity: Float64Array.of(1, 2.5, 1e-7),
  maker: [true, false, true],
  pnl: Float64Array.of(Number.NaN, -3, 4e21),
};

describe('reading a table of results', () => {
  it.each(tableFormats)('gives back what was written as %s', async (format) => {
    const path = join(folder, `t.${format}`);
    const times =
      format === 'arrow' ? { ...columns, time: columns.time.map((t) => (Number.isNaN(t) ? 0 : t)) } : columns;
    await writeTable(path, times, format, { times: ['time'] });
    expect(await readTable(path)).toEqual(times);
  });

  it('keeps integers of Parquet as integers', async () => {
    const path = join(folder, 'ids.parquet');
    await writeTable(path, { id: Int32Array.of(3, -1) }, 'parquet');
    expect(await readTable(path)).toEqual({ id: Int32Array.of(3, -1) });
  });

  it('refuses what is missing, damaged or of no known ending', async () => {
    await expect(readTable(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'data/not-found' });
    for (const ending of ['json', 'parquet', 'arrow']) {
      const path = join(folder, `bad.${ending}`);
      writeFileSync(path, 'nothing of the kind');
      await expect(readTable(path)).rejects.toMatchObject({ code: 'data/unreadable' });
    }
    await expect(readTable(join(folder, 'bad.xlsx'))).rejects.toMatchObject({ code: 'usage/bad-option' });
  });
});
