/** The charts of a run, thinned to what an eye and a file can carry. */
import { drawdownSeries, returnHistogram, rollingBeta, rollingSharpe, rollingVolatility } from '../metrics/index.ts';
import type { ColumnChart, LineChart, LineSeries, PriceChart, TradeMark } from './chart/spec.ts';
import { candleStride, keepExtremes, MOST_POINTS } from './downsample.ts';
import { formatPercent } from './format.ts';
import type { RunView } from './run-view.ts';
import { calendarReturns, sampledReturns } from './series.ts';

export const lineChartIds = ['equity', 'drawdown', 'sharpe', 'volatility', 'beta', 'exposure'] as const;
export type LineChartId = (typeof lineChartIds)[number];
export type ColumnChartId = 'yearly' | 'distribution';
export type ChartId = LineChartId | ColumnChartId;

type Line = Omit<LineSeries, 'values'> & { readonly values: ArrayLike<number> };

/** A line chart with at most MOST_POINTS points, and a note when some were left out. */
function lineChart(
  chart: Omit<LineChart, 'kind' | 'time' | 'series'>,
  time: Float64Array,
  lines: readonly Line[],
): LineChart {
  const rows = keepExtremes(
    lines.map((line) => line.values),
    time.length,
  );
  return {
    kind: 'line',
    ...chart,
    time: Array.from(rows, (row) => time[row]!),
    series: lines.map((line) => ({ ...line, values: Array.from(rows, (row) => line.values[row]!) })),
    ...(rows.length < time.length ? { note: `${rows.length} of ${time.length} points are drawn, extremes kept.` } : {}),
  };
}

/** Periods of the rolling window: half a year, at most a third of the run. */
function rollingWindow(periods: number, periodsPerYear: number): number {
  return Math.max(2, Math.min(Math.round(periodsPerYear / 2), Math.floor(periods / 3)));
}

/** One line chart of the run; absent when it has no such data (beta without a benchmark). */
export function lineChartOf(view: RunView, id: LineChartId): LineChart | undefined {
  const { time, equity, gross, net } = view.result.equity;
  const benchmark = view.benchmark;
  switch (id) {
    case 'equity': {
      const lines: Line[] = [{ name: view.strategy, tone: 'accent', values: equity }];
      if (benchmark !== undefined) lines.push({ name: benchmark.name, tone: 'muted', values: benchmark.value });
      const title = `Equity${benchmark === undefined ? '' : ' against the benchmark'} (${view.currency})`;
      return lineChart({ title, unit: 'money' }, time, lines);
    }
    case 'drawdown': {
      const lines: Line[] = [{ name: view.strategy, tone: 'loss', values: drawdownSeries(equity), fill: true }];
      if (benchmark !== undefined) {
        lines.push({ name: benchmark.name, tone: 'muted', values: drawdownSeries(benchmark.value) });
      }
      return lineChart({ title: 'Drawdown from the peak', unit: 'percent' }, time, lines);
    }
    case 'exposure': {
      const share = (values: Float64Array): Float64Array => values.map((value, i) => value / equity[i]!);
      return lineChart({ title: 'Exposure over equity', unit: 'percent', reference: 0 }, time, [
        { name: 'gross', tone: 'muted', values: share(gross) },
        { name: 'net', tone: 'accent', values: share(net) },
      ]);
    }
    case 'sharpe':
    case 'volatility':
    case 'beta':
      return rollingChart(view, id);
  }
}

function rollingChart(view: RunView, id: 'sharpe' | 'volatility' | 'beta'): LineChart | undefined {
  const { intraday, time, returns, benchmark, periodsPerYear } = sampledReturns(view);
  const window = rollingWindow(returns.length, periodsPerYear);
  const over = `rolling ${window} ${intraday ? 'days' : 'bars'}`;
  const other = view.benchmark?.name ?? '';
  if (id === 'sharpe') {
    const values = rollingSharpe(returns, window, periodsPerYear);
    const lines: Line[] = [{ name: view.strategy, tone: 'accent', values }];
    return lineChart({ title: `Sharpe ratio, ${over}`, unit: 'ratio', reference: 0 }, time, lines);
  }
  if (id === 'volatility') {
    const of = (values: Float64Array): Float64Array => rollingVolatility(values, window, periodsPerYear);
    const lines: Line[] = [{ name: view.strategy, tone: 'accent', values: of(returns) }];
    if (benchmark !== undefined) lines.push({ name: other, tone: 'muted', values: of(benchmark) });
    return lineChart({ title: `Annual volatility, ${over}`, unit: 'percent' }, time, lines);
  }
  if (benchmark === undefined) return undefined;
  const values = rollingBeta(returns, benchmark, window);
  const lines: Line[] = [{ name: `beta to ${other}`, tone: 'violet', values }];
  return lineChart({ title: `Beta, ${over}`, unit: 'ratio', reference: 0 }, time, lines);
}

