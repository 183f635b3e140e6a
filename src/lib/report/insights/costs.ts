/** Whether costs leave an edge. */
import { type CostKind, costShares } from '../../metrics/index.ts';
import { formatMoney, formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand } from './command.ts';
import type { Facts } from './facts.ts';
import type { Insight } from './insight.ts';

const HIGH = 0.25;
const RUINOUS = 0.5;

export function costInsights(view: RunView, facts: Facts): Insight[] {
  const { net, costs, traded } = facts;
  const before = net + costs;
  if (costs <= 0 || traded <= 0) return [];
  const paid = (costs / traded) * 1e4;
  const affordable = (before / traded) * 1e4;
  const evidence = [
    { label: 'costs', value: costs, unit: 'currency' as const },
    { label: 'profit before costs', value: before, unit: 'currency' as const },
    { label: 'cost per value traded, bps', value: paid, unit: 'ratio' as const },
    { label: 'break-even cost, bps', value: affordable, unit: 'ratio' as const },
  ];
  const largest = largestText(view);
  const next = {
    command: backtestCommand(view, {
      flags: [
        ['--fees', 'none'],
        ['--slippage', 'none'],
      ],
    }),
    why: 'shows the edge before costs; trade less often if it is there',
  };
  if (before > 0 && net <= 0) {
    return [
      {
        code: 'costs/eat-the-edge',
        severity: 'critical',
        title: 'Costs turn a profit into a loss',
        text: `Before costs the run made ${formatMoney(before)} ${view.currency}; costs of ${formatMoney(costs)} took all of it. It pays ${formatNumber(paid, 1)} bps of the value traded and can afford ${formatNumber(affordable, 1)}. ${largest}`,
        evidence,
        next,
      },
    ];
  }
  const share = costs / before;
  if (before <= 0 || share <= HIGH) return [];
  return [
    {
      code: 'costs/high-share',
      severity: share > RUINOUS ? 'critical' : 'caution',
      title: `Costs take ${formatPercent(share, 0)} of the profit`,
      text: `Of ${formatMoney(before)} ${view.currency} made before costs, ${formatMoney(costs)} went to costs. The edge is ${formatNumber(affordable, 1)} bps of the value traded against ${formatNumber(paid, 1)} bps paid, so slightly worse fills would end it. ${largest}`,
      evidence: [{ label: 'cost share', value: share, unit: 'fraction' }, ...evidence],
      next,
    },
  ];
}

/** What would lower each cost. */
export const costRemedies: Readonly<Record<CostKind, string>> = {
  fees: 'trade less often, or where makers pay less',
  slippage: 'trade smaller or over longer, or with limit orders',
  borrow: 'hold fewer shorts, or hold them for less long',
  interest: 'use less leverage',
  funding: 'hold perpetuals for less long, or on the side that receives',
};

/** The cost that weighs most, with what lowers it. */
function largestText(view: RunView): string {
  const [largest] = costShares(view.result.totals);
  if (largest === undefined) return '';
  return `Of the costs ${formatPercent(largest.share, 0)} is ${largest.cost}: ${costRemedies[largest.cost]}.`;
}
