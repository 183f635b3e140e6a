/** The charts of a run, thinned to what an eye and a file can carry. */
import type { ColumnChart, LineChart, LineSeries, PriceChart, TradeMark } from './chart/spec.ts';
import { candleStride, keepExtremes, MOST_POINTS } from './downsample.ts';
import { formatPercent } from './format.ts';
import type { RunView } from './run-view.ts';
import {
  calendarReturns,
  drawdown,
  quantile,
  rollingBeta,
  rollingSharpe,
  rollingVolatility,
  simpleReturns,
} from './series.ts';

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

/** Bars of the rolling window: half a year, at most a third of the run. */
export function rollingWindow(view: RunView): number {
  return Math.max(2, Math.min(Math.round(view.periodsPerYear / 2), Math.floor(view.result.equity.time.length / 3)));
}

/** One line chart of the run; absent when it has no such data (beta without a benchmark). */
export function lineChartOf(view: RunView, id: LineChartId): LineChart | undefined {
  const { time, equity, gross, net } = view.result.equity;
  const benchmark = view.benchmark;
  const window = rollingWindow(view);
  switch (id) {
    case 'equity': {
      const lines: Line[] = [{ name: view.strategy, tone: 'accent', values: equity }];
      if (benchmark !== undefined) lines.push({ name: benchmark.name, tone: 'muted', values: benchmark.value });
      const title = `Equity${benchmark === undefined ? '' : ' against the benchmark'} (${view.currency})`;
      return lineChart({ title, unit: 'money' }, time, lines);
    }
    case 'drawdown': {
      const lines: Line[] = [{ name: view.strategy, tone: 'loss', values: drawdown(equity), fill: true }];
      if (benchmark !== undefined) {
        lines.push({ name: benchmark.name, tone: 'muted', values: drawdown(benchmark.value) });
      }
      return lineChart({ title: 'Drawdown from the peak', unit: 'percent' }, time, lines);
    }
    case 'sharpe': {
      const values = rollingSharpe(simpleReturns(equity), window, view.periodsPerYear);
      const lines: Line[] = [{ name: view.strategy, tone: 'accent', values }];
      return lineChart(
        { title: `Sharpe ratio, rolling ${window} bars`, unit: 'ratio', reference: 0 },
        time.subarray(1),
        lines,
      );
    }
    case 'volatility': {
      const of = (values: Float64Array): Float64Array =>
        rollingVolatility(simpleReturns(values), window, view.periodsPerYear);
      const lines: Line[] = [{ name: view.strategy, tone: 'accent', values: of(equity) }];
      if (benchmark !== undefined) lines.push({ name: benchmark.name, tone: 'muted', values: of(benchmark.value) });
      return lineChart(
        { title: `Annual volatility, rolling ${window} bars`, unit: 'percent' },
        time.subarray(1),
        lines,
      );
    }
    case 'beta': {
      if (benchmark === undefined) return undefined;
      const values = rollingBeta(simpleReturns(equity), simpleReturns(benchmark.value), window);
      const lines: Line[] = [{ name: `beta to ${benchmark.name}`, tone: 'violet', values }];
      return lineChart({ title: `Beta, rolling ${window} bars`, unit: 'ratio', reference: 0 }, time.subarray(1), lines);
    }
    case 'exposure': {
      const share = (values: Float64Array): Float64Array => values.map((value, i) => value / equity[i]!);
      return lineChart({ title: 'Exposure over equity', unit: 'percent', reference: 0 }, time, [
        { name: 'gross', tone: 'muted', values: share(gross) },
        { name: 'net', tone: 'accent', values: share(net) },
      ]);
    }
  }
}

export function columnChartOf(view: RunView, id: ColumnChartId): ColumnChart {
  const { time, equity } = view.result.equity;
  if (id === 'yearly') {
    const years = calendarReturns(time, equity);
    return {
      kind: 'column',
      title: 'Return by year',
      unit: 'percent',
      labels: years.map((row) => String(row.year)),
      values: years.map((row) => row.total),
      tone: 'sign',
    };
  }
  return distribution(simpleReturns(equity), view.dataset.timeframe);
}

const BINS = 48;

/** Histogram of bar returns between the 0.1 % and 99.9 % quantile; what lies beyond is counted in the outer columns. */
function distribution(returns: Float64Array, timeframe: string): ColumnChart {
  const sorted = returns.filter((r) => Number.isFinite(r)).sort();
  const reach = Math.max(Math.abs(quantile(sorted, 0.001)), Math.abs(quantile(sorted, 0.999))) || 0.001;
  const width = (2 * reach) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  const place = (r: number): number => Math.min(BINS - 1e-9, Math.max(0, (r + reach) / width));
  for (const r of sorted) counts[Math.floor(place(r))]! += 1;
  const var95 = quantile(sorted, 0.05);
  const tail = sorted.filter((r) => r <= var95);
  const shortfall = tail.reduce((a, b) => a + b, 0) / Math.max(1, tail.length);
  const marks =
    sorted.length < 20
      ? []
      : [
          { at: place(shortfall), label: `CVaR 95% ${formatPercent(shortfall)}`, tone: 'loss' as const },
          { at: place(var95), label: `VaR 95% ${formatPercent(var95)}`, tone: 'warn' as const },
        ];
  return {
    kind: 'column',
    title: `Distribution of ${timeframe} returns`,
    unit: 'count',
    labels: counts.map((_, i) => formatPercent(-reach + (i + 0.5) * width, reach < 0.02 ? 2 : 1)),
    values: sorted.length === 0 ? [] : counts,
    tone: 'accent',
    marks,
  };
}

/** Candles and closes that all price charts of a report share. */
const CANDLE_BUDGET = 24_000;
const CLOSE_BUDGET = 60_000;

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
  return view.result.trades.filter((trade) => trade.symbol === symbol);
}
