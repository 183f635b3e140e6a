/** The input prepared once: everything that more than one metric reads. */
import type { EquityCurve } from '../model/index.ts';
import { type BenchmarkSample, benchmarkSample } from './benchmark/benchmark-sample.ts';
import { type DepthSummary, depthSummaryOfValues, drawdownSeries } from './drawdown/drawdown-series.ts';
import { type Drawdown, drawdownTable } from './drawdown/drawdown-table.ts';
import { type Exposure, exposureOf } from './exposure/exposure.ts';
import type { CostTotals, PerformanceInput } from './input.ts';
import { perPeriodRate } from './ratios/sharpe.ts';
import { logGrowthLine } from './ratios/steadiness.ts';
import { cagr } from './returns/cagr.ts';
import { type GainsAndLosses, gainsAndLosses } from './returns/gains-and-losses.ts';
import { simpleReturns } from './returns/simple-returns.ts';
import { type PeriodReturns, periodReturns } from './series/period-returns.ts';
import { inferPeriodsPerYear, isIntraday, sampleDayEnds, type ValueSeries, yearsSpanned } from './series/sampling.ts';
import type { SharpeEstimate } from './significance/sharpe-significance.ts';
import type { Line } from './statistics/line.ts';
import { type Moments, moments } from './statistics/moments.ts';
import { sortedFinite } from './statistics/quantile.ts';
import { type TradeSample, tradeSample } from './trades/trade-sample.ts';

export type Sample = {
  readonly initial: number;
  readonly riskFree: number;
  /** Risk-free return of one period. */
  readonly periodRate: number;
  readonly periodsPerYear: number;
  /** Calendar years from the first to the last row. */
  readonly years: number;
  /** The curve without rows that are not finite, cut after ruin. */
  readonly curve: EquityCurve;
  readonly missingRows: number;
  /** Sampled values, the start first. */
  readonly series: ValueSeries;
  readonly returns: Float64Array;
  readonly sorted: Float64Array;
  readonly moments: Moments;
  readonly gains: GainsAndLosses;
  readonly growth: Line;
  readonly total: number;
  readonly cagr: number;
  readonly estimate: SharpeEstimate;
  readonly weeks: PeriodReturns;
  readonly months: PeriodReturns;
  readonly yearly: PeriodReturns;
  /** Over every row of the curve, intraday rows included. */
  readonly depth: DepthSummary;
  /** Drawdown series at the sampled periods, sorted. */
  readonly sortedDepths: Float64Array;
  readonly drawdowns: readonly Drawdown[];
  readonly trades: TradeSample;
  readonly exposure: Exposure;
  readonly costs: CostTotals;
  readonly benchmark: BenchmarkSample | undefined;
  readonly trials: { readonly count: number; readonly sharpeVariance: number };
};

/**
 * Samples the curve and computes what the metrics share.
 * Rows whose time or equity is not finite are left out (and counted); after equity <= 0 nothing follows. The series starts at the initial cash: the first
 * row is that start when it is worth it and rows are a day or more apart, otherwise the start is put before it.
 */
export function prepareSample(input: PerformanceInput): Sample {
  const { curve, missing } = usableRows(input.equity);
  const intraday = isIntraday(curve.time);
  const sampled = intraday ? sampleDayEnds(curve.time, curve.equity) : { time: curve.time, value: curve.equity };
  const startsFlat = !intraday && sampled.value[0] === input.initial;
  const series = startsFlat || sampled.time.length === 0 ? sampled : withStart(sampled, curve.time[0]!, input.initial);
  const periodsPerYear = input.periodsPerYear ?? inferPeriodsPerYear(sampled.time);
  const riskFree = input.riskFree ?? 0;
  const periodRate = perPeriodRate(riskFree, periodsPerYear);
  const returns = simpleReturns(series.value);
  const shape = moments(returns);
  const years = yearsSpanned(curve.time);
  const total = series.value.length === 0 ? Number.NaN : series.value[series.value.length - 1]! / input.initial - 1;
  return {
    initial: input.initial,
    riskFree,
    periodRate,
    periodsPerYear,
    years,
    curve,
    missingRows: missing,
    series,
    returns,
    sorted: sortedFinite(returns),
    moments: shape,
    gains: gainsAndLosses(returns),
    growth: logGrowthLine(returns),
    total,
    cagr: cagr(total, years),
    estimate: {
      sharpe: shape.deviation > 0 ? (shape.mean - periodRate) / shape.deviation : Number.NaN,
      count: shape.count,
      skewness: shape.skewness,
      kurtosis: shape.kurtosis,
    },
    weeks: periodReturns(series, 'week'),
    months: periodReturns(series, 'month'),
    yearly: periodReturns(series, 'year'),
    depth: depthSummaryOfValues(curve.equity),
    sortedDepths: sortedFinite(drawdownSeries(series.value)),
    drawdowns: drawdownTable(curve.time, curve.equity),
    trades: tradeSample(input.trades),
    exposure: exposureOf(curve, input.fills),
    costs: input.costs,
    benchmark:
      input.benchmark === undefined
        ? undefined
        : benchmarkSample(series, returns, input.benchmark, { periodRate, years }),
    trials: {
      count: input.trials?.count ?? 1,
      sharpeVariance: input.trials?.sharpeVariance ?? 1 / (shape.count - 1),
    },
  };
}

function withStart({ time, value }: ValueSeries, start: number, initial: number): ValueSeries {
  const prepend = (first: number, rest: Float64Array): Float64Array => {
    const out = new Float64Array(rest.length + 1);
    out[0] = first;
    out.set(rest, 1);
    return out;
  };
  return { time: prepend(start, time), value: prepend(initial, value) };
}

function isUsable(curve: EquityCurve, i: number): boolean {
  return Number.isFinite(curve.equity[i]!) && Number.isFinite(curve.time[i]!);
}

function usableRows(curve: EquityCurve): { readonly curve: EquityCurve; readonly missing: number } {
  const n = curve.time.length;
  let usable = 0;
  let end = n;
  for (let i = 0; i < n; i++) {
    if (!isUsable(curve, i)) continue;
    usable++;
    if (end === n && curve.equity[i]! <= 0) end = i + 1;
  }
  const missing = n - usable;
  if (missing === 0 && end === n) return { curve, missing };
  const rows: number[] = [];
  for (let i = 0; i < end; i++) if (isUsable(curve, i)) rows.push(i);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
  return {
    missing,
    curve: {
      time: pick(curve.time),
      equity: pick(curve.equity),
      cash: pick(curve.cash),
      gross: pick(curve.gross),
      net: pick(curve.net),
    },
  };
}
