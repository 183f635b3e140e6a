/** When the run was in the market, and when it made its money. */

import { drawdownSeries } from '../../metrics/index.ts';
import { shellWord } from '../escape.ts';
import { formatDay, formatMoney, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand } from './command.ts';
import type { Facts } from './facts.ts';
import type { Insight } from './insight.ts';

export function timingInsights(view: RunView, facts: Facts): Insight[] {
  return [...underWater(view), ...idle(view), ...seasons(view, facts)];
}

function underWater(view: RunView): Insight[] {
  const { time, equity } = view.result.equity;
  const depths = drawdownSeries(equity);
  const now = depths.at(-1) ?? 0;
  if (!(now < -0.01)) return [];
  const worst = depths.reduce((a, b) => Math.min(a, b));
  const peak = depths.lastIndexOf(0);
  const days = (time.at(-1)! - time[peak]!) / 86_400_000;
  const since = formatDay(time[peak]! - 1);
  return [
    {
      code: 'timing/under-water',
      severity: now < worst * 0.75 ? 'caution' : 'note',
      title: `The run ends ${formatPercent(-now, 1)} below its peak`,
      text: `The drawdown began on ${since} and has lasted ${Math.round(days)} days; the deepest of the run was ${formatPercent(worst, 1)}.`,
      evidence: [
        { label: 'drawdown now', value: now, unit: 'fraction' },
        { label: 'deepest', value: worst, unit: 'fraction' },
        { label: 'days since the peak', value: days, unit: 'days' },
      ],
      // From the beginning it is the run itself.
      ...(peak === 0
        ? {}
        : { next: { command: backtestCommand(view, { from: since }), why: 'what the drawdown consists of' } }),
    },
  ];
}

function idle(view: RunView): Insight[] {
  const { equity, gross } = view.result.equity;
  if (equity.length === 0) return [];
  let flat = 0;
  let used = 0;
  for (let i = 0; i < equity.length; i++) {
    const share = gross[i]! / equity[i]!;
    if (share < 0.01) flat++;
    used += share;
  }
  const share = flat / equity.length;
  const mean = used / equity.length;
  if (share < 0.5 && mean > 0.35) return [];
  return [
    {
      code: 'timing/idle',
      severity: 'note',
      title: `Capital is idle: ${formatPercent(mean, 0)} invested on average`,
      text: `No position was held ${formatPercent(share, 0)} of the time, and positions averaged ${formatPercent(mean, 0)} of equity. Figures on the whole equity understate what the positions did.`,
      evidence: [
        { label: 'time without a position', value: share, unit: 'fraction' },
        { label: 'mean gross exposure', value: mean, unit: 'fraction' },
      ],
      next: {
        command: backtestCommand(view, { flags: [['--sizing', 'volatility:20,0.15']] }),
        why: 'sizes positions to a 15% annual volatility',
      },
    },
  ];
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Profit by weekday and by month of entry, when one of them makes most of it. */
function seasons(view: RunView, { closed, years }: Facts): Insight[] {
  const { entryTime } = closed.columns;
  const total = closed.pnl;
  if (total <= 0 || closed.length < 100) return [];
  const kinds = [
    {
      what: 'entered on a',
      limit: 0.6,
      parts: closed.pnlBy((row) => weekdays[new Date(entryTime[row]!).getUTCDay()] ?? ''),
    },
    {
      what: 'entered in',
      limit: 0.5,
      parts: closed.pnlBy((row) => months[new Date(entryTime[row]!).getUTCMonth()] ?? ''),
    },
  ];
  return kinds.flatMap(({ what, limit, parts }, i) => {
    const best = parts[0];
    if (best === undefined || parts.length < 4 || best[1] / total < limit || (i === 1 && years < 2)) return [];
    const share = best[1] / total;
    return [
      {
        code: i === 0 ? 'timing/weekday' : 'timing/month',
        severity: 'note' as const,
        title: `Trades ${what} ${best[0]} make ${formatPercent(share, 0)} of the profit`,
        text: `They made ${formatMoney(best[1])} of ${formatMoney(total)} ${view.currency}; with ${parts.length} to choose from the best one always looks good, so treat it as a question, not a rule.`,
        evidence: parts.map(([label, value]) => ({ label, value, unit: 'currency' as const })),
        next: {
          command: `sigma runs export ${shellWord(view.id)} --format csv`,
          why: 'the trades, to test the pattern on its own',
        },
      },
    ];
  });
}
