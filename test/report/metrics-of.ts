/** The figures of a fixture run, as `sigma backtest` computes them. */
import { computeMetrics } from '../../src/lib/metrics/index.ts';
import type { RunView } from '../../src/lib/report/index.ts';

type Figures = Pick<RunView, 'metrics' | 'intervals'>;

export function metricsOf(
  view: Pick<RunView, 'result' | 'periodsPerYear'> & { readonly benchmark?: RunView['benchmark'] },
): Figures {
  const { equity, trades, fills, totals } = view.result;
  const metrics = computeMetrics({
    equity,
    trades,
    fills,
    costs: totals,
    initial: totals.initial,
    periodsPerYear: 365.2425,
    ...(view.benchmark === undefined ? {} : { benchmark: { time: equity.time, value: view.benchmark.value } }),
  });
  const width = 2 * metrics.sharpeStandardError;
  return { metrics, intervals: { sharpe: [metrics.sharpe - width, metrics.sharpe + width] } };
}
