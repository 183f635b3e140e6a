/** `notebooks/first-steps.ipynb`: load, indicators, backtest, metrics, charts, Arrow. */
import type { ColumnTable } from 'arquero';
import type { Bars, Frame, LibraryRun } from 'sigma-quant';
import { expect, it } from 'vitest';
import type { NotebookTests, Ran } from './notebook.ts';

type CellValues = {
  readonly prices: readonly Bars[];
  readonly indicators: Frame;
  readonly run: LibraryRun;
  readonly bySymbol: ColumnTable;
  readonly back: readonly Bars[];
};

export const firstSteps: NotebookTests<CellValues> = {
  name: 'first-steps',
  exported: ['prices', 'indicators', 'run', 'bySymbol', 'back'],
  tests: cells,
};

function cells(ran: () => Ran<CellValues>): void {
  it('load three instruments over the same sessions', () => {
    expect(ran().values.prices.map((p) => [p.instrument.symbol, p.time.length])).toEqual([
      ['AAPL', 3270],
      ['JPM', 3270],
      ['MSFT', 3270],
    ]);
  });

  it('compute an average that is the mean of the last fifty closes', () => {
    const close = ran().values.indicators.numbers('close');
    const average = ran().values.indicators.numbers('sma50');
    expect(average[48]).toBeNaN();
    for (const row of [49, 1000, 3269]) {
      const window = close.slice(row - 49, row + 1);
      expect(average[row]).toBeCloseTo(window.reduce((a, b) => a + b, 0) / 50, 9);
    }
  });

  it('run a backtest whose trades make up the final equity', () => {
    const { totals, trades } = ran().values.run.result;
    const profit = trades.reduce((sum, trade) => sum + trade.pnl, 0);
    expect(totals.initial + profit - totals.interest).toBeCloseTo(totals.final, 4);
    expect(ran().values.run.metrics['totalReturn']).toBeCloseTo(totals.final / totals.initial - 1, 12);
  });

  it('show tables and three charts', () => {
    const { shown } = ran();
    expect(shown.filter((s) => s.type === 'html').length).toBe(5);
    const charts = shown.filter((s) => s.type === 'svg').map((s) => s.text);
    expect(charts).toHaveLength(3);
    for (const chart of charts) expect(chart).toMatch(/^<svg [\s\S]*<path [\s\S]*<\/svg>$/);
    expect(charts.every((chart) => !chart.includes('NaN'))).toBe(true);
  });

  it('print what the library computes', () => {
    const printed = ran().shown.flatMap((s) => (s.type === 'text' ? [s.text] : []));
    const { trades, totals } = ran().values.run.result;
    expect(printed).toEqual([
      'AAPL 1d 3270 bars\n',
      'JPM 1d 3270 bars\n',
      'MSFT 1d 3270 bars\n',
      `${trades.length} trades, final equity ${Math.round(totals.final)}\n`,
      '9810 rows through arquero, every close is the same\n',
    ]);
  });

  it('sum the trades by instrument in arquero to the same profit', () => {
    const total = Array.from(ran().values.bySymbol.array('pnl'), Number).reduce((sum, pnl) => sum + pnl, 0);
    expect(total).toBeCloseTo(
      ran().values.run.result.trades.reduce((sum, trade) => sum + trade.pnl, 0),
      6,
    );
  });

  it('get the same bars back from Arrow', () => {
    expect(ran().values.back.map((b) => b.instrument.symbol)).toEqual(
      ran().values.prices.map((b) => b.instrument.symbol),
    );
    ran().values.back.forEach((b, i) => {
      expect(b.time).toEqual(ran().values.prices[i]!.time);
      expect(b.close).toEqual(ran().values.prices[i]!.close);
    });
  });
}