export function columnChartOf(view: RunView, id: ColumnChartId): ColumnChart {
  if (id === 'distribution') return distribution(view);
  const years = calendarReturns(view);
  return {
    kind: 'column',
    title: 'Return by year',
    unit: 'percent',
    labels: years.map((row) => String(row.year)),
    values: years.map((row) => row.total),
    tone: 'sign',
  };
}

/** Histogram of returns with the value at risk and expected shortfall that the metrics report. */
function distribution(view: RunView): ColumnChart {
  const { intraday, returns } = sampledReturns(view);
  const { edges, counts } = returnHistogram(returns);
  const width = (edges[1] ?? 0) - (edges[0] ?? 0);
  const marks = [
    { name: 'CVaR 95%', value: view.metrics['cvar95'] ?? Number.NaN, tone: 'loss' as const },
    { name: 'VaR 95%', value: view.metrics['var95'] ?? Number.NaN, tone: 'warn' as const },
  ];
  return {
    kind: 'column',
    title: `Distribution of ${intraday ? 'daily' : view.dataset.timeframe} returns`,
    unit: 'count',
    labels: Array.from(counts, (_, i) => formatPercent((edges[i]! + edges[i + 1]!) / 2, width < 0.002 ? 2 : 1)),
    values: Array.from(counts),
    tone: 'accent',
    marks: marks
      .filter((mark) => width > 0 && Number.isFinite(mark.value))
      .map((mark) => ({
        at: (mark.value - edges[0]!) / width,
        label: `${mark.name} ${formatPercent(mark.value)}`,
        tone: mark.tone,
      })),
  };
}

/** Candles and closes that all price charts of a report share. */
const CANDLE_BUDGET = 36_000;
const CLOSE_BUDGET = 40_000;

/** Prices of one instrument with its trades. */
export function priceChartOf(view: RunView, symbol: string): PriceChart | undefined {
  const bars = view.bars.find((b) => b.instrument.symbol === symbol);
  if (bars === undefined) return undefined;
  const rows = bars.time.length;
  const share = (bars.closeOnly ? CLOSE_BUDGET : CANDLE_BUDGET) / Math.max(1, view.bars.length);
  const stride = candleStride(rows, Math.max(300, Math.min(MOST_POINTS, Math.floor(share))));
  const count = Math.ceil(rows / stride);
  const at = (column: Float64Array, pick: (from: number, to: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => column[pick(i * stride, Math.min(rows, (i + 1) * stride) - 1)]!);
  const extreme = (column: Float64Array, of: (a: number, b: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => column.subarray(i * stride, (i + 1) * stride).reduce((a, b) => of(a, b)));
  const first = (from: number): number => from;
  const last = (_: number, to: number): number => to;
  return {
    kind: 'price',
    title: `${symbol} with trades`,
    unit: 'price',
    time: at(bars.time, first),
    close: at(bars.close, last),
    ...(bars.closeOnly
      ? {}
      : {
          candles: {
            open: at(bars.open, first),
            high: extreme(bars.high, Math.max),
            low: extreme(bars.low, Math.min),
          },
        }),
    marks: tradeMarks(view, symbol),
    ...(stride > 1 ? { note: `Each point stands for ${stride} bars.` } : {}),
  };
}

function tradeMarks(view: RunView, symbol: string): TradeMark[] {
  const { trades } = view.result;
  const { codes, dictionary } = trades.columns.symbol;
  const marks: TradeMark[] = [];
  for (let row = 0; row < trades.length; row++)
    if (dictionary.text(codes[row]!) === symbol) marks.push(trades.at(row)!);
  return marks;
}
