/** What was assumed or not tried: intrabar paths, data quality, neighbouring parameters. */

import { shellWord } from '../escape.ts';
import { formatMoney, formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand } from './command.ts';
import type { Insight } from './insight.ts';

export function robustnessInsights(view: RunView): Insight[] {
  return [...paths(view), ...quality(view), ...neighbours(view)];
}

function paths(view: RunView): Insight[] {
  const { ambiguousBars, totals } = view.result;
  if (ambiguousBars === 0) return [];
  const { bounds } = view;
  const evidence = [{ label: 'ambiguous bars', value: ambiguousBars, unit: 'count' as const }];
  const next = {
    command: backtestCommand(view, { flags: [bounds === undefined ? ['--path', 'bounds'] : ['--detail', '1h']] }),
    why: bounds === undefined ? 'gives the result as an interval' : 'finer bars settle the path, where there are any',
  };
  const bars = `${formatNumber(ambiguousBars, 0)} bar${ambiguousBars === 1 ? '' : 's'}`;
  if (bounds === undefined) {
    return [
      {
        code: 'robustness/ambiguous-bars',
        severity: 'note',
        title: `${bars} could have gone either way`,
        text: `On ${bars} both a stop and a target were in reach, and the chosen path decided.`,
        evidence,
        next,
      },
    ];
  }
  const width = (bounds.optimistic - bounds.pessimistic) / totals.initial;
  // A trailing stop can do better on the path that is worse for the position: the two ends may come in either order.
  const low = Math.min(bounds.pessimistic, bounds.optimistic);
  const high = Math.max(bounds.pessimistic, bounds.optimistic);
  const sign = low < totals.initial && high > totals.initial;
  return [
    {
      code: 'robustness/ambiguous-bars',
      severity: sign ? 'critical' : width > 0.05 ? 'caution' : 'note',
      title: sign
        ? 'The path inside bars decides between profit and loss'
        : `The path inside bars is worth ${formatPercent(width, 1)}`,
      text: `Final equity lies between ${formatMoney(low)} and ${formatMoney(high)} ${view.currency}, depending on ${bars}.`,
      evidence: [
        ...evidence,
        { label: 'pessimistic', value: bounds.pessimistic, unit: 'currency' },
        { label: 'optimistic', value: bounds.optimistic, unit: 'currency' },
      ],
      next,
    },
  ];
}

const GOOD_SCORE = 95;

function quality(view: RunView): Insight[] {
  const poor = view.quality.filter((entry) => entry.score < GOOD_SCORE);
  const worst = [...poor].sort((a, b) => a.score - b.score)[0];
  if (worst === undefined) return [];
  return [
    {
      code: 'robustness/data-quality',
      severity: worst.score < 80 ? 'caution' : 'note',
      title: `Data of ${poor.length} instrument${poor.length === 1 ? '' : 's'} scores below ${GOOD_SCORE}`,
      text: `Worst is ${worst.symbol} with ${formatNumber(worst.score, 1)}: ${worst.issues.map((issue) => `${issue.count} ${issue.kind}`).join(', ')}.`,
      evidence: poor.slice(0, 10).map((entry) => ({ label: entry.symbol, value: entry.score, unit: 'ratio' as const })),
      next: { command: `sigma data check ${shellWord(view.dataset.name)}`, why: 'lists the rows' },
    },
  ];
}

/** A run is one point: its first numeric parameter a fifth lower and higher. */
function neighbours(view: RunView): Insight[] {
  const found = Object.entries(view.params).find(([, value]) => typeof value === 'number' && value !== 0);
  if (found === undefined) return [];
  const [name, value] = found;
  const number = Number(value);
  const scaled = (factor: number): number =>
    Number.isInteger(number) ? Math.round(number * factor) : Number((number * factor).toPrecision(3));
  const [low, high] = [scaled(0.8), scaled(1.25)];
  if (low === number || high === number) return [];
  return [
    {
      code: 'robustness/neighbours',
      severity: 'note',
      title: 'One parameter set is one point',
      text: `A real edge does not hinge on ${name} = ${number}: results at ${low} and ${high} should look alike.`,
      evidence: [{ label: name, value: number, unit: 'ratio' }],
      next: { command: backtestCommand(view, { params: { [name]: high } }), why: `then the same with ${name}=${low}` },
    },
  ];
}
