/** What the run added to its benchmark. */
import { formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand } from './command.ts';
import type { Insight } from './insight.ts';

/** Alpha is taken to be real beyond this t statistic. */
const CLEAR = 2;

export function benchmarkInsights(view: RunView): Insight[] {
  const { benchmark, metrics } = view;
  const own = metrics['totalReturn'] ?? Number.NaN;
  const other = metrics['benchmarkReturn'] ?? Number.NaN;
  const beta = metrics['beta'] ?? Number.NaN;
  const alpha = metrics['alpha'] ?? Number.NaN;
  const t = metrics['alphaTStatistic'] ?? Number.NaN;
  if (benchmark === undefined || !Number.isFinite(own + other + beta + alpha + t)) return [];
  const evidence = [
    { label: 'return', value: own, unit: 'fraction' as const },
    { label: benchmark.name, value: other, unit: 'fraction' as const },
    { label: 'beta', value: beta, unit: 'ratio' as const },
    { label: 'alpha a year', value: alpha, unit: 'fraction' as const },
    { label: 't of alpha', value: t, unit: 'ratio' as const },
  ];
  const line = `It made ${formatPercent(own, 1)} against ${formatPercent(other, 1)} of ${benchmark.name}, with a beta of ${formatNumber(beta)} and an alpha of ${formatPercent(alpha, 1)} a year (t ${formatNumber(t, 1)}).`;
  if (own > other && alpha <= 0) {
    // With a beta of at most one it held less of a benchmark that fell, which is no merit of the rules either.
    if (beta <= 1) return [onlyLess(line, evidence)];
    return [
      {
        code: 'benchmark/only-beta',
        severity: 'caution',
        title: 'The benchmark is beaten only by taking more of it',
        text: `${line} Holding the benchmark with the same beta would have done as well.`,
        evidence,
        next: {
          command: backtestCommand(view, { flags: [['--max-net', '0.5']] }),
          why: 'what remains with half the net exposure',
        },
      },
    ];
  }
  if (own < other) {
    const compensated = alpha > 0 && t > CLEAR;
    return [
      {
        code: 'benchmark/lags',
        severity: compensated ? 'note' : 'caution',
        title: `The run made less than ${benchmark.name}`,
        text: compensated ? `${line} It carried less market risk: more exposure could close the gap.` : line,
        evidence,
        next: {
          command: backtestCommand(view, { strategy: 'buy-and-hold' }),
          why: 'the baseline that has to be beaten',
        },
      },
    ];
  }
  return [
    {
      code: 'benchmark/alpha',
      severity: t > CLEAR ? 'good' : 'note',
      title: t > CLEAR ? 'It adds return beyond the benchmark' : 'It beats the benchmark, not yet beyond chance',
      text: line,
      evidence,
    },
  ];
}

function onlyLess(line: string, evidence: Insight['evidence']): Insight {
  return {
    code: 'benchmark/only-less',
    severity: 'caution',
    title: 'The benchmark is beaten only by holding less of it',
    text: `${line} Cash beside a part of the benchmark would have done as well.`,
    evidence,
  };
}
