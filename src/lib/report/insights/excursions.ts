/** What happened while trades were open: stops, give-back, holding time. */

import { median, quantileSorted } from '../../statistics/index.ts';
import { formatMoney, formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand, strategyCommand } from './command.ts';
import type { Facts } from './facts.ts';
import type { Insight } from './insight.ts';
import type { TradeRows } from './trade-rows.ts';

const ENOUGH = 20;

export function excursionInsights(view: RunView, facts: Facts): Insight[] {
  if (facts.winners.length < ENOUGH || facts.losers.length < ENOUGH) return [];
  return [...stopDistance(view, facts), ...giveBack(view, facts), ...holding(view, facts)];
}

const notional = ({ columns }: TradeRows, row: number): number => columns.quantity[row]! * columns.entryPrice[row]!;

/** A stop just beyond what nine of ten winners needed, and what it would have kept of the losses. */
function stopDistance(view: RunView, { winners, losers }: Facts): Insight[] {
  const { adverse, pnl } = winners.columns;
  const needed = winners.values((row) => -adverse[row]!).sort();
  const distance = quantileSorted(needed, 0.9);
  if (!(distance > 0)) return [];
  const beyond = (row: number): boolean => -adverse[row]! > distance;
  const hit = losers.where(beyond);
  const saved = hit.sum((row) => -pnl[row]! - distance * notional(hit, row));
  const forgone = winners.where(beyond).sum((row) => pnl[row]! + distance * notional(winners, row));
  const gain = saved - forgone;
  const lost = -losers.pnl;
  if (!(gain > 0.1 * lost)) return [];
  const stop = Object.entries(view.params).find(([key, value]) => typeof value === 'number' && /stop/i.test(key));
  return [
    {
      code: 'excursions/stop',
      severity: 'note',
      title: `A stop near ${formatPercent(distance, 1)} would have cut losses`,
      text: `Nine of ten winners never went more than ${formatPercent(distance, 1)} against their entry; ${hit.length} of ${losers.length} losers did. A stop there would have changed profit by about ${formatMoney(gain)} ${view.currency}, before gaps and with hindsight.`,
      evidence: [
        { label: 'distance', value: distance, unit: 'fraction' },
        { label: 'losers beyond it', value: hit.length, unit: 'count' },
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
  const { favourable, return: returns } = winners.columns;
  const reached = winners.sum((row) => favourable[row]! * notional(winners, row));
  const kept = winners.pnl / reached;
  const turned = losers.where((row) => favourable[row]! > 2 * Math.abs(returns[row]!)).length;
  if (!(kept < 0.45)) return [];
  return [
    {
      code: 'excursions/give-back',
      severity: 'note',
      title: `Winners keep ${formatPercent(kept, 0)} of their best open profit`,
      text: `At their best the winners were ahead by ${formatMoney(reached)} ${view.currency} and closed with ${formatMoney(winners.pnl)}; ${turned} losers had been ahead by more than twice what they lost.`,
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
  const { bars } = winners.columns;
  const won = median(winners.values((row) => bars[row]!));
  const lost = median(losers.values((row) => bars[row]!));
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
