/** Reading some of the instruments of a data set is reading those of all of them. */
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/lib/data/index.ts';
import { barFields } from '../../src/lib/model/index.ts';
import { backtest } from '../../src/lib/runs/index.ts';

const seven = ['HD', 'AAPL', 'XOM', 'JNJ', 'MSFT', 'WMT', 'GE'];
const from = Date.UTC(2019, 5, 1);
const to = Date.UTC(2022, 11, 29);

describe('a read with symbols', () => {
  it('gives the rows of a full read, in the order of time, whichever instruments are asked for', async () => {
    const dataset = await openDataset('us-equities');
    const all = new Map((await dataset.read({ from, to })).map((one) => [one.instrument.symbol, one]));
    for (let first = 0; first < seven.length; first++) {
      const symbols = [...seven.slice(first), ...seven.slice(0, first)];
      const chosen = await dataset.read({ symbols, from, to });
      expect(chosen.map((one) => one.instrument.symbol)).toEqual(symbols);
      for (const one of chosen) {
        expect(one.time.every((time, row) => row === 0 || time > one.time[row - 1]!)).toBe(true);
        const whole = all.get(one.instrument.symbol)!;
        for (const field of barFields) expect(one[field]).toEqual(whole[field]);
      }
    }
  });

  it('makes the same run every time, to the byte', async () => {
    const options = { data: 'us-equities', symbols: seven, from: '2019-08-01', params: { lookback: 60 } };
    const runs = [];
    for (let k = 0; k < 3; k++) runs.push(await backtest('momentum', options));
    const [first, ...others] = runs.map(({ id, tables }) => ({
      id,
      tables: Object.entries(tables).map(([name, table]) => [name, table.names.map((column) => table.column(column))]),
    }));
    for (const other of others) expect(other).toEqual(first);
  });
});
