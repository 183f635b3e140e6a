/** The input prepared once: everything that more than one metric reads. */
import type { EquityCurve } from '../model/index.ts';
import { type Line, type Moments, moments, sortedFinite } from '../statistics/index.ts';
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
 * Samples the curve; what the metrics share is computed when the first of them reads it.
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
  const once = lazily();
  const sample: Sample = {
    initial: input.initial,
    riskFree,
    periodRate,
    periodsPerYear,
    years: yearsSpanned(curve.time),
    curve,
    missingRows: missing,
    series,
    costs: input.costs,
    get total() {
      return series.value.length === 0 ? Number.NaN : series.value[series.value.length - 1]! / input.initial - 1;
    },
    get cagr() {
      return cagr(sample.total, sample.years);
    },
    get returns() {
      return once('returns', () => simpleReturns(series.value));
    },
    get sorted() {
      return once('sorted', () => sortedFinite(sample.returns));
    },
    get moments() {
      return once('moments', () => moments(sample.returns));
    },
    get gains() {
      return once('gains', () => gainsAndLosses(sample.returns));
    },
    get growth() {
      return once('growth', () => logGrowthLine(sample.returns));
    },
    get estimate() {
      const { count, mean, deviation, skewness, kurtosis } = sample.moments;
      const perPeriod = deviation > 0 ? (mean - periodRate) / deviation : Number.NaN;
      return { sharpe: perPeriod, count, skewness, kurtosis };
    },
    get weeks() {
      return once('weeks', () => periodReturns(series, 'week'));
    },
    get months() {
      return once('months', () => periodReturns(series, 'month'));
    },
    get yearly() {
      return once('yearly', () => periodReturns(series, 'year'));
    },
    get depth() {
      return once('depth', () => depthSummaryOfValues(curve.equity));
    },
    get sortedDepths() {
      return once('sortedDepths', () => sortedFinite(drawdownSeries(series.value)));
    },
    get drawdowns() {
      return once('drawdowns', () => drawdownTable(curve.time, curve.equity));
    },
    get trades() {
      return once('trades', () => tradeSample(input.trades));
    },
    get exposure() {
      return once('exposure', () => exposureOf(curve, input.fills));
    },
    get benchmark() {
      const { benchmark } = input;
      if (benchmark === undefined) return undefined;
      const { returns, years } = sample;
      return once('benchmark', () => benchmarkSample(series, returns, benchmark, { periodRate, years }));
    },
    get trials() {
      const sharpeVariance = input.trials?.sharpeVariance ?? 1 / (sample.moments.count - 1);
      return { count: input.trials?.count ?? 1, sharpeVariance };
    },
  };
  return sample;
}

/** Keeps what was computed under its name: a search asks for a few metrics of thousands of runs. */
function lazily(): <K extends keyof Sample>(name: K, compute: () => Sample[K]) => Sample[K] {
  const known: { -readonly [K in keyof Sample]?: Sample[K] } = {};
  return (name, compute) => {
    const found = known[name];
    if (found !== undefined) return found;
    const value = compute();
    known[name] = value;
    return value;
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
