/** Stored runs against each other: what changed, where results part, what to try. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredRun } from '../../src/lib/registry/index.ts';
import { comparisonSvg, overlayPlot, renderComparisonHtml } from '../../src/lib/report/index.ts';
import { adviceOf } from '../../src/lib/runs/advice.ts';
import { backtest, compareRuns, compareStoredRuns, comparisonView, openRuns } from '../../src/lib/runs/index.ts';
import { randomBars } from '../market.ts';
import { makeView } from '../report/fixture.ts';

const strategy = (rule: string): string => `import { defineStrategy, integer, sma } from 'sigma-quant';
export default defineStrategy({
  name: 'cross',
  params: { slow: integer({ default: 20, min: 2, max: 100 }) },
  signals: ({ close }, p) => ({ fast: sma(close, 5), slow: sma(close, p.slow) }),
  target: (row) => (${rule} ? 1 : 0),
});
`;

/** Finished runs whose Sharpe ratio is a tenth of a parameter, with a little noise. */
const views = (slow: readonly number[]) =>
  slow.map((value, k) => ({
    ...makeView({ bars: 40, benchmark: false }),
    id: `run ${k}`,
    params: { slow: value, fixed: 1 },
    metrics: { sharpe: value / 10 + (k % 2) / 10 },
  }));

let folder = '';
const runs: StoredRun[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-compare-'));
  writeFileSync(join(folder, 'a.ts'), strategy('row.fast > row.slow'));
  writeFileSync(join(folder, 'b.ts'), strategy('row.fast > row.slow * 1.01'));
  const options = { data: randomBars(600, 3), store: folder } as const;
  const made = [
    await backtest(join(folder, 'a.ts'), options),
    await backtest(join(folder, 'b.ts'), options),
    await backtest(join(folder, 'a.ts'), { ...options, fees: { kind: 'bps', maker: 30, taker: 30 } }),
  ];
  for (const slow of [10, 15, 25, 30, 35])
    made.push(await backtest(join(folder, 'a.ts'), { ...options, params: { slow } }));
  const store = openRuns(folder);
  for (const { id } of made) runs.push(await store.load(id));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('comparing stored runs', () => {
  it('sorts what changed into parameters, data, code and config', async () => {
    const keys = async (other: number) => {
      const { changes } = await compareStoredRuns([runs[0]!, runs[other]!]);
      return Object.fromEntries(
        Object.entries(changes).map(([about, lines]) => [about, lines.map((line) => line.key)]),
      );
    };
    expect(await keys(1)).toMatchObject({ parameters: [], code: ['strategy.codeHash'], config: [] });
    expect(await keys(2)).toMatchObject({
      code: [],
      config: ['config.execution.fees.maker', 'config.execution.fees.taker'],
    });
    expect(await keys(3)).toMatchObject({ parameters: ['params.slow'], code: [], config: [] });
  });

  it('says the range in days', () => {
    const over = (from: number, to: number): StoredRun => {
      const { manifest } = runs[0]!;
      return { ...runs[0]!, manifest: { ...manifest, config: { ...(manifest.config as object), from, to } } };
    };
    const { settings } = compareRuns([over(Date.UTC(2021, 0, 4), Date.UTC(2022, 0, 1)), runs[0]!]);
    const values = (key: string) => settings.find((line) => line.key === key)?.values;
    expect(values('config.from')).toEqual(['2021-01-04', '']);
    expect(values('config.to')).toEqual(['2021-12-31', '']);
  });

  it('shows the lines of code that changed, though what is stored is minified', async () => {
    const { against } = await compareStoredRuns(runs.slice(0, 3));
    expect(against[0]?.code?.unified).toMatch(/^\+.*1\.01/m);
    expect(against[1]?.code).toEqual({ added: 0, removed: 0, unified: '' });
  });

  it('finds the first fill, trade and value that are not the same', async () => {
    const { against } = await compareStoredRuns([runs[0]!, runs[2]!]);
    const fill = against[0]!.diverges.find((one) => one.table === 'fills');
    const first = (await runs[0]!.table('fills')).numbers('time')[0];
    // Fees differ from the first fill on; the fill itself is at the same price.
    expect(fill).toMatchObject({ row: 0, time: first, symbol: 'TEST' });
    const [a, b] = [fill!.first, fill!.other];
    expect(a.split(', fee')[0]).toBe(b.split(', fee')[0]);
    expect(a).not.toBe(b);
    const equity = against[0]!.diverges.find((one) => one.table === 'equity')!;
    expect(equity.time).toBeGreaterThanOrEqual(first!);
    expect(Number(equity.first)).toBeGreaterThan(Number(equity.other));
    expect(against[0]!.diverges.map((one) => one.time)).toEqual(
      against[0]!.diverges.map((one) => one.time).sort((x, y) => x - y),
    );
  });

  it('has no divergence of a run from itself', async () => {
    const { against } = await compareStoredRuns([runs[0]!, runs[0]!]);
    expect(against[0]?.diverges).toEqual([]);
    expect(comparisonView(await compareStoredRuns([runs[0]!, runs[0]!])).divergence).toEqual([
      'B has the same fills, trades and equity as A',
    ]);
  });

  it('says which parameter mattered once there are runs enough, and which cost weighs most', async () => {
    const { advice } = await compareStoredRuns([runs[0]!, ...runs.slice(3)]);
    expect(advice.filter((one) => one.about === 'cost')).toHaveLength(6);
    expect(advice.find((one) => one.about === 'cost')?.text).toMatch(/of all costs is fees .*trade less often/);
    const few = adviceOf(views([10, 10, 20, 20, 30]));
    expect(few.filter((one) => one.about === 'parameter')).toEqual([]);
    const many = adviceOf(views([10, 10, 20, 20, 30, 30, 40, 40]));
    expect(many.filter((one) => one.about === 'parameter').map((one) => one.text)).toEqual([
      'slow explains 100% of the variance of the Sharpe ratio over 8 runs; best at 40 (mean 4.05)',
    ]);
  });

  it('is drawn in the terminal, as a picture and as a page of its own', async () => {
    const comparison = await compareStoredRuns(runs.slice(0, 3));
    const view = comparisonView(comparison);
    const plot = overlayPlot(view.lines, { width: 80 }).split('\n');
    expect(plot).toHaveLength(13);
    expect(plot.join('')).toMatch(/A[\s\S]*[BC]/);
    expect(Math.max(...plot.map((line) => line.length))).toBeLessThanOrEqual(80);
    const svg = comparisonSvg(view.lines);
    expect(svg.match(/<path class="line /g)).toHaveLength(3);
    const page = renderComparisonHtml(view);
    expect(page).toContain('3 runs compared');
    expect(page).toContain('Where they part');
    // Nothing is fetched: no address but the namespace of SVG.
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|src=|@import/);
    expect(renderComparisonHtml(view)).toBe(page);
  });
});
