import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChartOf, priceChartOf } from '../../src/lib/report/charts.ts';
import { lineOf, priceOf, tradesOf } from '../../src/lib/report/client/unpack.ts';
import { payload } from '../../src/lib/report/html/payload.ts';
import { tradeRows } from '../../src/lib/report/html/trades.ts';
import { drawTradeRows, filterTrades, sortTrades, tradeColumns } from '../../src/lib/report/trade-rows.ts';
import { makeView } from './fixture.ts';

const view = makeView({ tag: 'signal' });
const rows = tradeRows(view);
const any = { text: '', side: '', outcome: '' } as const;

describe('the trade table', () => {
  it('sorts by any column both ways, missing values last', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tradeColumns.map((column) => column.key)), fc.boolean(), (key, descending) => {
        const sorted = sortTrades(rows, key, descending);
        expect(new Set(sorted)).toEqual(new Set(rows));
        const present = sorted.map((row) => row[key]).filter((value) => !Number.isNaN(value));
        for (let i = 1; i < present.length; i++) {
          const [a, b] = descending ? [present[i]!, present[i - 1]!] : [present[i - 1]!, present[i]!];
          expect(a <= b).toBe(true);
        }
        if (key === 'exitTime') expect(sorted.at(-1)?.exitTime).toBeNaN();
      }),
    );
  });

  it('filters by text, side and outcome', () => {
    expect(filterTrades(rows, { ...any, text: ' ko ' }).every((row) => row.symbol === 'KO')).toBe(true);
    expect(filterTrades(rows, { ...any, text: 'SIGN' })).toHaveLength(rows.length);
    expect(filterTrades(rows, { ...any, text: '2021-' }).length).toBeLessThan(rows.length);
    const parts = (['win', 'loss', 'open'] as const).map((outcome) => filterTrades(rows, { ...any, outcome }).length);
    expect(parts[0]! + parts[1]! + parts[2]!).toBe(rows.length);
    expect(Math.min(...parts)).toBeGreaterThan(0);
    expect(filterTrades(rows, { ...any, side: 'short' }).every((row) => row.side === 'short')).toBe(true);
  });

  it('shows an open trade as open, and escapes what users wrote', () => {
    const open = rows.filter((row) => Number.isNaN(row.exitTime)).slice(0, 1);
    expect(drawTradeRows(open)).toContain('<td>open</td>');
    expect(drawTradeRows([{ ...rows[0]!, tag: '<b>' }])).toContain('&lt;b&gt;');
  });
});

describe('the data a page carries', () => {
  const data = payload(view);
  const back = tradesOf(data.trades);

  it('gives the trades back to the digits shown', () => {
    expect(drawTradeRows(back)).toBe(drawTradeRows(rows));
  });

  it('gives lines and prices back to the pixel', () => {
    for (const packed of data.lines) {
      const chart = lineChartOf(view, packed.id as Parameters<typeof lineChartOf>[1]);
      expect(lineOf(packed).time).toEqual(chart?.time);
      for (const [s, series] of lineOf(packed).series.entries()) {
        for (const [i, value] of series.values.entries()) {
          const given = chart!.series[s]!.values[i]!;
          expect(Number.isNaN(given) ? Number.isNaN(value) : Math.abs(value - given) < 0.01).toBe(true);
        }
      }
    }
    const packed = data.prices[0]!;
    const [chart, given] = [priceOf(packed, back), priceChartOf(view, packed.symbol)!];
    expect(chart.marks).toHaveLength(given.marks.length);
    for (const [i, value] of chart.candles!.high.entries()) expect(value).toBeCloseTo(given.candles!.high[i]!, 2);
  });
});
