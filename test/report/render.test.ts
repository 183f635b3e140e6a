import { describe, expect, it } from 'vitest';
import { fillRecords, tradeRecords } from '../../src/lib/model/index.ts';
import { clientScript } from '../../src/lib/report/client-script.ts';
import {
  chartSvg,
  type RunView,
  renderChart,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderTerminal,
  reviewRun,
  runDocument,
  warnings,
} from '../../src/lib/report/index.ts';
import { clientModule } from './bundle-client.ts';
import { makeView } from './fixture.ts';

const view = makeView();
const empty = makeView({ bars: 1 });
const hourly = makeView({ hourly: true, bars: 3000, synthetic: true });
const evil = '<script>alert(1)</script>|`\u001b[2J';

function withResult(change: Partial<RunView['result']>): RunView {
  return { ...view, result: { ...view.result, ...change } };
}

describe('the terminal summary', () => {
  const lines = renderTerminal(view).split('\n');

  it('keeps within 80 characters, commands apart', () => {
    const long = lines.filter((line) => [...line].length > 80 && !line.startsWith('   $ '));
    expect(long).toEqual([]);
  });

  it('shows what was run and the figures of the metrics', () => {
    const text = lines.join('\n');
    for (const part of [
      'momentum',
      'lookback=40',
      'Total return',
      'Sharpe',
      'Max drawdown',
      'Monthly returns',
      '2022',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Sharpe +\[-?\d+\.\d+ to -?\d+\.\d+\] -?\d+\.\d+/);
  });

  it('colours only when asked', () => {
    expect(renderTerminal(view)).not.toContain('\u001b');
    expect(renderTerminal(view, { color: true })).toContain('\u001b[');
  });

  it('stays within ASCII without Unicode', () => {
    expect(renderTerminal(view, { unicode: false })).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('labels synthetic data, and gives years where months do not fit', () => {
    expect(renderTerminal(hourly).split('\n')[0]).toMatch(/SYNTHETIC DATA$/);
    expect(renderTerminal(view, { width: 60 })).toContain('Yearly returns');
  });

  it('passes no control characters of the data on', () => {
    expect(renderTerminal(makeView({ strategy: evil }))).not.toContain('\u001b');
  });

  it('survives a run of one bar', () => {
    expect(renderTerminal(empty)).toContain('Only 0 closed trades');
  });
});

describe('warnings', () => {
  it('name what limits belief in the run', () => {
    const partial: RunView = {
      ...withResult({ ended: 'interrupted', ambiguousBars: 3, trades: tradeRecords(view.result.trades.slice(0, 1)) }),
      status: 'partial',
      dataset: { ...view.dataset, synthetic: true, hindsight: true, closeOnly: true },
      metrics: { ...view.metrics, psr: 0.5 },
    };
    const text = warnings(partial).join('\n');
    for (const part of [
      'Partial run',
      'Synthetic',
      'survivorship bias',
      'Close-only',
      '3 bars',
      'Only 1 closed trade:',
      '50.0%',
    ]) {
      expect(text).toContain(part);
    }
    const bounded = { ...partial, bounds: { pessimistic: 90_000, optimistic: 110_000, ambiguousBars: 3 } };
    expect(warnings(bounded).join('\n')).toContain('between 90,000 and 110,000');
    expect(warnings(withResult({ ended: 'drawdown limit' })).join('\n')).toContain('drawdown limit');
  });

  it('name margin calls, whose fills are of no order', () => {
    const called = (rows: readonly number[]): string[] =>
      warnings(
        withResult({
          fills: fillRecords(view.result.fills.map((fill, i) => ({ ...fill, order: rows.includes(i) ? -1 : 1 }))),
        }),
      ).filter((text) => text.includes('margin call'));
    const day = new Date(view.result.fills.columns.time[2]!).toISOString().slice(0, 10);
    expect(called([])).toEqual([]);
    expect(called([2])).toEqual([`A margin call closed all positions on ${day}.`]);
    expect(called([2, view.result.fills.length - 1])).toEqual([
      `2 margin calls closed all positions, the first on ${day}.`,
    ]);
  });
});

describe('the HTML report', () => {
  const html = renderHtml(view);

  it('is the same bytes for the same view', () => {
    expect(renderHtml(makeView())).toBe(html);
  });

  it('refers to nothing outside itself', () => {
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|@import|url\(/);
  });

  it('escapes every text of the run', () => {
    const page = renderHtml({
      ...makeView({ strategy: evil, tag: evil }),
      description: evil,
      params: { [evil]: evil },
    });
    expect(page).not.toContain('<script>alert');
  });

  it('stays under 1.5 MB for twenty instruments over thirty years', () => {
    const symbols = Array.from({ length: 20 }, (_, i) => `S${i}`);
    const page = renderHtml(makeView({ symbols, bars: 8300, lookback: 120, closeOnly: true }));
    expect(page.length).toBeLessThan(1.5e6);
    expect(page).toContain('points are drawn, extremes kept');
  });

  it('samples intraday runs by day for rolling measures and returns', () => {
    expect(renderHtml(hourly)).toContain('Distribution of daily returns');
    expect(renderHtml(hourly)).toContain('SYNTHETIC DATA');
  });

  it('survives a run without trades, bars, quality or benchmark, and shows a manifest', () => {
    const bare = { ...makeView({ bars: 1, benchmark: false }), bars: [], quality: [], manifest: { seed: 1 } };
    const page = renderHtml(bare);
    expect(page).toContain('No trades were made');
    expect(page).toContain('not enough data');
    expect(page).toContain('&quot;seed&quot;: 1');
  });

  it('carries the script of the current sources', async () => {
    const module = await clientModule();
    expect(module).toContain(JSON.stringify(clientScript).slice(1, 60));
    const literals = [...module.matchAll(/^ {2}(".*"),$/gm)].map(([, text]) => JSON.parse(text ?? '""'));
    expect(literals.join('')).toBe(clientScript);
  });
});

describe('the JSON document', () => {
  it('carries totals, metrics and every record, with null for what is missing', () => {
    const document = JSON.parse(renderJson(view));
    expect(document.schema).toBe('sigma.run/1');
    expect(document.totals).toEqual(view.result.totals);
    expect(document.trades).toHaveLength(view.result.trades.length);
    expect(document.trades.at(-1).exitTime).toBeNull();
    expect(document.equity.equity).toEqual(Array.from(view.result.equity.equity));
    expect(document.metrics.sharpe).toBe(view.metrics['sharpe']);
    expect(document.equity.time[0]).toBe('2021-01-02T00:00:00.000Z');
  });

  it('has no NaN for an empty run', () => {
    expect(JSON.parse(renderJson(empty)).metrics.sharpe).toBeNull();
    expect(runDocument(empty)['period']).toBeDefined();
  });
});

describe('Markdown', () => {
  it('has the figures in tables, and insights with commands', () => {
    const text = renderMarkdown(view);
    expect(text).toMatch(/^# momentum\n/);
    expect(text).toContain('| Total return |');
    expect(text).toContain('sigma backtest --strategy momentum');
  });

  it('escapes names', () => {
    expect(renderMarkdown(makeView({ strategy: evil })).split('\n')[0]).not.toContain('<script>');
  });
});

describe('images', () => {
  it('draw each chart as SVG in fixed colours', () => {
    for (const id of [
      'equity',
      'drawdown',
      'sharpe',
      'volatility',
      'beta',
      'exposure',
      'yearly',
      'distribution',
      'price',
    ] as const) {
      const svg = chartSvg(view, id);
      expect(svg).toMatch(/^<svg .*<\/svg>$/s);
      expect(svg).not.toContain('var(--');
    }
  });

  it('say SYNTHETIC where the data is', () => {
    expect(chartSvg(hourly, 'equity', { dark: true })).toContain('SYNTHETIC DATA');
  });

  it('come as PNG of twice the size', async () => {
    const png = await renderChart(view, 'equity', 'png', { width: 400, height: 200 });
    expect(Buffer.from(png.subarray(0, 8)).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(800);
    expect(new TextDecoder().decode(await renderChart(view, 'equity', 'svg'))).toContain('<svg');
  });

  it('refuse what the run does not have', () => {
    expect(() => chartSvg(makeView({ benchmark: false }), 'beta')).toThrow('no benchmark');
    expect(() => chartSvg(view, 'price', { symbol: 'NOPE' })).toThrow('NOPE');
  });
});

describe('the review before publishing', () => {
  const codes = (v: RunView, documents = {}): string[] => reviewRun(v, documents).map((finding) => finding.code);
  const { totals, equity, trades } = view.result;

  it('passes a sound run and its documents', () => {
    const documents = { terminal: renderTerminal(view), html: renderHtml(view), json: renderJson(view) };
    expect(reviewRun(view, documents)).toEqual([]);
  });

  it('finds money that appeared from nowhere', () => {
    expect(codes(withResult({ totals: { ...totals, realised: totals.realised + 1 } }))).toContain('review/identity');
    expect(codes(withResult({ totals: { ...totals, fees: totals.fees + 1 } }))).toContain('review/fees');
    expect(codes(withResult({ equity: { ...equity, cash: equity.cash.map((c) => c + 1) } }))).toContain(
      'review/curve-identity',
    );
    expect(codes(withResult({ equity: { ...equity, equity: equity.equity.map((e) => e + 1) } }))).toContain(
      'review/final-equity',
    );
  });

  it('finds records that contradict each other', () => {
    const first = trades.at(0)!;
    const swap = (trade: typeof first) => withResult({ trades: tradeRecords([trade, ...trades.slice(1)]) });
    expect(codes(swap({ ...first, pnl: first.pnl + 1 }))).toContain('review/trade-profit');
    expect(codes(swap({ ...first, exitTime: first.entryTime - 1 }))).toContain('review/trade-times');
    expect(codes(withResult({ trades: tradeRecords(trades.slice(1)) }))).toContain('review/trade-sum');
    expect(codes(withResult({ equity: { ...equity, time: equity.time.toReversed() } }))).toContain('review/time-order');
  });

  it('finds metrics and documents that say something else', () => {
    const wrong = { ...view, metrics: { ...view.metrics, maxDrawdown: -0.5 } };
    expect(codes(wrong)).toEqual(['review/metric']);
    expect(codes({ ...view, metrics: { ...view.metrics, sharpe: Number.NaN } })).toEqual(['review/missing-headline']);
    expect(codes(view, { terminal: 'nothing', html: '', json: '{}' })).toHaveLength(5);
    expect(codes(empty)).toEqual(['review/no-trades']);
  });
});
