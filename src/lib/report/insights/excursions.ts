/** What happened while trades were open: stops, give-back, holding time. */

import { median, quantileSorted } from '../../metrics/index.ts';
import type { TradeRecord } from '../../model/index.ts';
import { formatMoney, formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand, strategyCommand } from './command.ts';
import { type Facts, sumPnl } from './facts.ts';
import type { Insight } from './insight.ts';

const ENOUGH = 20;

export function excursionInsights(view: RunView, facts: Facts): Insight[] {
  if (facts.winners.length < ENOUGH || facts.losers.length < ENOUGH) return [];
  return [...stopDistance(view, facts), ...giveBack(view, facts), ...holding(view, facts)];
}

const notional = (trade: TradeRecord): number => trade.quantity * trade.entryPrice;

/** A stop just beyond what nine of ten winners needed, and what it would have kept of the losses. */
function stopDistance(view: RunView, { winners, losers }: Facts): Insight[] {
  const needed = Float64Array.from(winners, (trade) => -trade.adverse).sort();
  const distance = quantileSorted(needed, 0.9);
  if (!(distance > 0)) return [];
  let saved = 0;
  let hit = 0;
  for (const trade of losers) {
    if (-trade.adverse <= distance) continue;
    hit++;
    saved += -trade.pnl - distance * notional(trade);
  }
  const forgone = winners
    .filter((trade) => -trade.adverse > distance)
    .reduce((sum, trade) => sum + trade.pnl + distance * notional(trade), 0);
  const gain = saved - forgone;
  const lost = -sumPnl(losers);
  if (!(gain > 0.1 * lost)) return [];
  const stop = Object.entries(view.params).find(([key, value]) => typeof value === 'number' && /stop/i.test(key));
  return [
    {
      code: 'excursions/stop',
      severity: 'note',
      title: `A stop near ${formatPercent(distance, 1)} would have cut losses`,
      text: `Nine of ten winners never went more than ${formatPercent(distance, 1)} against their entry; ${hit} of ${losers.length} losers did. A stop there would have changed profit by about ${formatMoney(gain)} ${view.currency}, before gaps and with hindsight.`,
      evidence: [
        { label: 'distance', value: distance, unit: 'fraction' },
        { label: 'losers beyond it', value: hit, unit: 'count' },
        { label: 'estimated change', value: gain, unit: 'currency' },
      ],
      next:
        stop === undefined
          ? { command: strategyCommand(view), why: 'look for a stop among the parameters' }
          : {
              command: backtestCommand(view, { params: { [stop[0]]: Number(distance.toPrecision(2)) } }),
              why: `tries it, if ${stop[0]} is a fraction of the price`,
            },
    },
  ];
}

function giveBack(view: RunView, { winners, losers }: Facts): Insight[] {
  const reached = winners.reduce((sum, trade) => sum + trade.favourable * notional(trade), 0);
  const kept = sumPnl(winners) / reached;
  const turned = losers.filter((trade) => trade.favourable > 2 * Math.abs(trade.return)).length;
  if (!(kept < 0.45)) return [];
  return [
    {
      code: 'excursions/give-back',
      severity: 'note',
      title: `Winners keep ${formatPercent(kept, 0)} of their best open profit`,
      text: `At their best the winners were ahead by ${formatMoney(reached)} ${view.currency} and closed with ${formatMoney(sumPnl(winners))}; ${turned} losers had been ahead by more than twice what they lost.`,
      evidence: [
        { label: 'kept', value: kept, unit: 'fraction' },
        { label: 'best open profit', value: reached, unit: 'currency' },
        { label: 'losers that had been well ahead', value: turned, unit: 'count' },
      ],
      next: { command: strategyCommand(view), why: 'look for an exit or trailing parameter' },
    },
  ];
}

function holding(view: RunView, { winners, losers }: Facts): Insight[] {
  const won = median(Float64Array.from(winners, (trade) => trade.bars));
  const lost = median(Float64Array.from(losers, (trade) => trade.bars));
  const text = `The median winner is held ${formatNumber(won, 0)} bars, the median loser ${formatNumber(lost, 0)}.`;
  const evidence = [
    { label: 'winner', value: won, unit: 'bars' as const },
    { label: 'loser', value: lost, unit: 'bars' as const },
  ];
  if (lost > 1.5 * won && lost - won >= 2) {
    return [
      {
        code: 'excursions/losers-held',
        severity: 'caution',
        title: 'Losers are held longer than winners',
        text: `${text} Profits are taken early and losses are left to run.`,
        evidence,
        next: { command: strategyCommand(view), why: 'look for a limit on the holding time' },
      },
    ];
  }
  if (view.dataset.closeOnly || won > 2) return [];
  return [
    {
      code: 'excursions/short-holds',
      severity: 'note',
      title: 'Trades last only a bar or two',
      text: `${text} What happens inside a bar then decides much of the result.`,
      evidence,
      next: {
        command: backtestCommand(view, { flags: [['--path', 'bounds']] }),
        why: 'shows how much the path matters',
      },
    },
  ];
}
