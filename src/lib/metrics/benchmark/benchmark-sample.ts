/** The benchmark brought to the strategy's own periods. */

import { fitLine, type Line, type Moments, moments } from '../../statistics/index.ts';
import { cagr } from '../returns/cagr.ts';
import { totalReturn } from '../returns/total-return.ts';
import type { ValueSeries } from '../series/sampling.ts';
import { marketLine } from './regression.ts';

export type BenchmarkSample = {
  /** Returns of both over the periods where the benchmark has one; equal lengths. */
  readonly own: Float64Array;
  readonly market: Float64Array;
  readonly ownExcess: Float64Array;
  readonly marketExcess: Float64Array;
  readonly moments: Moments;
  readonly line: Line;
  /** Regression of plain returns. */
  readonly plain: Line;
  readonly total: number;
  readonly cagr: number;
};

/** The last value at or before each time; NaN before the first. Both in time order. */
function valueAsOf(source: ValueSeries, times: Float64Array): Float64Array {
  const out = new Float64Array(times.length).fill(Number.NaN);
  let k = 0;
  for (let i = 0; i < times.length; i++) {
    while (k < source.time.length && source.time[k]! <= times[i]!) k++;
    if (k > 0) out[i] = source.value[k - 1]!;
  }
  return out;
}

/** Pairs each period's return with the benchmark's over the same two instants; periods without one are left out. */
export function benchmarkSample(
  series: ValueSeries,
  returns: Float64Array,
  benchmark: ValueSeries,
  { periodRate, years }: { readonly periodRate: number; readonly years: number },
): BenchmarkSample {
  const value = valueAsOf(benchmark, series.time);
  const own: number[] = [];
  const market: number[] = [];
  for (let i = 0; i < returns.length; i++) {
    const r = value[i]! > 0 ? value[i + 1]! / value[i]! - 1 : Number.NaN;
    if (!Number.isFinite(r)) continue;
    own.push(returns[i]!);
    market.push(r);
  }
  const ownReturns = Float64Array.from(own);
  const marketReturns = Float64Array.from(market);
  const ownExcess = ownReturns.map((r) => r - periodRate);
  const marketExcess = marketReturns.map((r) => r - periodRate);
  const total = totalReturn(marketReturns);
  return {
    own: ownReturns,
    market: marketReturns,
    ownExcess,
    marketExcess,
    moments: moments(marketReturns),
    line: marketLine(ownExcess, marketExcess),
    plain: fitLine(marketReturns, ownReturns),
    total,
    cagr: cagr(total, returns.length === 0 ? 0 : (years * market.length) / returns.length),
  };
}
