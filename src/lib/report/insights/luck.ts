/** Whether the result can be told from luck, and whether it lasts. */

import { sharpe as sharpeRatio } from '../../metrics/index.ts';
import { formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { sampledReturns } from '../series.ts';
import { CONFIDENT } from '../warnings.ts';
import { backtestCommand } from './command.ts';
import type { Insight } from './insight.ts';

export function luckInsights(view: RunView): Insight[] {
  return [...significance(view), ...decay(view)];
}

function significance(view: RunView): Insight[] {
  const sharpe = view.metrics['sharpe'] ?? Number.NaN;
  const psr = view.metrics['psr'] ?? Number.NaN;
  const interval = view.intervals['sharpe'];
  if (Number.isNaN(sharpe) || (Number.isNaN(psr) && interval === undefined)) return [];
  const covers = interval !== undefined && interval[0] <= 0 && interval[1] >= 0;
  const range =
    interval === undefined ? '' : ` Its 95% interval is ${formatNumber(interval[0])} to ${formatNumber(interval[1])}.`;
  const chance = Number.isNaN(psr)
    ? ''
    : ` The probability that the true ratio is above 0 is ${formatPercent(psr, 1)}.`;
  const evidence = [
    { label: 'Sharpe', value: sharpe, unit: 'ratio' as const },
    ...(Number.isNaN(psr) ? [] : [{ label: 'probability above 0', value: psr, unit: 'fraction' as const }]),
    ...(interval === undefined
      ? []
      : [
          { label: 'interval low', value: interval[0], unit: 'ratio' as const },
          { label: 'interval high', value: interval[1], unit: 'ratio' as const },
        ]),
  ];
  if (!covers && sharpe < 0 && !(psr >= 1 - CONFIDENT)) {
    return [
      {
        code: 'luck/loses',
        severity: 'critical',
        title: 'The Sharpe ratio is below 0 beyond chance',
        text: `The Sharpe ratio is ${formatNumber(sharpe)}.${range}${chance} A longer history would not change that.`,
        evidence,
        next: {
          command: backtestCommand(view, {
            flags: [
              ['--fees', 'none'],
              ['--slippage', 'none'],
            ],
          }),
          why: 'whether the rules lose, or only their costs',
        },
      },
    ];
  }
  if (covers || psr < CONFIDENT) {
    return [
      {
        code: 'luck/not-distinguishable',
        severity: 'caution',
        title: 'The result cannot be told from luck',
        text: `The Sharpe ratio is ${formatNumber(sharpe)}.${range}${chance} A longer history would narrow it.`,
        evidence,
        ...(beginsWithTheData(view)
          ? {}
          : {
              next: {
                command: backtestCommand(view, { from: '1990-01-01' }),
                why: 'the same rules over all the history there is',
              },
            }),
      },
    ];
  }
  return [
    {
      code: 'luck/distinguishable',
      severity: 'good',
      title: 'The Sharpe ratio is above 0 beyond chance',
      text: `The Sharpe ratio is ${formatNumber(sharpe)}.${range}${chance} This counts one trial: it does not undo a search over many parameter sets.`,
      evidence,
    },
  ];
}

function beginsWithTheData({ repeat }: RunView): boolean {
  return repeat !== undefined && !repeat.flags.some(([flag]) => flag === '--from');
}

/** Compares the Sharpe ratios of the two halves. */
function decay(view: RunView): Insight[] {
  const { time, returns, periodsPerYear } = sampledReturns(view);
  const middle = Math.floor(returns.length / 2);
  if (middle < 60) return [];
  const first = sharpeRatio(returns.subarray(0, middle), periodsPerYear);
  const second = sharpeRatio(returns.subarray(middle), periodsPerYear);
  if (!(first > 0.5) || !(second < first / 3)) return [];
  const from = new Date(time[middle]!).toISOString().slice(0, 10);
  return [
    {
      code: 'luck/faded',
      severity: 'caution',
      title: 'The edge faded in the second half',
      text: `The Sharpe ratio fell from ${formatNumber(first)} before ${from} to ${formatNumber(second)} after it.`,
      evidence: [
        { label: 'Sharpe, first half', value: first, unit: 'ratio' },
        { label: 'Sharpe, second half', value: second, unit: 'ratio' },
      ],
      next: { command: backtestCommand(view, { from }), why: 'the second half alone' },
    },
  ];
}
