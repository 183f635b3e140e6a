/** The figures of a run: metrics and bootstrap intervals, from the result alone. */
import { createRng } from '../core/index.ts';
import type { EngineResult, RunConfig } from '../engine/index.ts';
import { computeMetrics, isIntraday, metricIntervals, type PerformanceInput } from '../metrics/index.ts';
import type { Benchmark } from './benchmark.ts';
import type { Run } from './run.ts';

export function figuresOf(
  result: EngineResult,
  benchmark: Benchmark | undefined,
  config: RunConfig,
): Pick<Run, 'metrics' | 'intervals'> {
  const { equity, trades, fills, totals } = result;
  const input: PerformanceInput = {
    equity,
    trades,
    fills,
    costs: totals,
    initial: totals.initial,
    // Intraday curves are sampled at day ends: a year has days then, not bars.
    ...(isIntraday(equity.time) ? {} : { periodsPerYear: config.periodsPerYear }),
    ...(benchmark === undefined ? {} : { benchmark: { time: equity.time, value: benchmark.value } }),
  };
  const rng = createRng(config.seed).fork('intervals');
  return {
    metrics: computeMetrics(input),
    intervals: metricIntervals(input, { rng, resamples: resamplesFor(equity.time.length) }),
  };
}

/** Fewer resamples of long curves, so that intervals take a fraction of a second whatever the length. */
function resamplesFor(rows: number): number {
  return Math.round(Math.min(500, Math.max(200, 500_000 / Math.max(1, rows))));
}
