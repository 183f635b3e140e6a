/** `notebooks/first-steps.ipynb` runs: its cells as plain TypeScript always, under tslab and Jupyter where they can be installed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import type { Bars, Frame, LibraryRun } from 'sigma-quant';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { display, shown } from './display.ts';
import { type Executed, executeNotebook, jupyterProblem, run } from './jupyter.ts';
import { codeCells } from './notebook.ts';

const root = resolve(import.meta.dirname, '../..');
const path = join(root, 'notebooks', 'first-steps.ipynb');
const cells = codeCells(path);

type CellValues = {
  readonly prices: readonly Bars[];
  readonly indicators: Frame;
  readonly run: LibraryRun;
  readonly bySymbol: ColumnTable;
  readonly back: readonly Bars[];
};

/** All cells in one module, as a user would write them in a file, with what the tests look at exported. */
async function runCells(): Promise<CellValues> {
  const text = cells.map((cell) => cell.source).join('\n');
  const folder = join(root, '.cache', 'notebooks');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `first-steps.${process.pid}.ts`);
  const exported = 'export { prices, indicators, run, bySymbol, back };';
  const shim = JSON.stringify(join(import.meta.dirname, 'display.ts'));
  writeFileSync(file, `${text.replace("'tslab'", shim)}\n${exported}\n`);
  try {
    return await import(file);
  } finally {
    rmSync(file);
  }
}

let values: CellValues;
beforeAll(async () => {
  values = await runCells();
});

describe('the cells as one TypeScript module', () => {
  it('are committed without outputs', () => {
    expect(cells.length).toBeGreaterThan(5);
    expect(cells.flatMap((cell) => cell.outputs)).toEqual([]);
  });

  it('load three instruments over the same sessions', () => {
    expect(values.prices.map((p) => [p.instrument.symbol, p.time.length])).toEqual([
      ['AAPL', 3270],
      ['JPM', 3270],
      ['MSFT', 3270],
    ]);
  });

  it('compute an average that is the mean of the last fifty closes', () => {
    const close = values.indicators.numbers('close');
    const average = values.indicators.numbers('sma50');
    expect(average[48]).toBeNaN();
    for (const row of [49, 1000, 3269]) {
      const window = close.slice(row - 49, row + 1);
      expect(average[row]).toBeCloseTo(window.reduce((a, b) => a + b, 0) / 50, 9);
    }
  });

  it('run a backtest whose trades make up the final equity', () => {
    const { totals, trades } = values.run.result;
    const profit = trades.reduce((sum, trade) => sum + trade.pnl, 0);
    expect(totals.initial + profit - totals.interest).toBeCloseTo(totals.final, 4);
    expect(values.run.metrics['totalReturn']).toBeCloseTo(totals.final / totals.initial - 1, 12);
  });

  it('show tables and three charts', () => {
    expect(display).toBeDefined();
    expect(shown.filter((s) => s.type === 'html').length).toBe(5);
    const charts = shown.filter((s) => s.type === 'svg').map((s) => s.text);
    expect(charts).toHaveLength(3);
    for (const chart of charts) expect(chart).toMatch(/^<svg [\s\S]*<path [\s\S]*<\/svg>$/);
    expect(charts.every((chart) => !chart.includes('NaN'))).toBe(true);
  });

  it('sum the trades by instrument in arquero to the same profit', () => {
    const total = Array.from(values.bySymbol.array('pnl'), Number).reduce((sum, pnl) => sum + pnl, 0);
    expect(total).toBeCloseTo(
      values.run.result.trades.reduce((sum, trade) => sum + trade.pnl, 0),
      6,
    );
  });

  it('get the same bars back from Arrow', () => {
    expect(values.back.map((b) => b.instrument.symbol)).toEqual(values.prices.map((b) => b.instrument.symbol));
    values.back.forEach((b, i) => {
      expect(b.time).toEqual(values.prices[i]!.time);
      expect(b.close).toEqual(values.prices[i]!.close);
    });
  });
});

const problem = inject('buildProblem') || (await jupyterProblem());
if (problem !== '') console.warn(`first-steps.ipynb is not run under Jupyter here: ${problem}`);

describe.runIf(problem === '')('under tslab and Jupyter', () => {
  let executed: readonly Executed[];
  beforeAll(async () => {
    expect((await run(process.execPath, [join(root, 'scripts', 'setup.mjs')])).problem).toBe('');
    // The kernel type-checks each cell against the declarations of the package, so they have to be there.
    await run(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(root, 'tsconfig.build.json'),
    ]);
    executed = await executeNotebook(path);
  }, 300_000);

  const text = (id: string): string =>
    executed
      .filter((cell) => cell.id === id)
      .flatMap((cell) => cell.outputs.map((o) => o.text ?? ''))
      .join('');
  const media = (id: string): string[] =>
    executed.filter((cell) => cell.id === id).flatMap((cell) => cell.outputs.flatMap((o) => Object.keys(o.data ?? {})));

  it('runs every cell without an error', () => {
    expect(executed.map((cell) => cell.id)).toEqual(cells.map((cell) => cell.id));
    const errors = executed
      .filter((cell) => cell.status !== 'ok' || cell.outputs.some((o) => o.name === 'stderr'))
      .map((cell) => `${cell.id}: ${cell.status} ${cell.outputs.map((o) => o.text ?? o.evalue ?? '').join('')}`);
    expect(errors).toEqual([]);
  });

  it('shows tables as HTML and charts as SVG', () => {
    expect(media('look-code')).toEqual(['text/html']);
    expect(media('metrics-code')).toEqual(['text/html', 'text/html']);
    expect(media('charts-code')).toEqual(['image/svg+xml', 'image/svg+xml', 'image/svg+xml']);
  });

  it('prints what the library computes', () => {
    const { result } = values.run;
    expect(text('load-code')).toContain('AAPL 1d 3270 bars');
    const { trades, totals } = result;
    expect(text('backtest-code')).toContain(`${trades.length} trades, final equity ${Math.round(totals.final)}`);
    expect(text('arrow-code')).toContain('9810 rows through arquero, every close is the same');
  });
});
