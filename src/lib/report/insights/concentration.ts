/** Whether the profit rests on a few trades, one instrument or one side. */
import { formatMoney, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { backtestCommand, strategyCommand } from './command.ts';
import type { Facts } from './facts.ts';
import type { Insight } from './insight.ts';

export function concentrationInsights(view: RunView, facts: Facts): Insight[] {
  return [...topTrades(view, facts), ...instruments(view, facts), ...sides(view, facts)];
}

const TOP = 5;

function topTrades(view: RunView, { winners, closed }: Facts): Insight[] {
  const total = closed.pnl;
  if (closed.length < 4 * TOP || total <= 0) return [];
  const best = winners.best(TOP);
  const top = best.pnl;
  const share = top / total;
  if (share < 0.5) return [];
  const rest = total - top;
  const symbols = best.symbols();
  const kept = view.dataset.symbols.filter((symbol) => !symbols.includes(symbol));
  return [
    {
      code: 'concentration/few-trades',
      severity: rest <= 0 ? 'critical' : 'caution',
      title: `${TOP} of ${closed.length} trades make ${formatPercent(share, 0)} of the profit`,
      text: `Without the best ${TOP} trades (${symbols.join(', ')}) the closed trades would have ${rest <= 0 ? `lost ${formatMoney(-rest)}` : `made ${formatMoney(rest)}`} ${view.currency}; with them they made ${formatMoney(total)}.`,
      evidence: [
        { label: `best ${TOP} trades`, value: top, unit: 'currency' },
        { label: 'all closed trades', value: total, unit: 'currency' },
        { label: 'share', value: share, unit: 'fraction' },
      ],
      ...(kept.length > 0
        ? {
            next: {
              command: backtestCommand(view, { symbols: kept }),
              why: 'the same rules without those instruments',
            },
          }
        : {}),
    },
  ];
}

function instruments(view: RunView, { closed, trades }: Facts): Insight[] {
  const ranked = trades.pnlBy((row) => trades.symbol(row));
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined || ranked.length < 3 || closed.length < ranked.length) return [];
  const total = trades.pnl;
  const losing = ranked.filter(([, pnl]) => pnl < 0).length;
  const share = total > 0 ? best[1] / total : Number.NaN;
  const concentrated = share > 0.5;
  return [
    {
      code: 'concentration/instruments',
      severity: concentrated ? 'caution' : 'note',
      title: concentrated
        ? `${best[0]} alone makes ${formatPercent(share, 0)} of the profit`
        : `${ranked.length - losing} of ${ranked.length} instruments made money`,
      text: `Best ${best[0]} with ${formatMoney(best[1])}, worst ${worst[0]} with ${formatMoney(worst[1])} ${view.currency}; ${losing} of ${ranked.length} instruments lost.`,
      evidence: [
        { label: best[0], value: best[1], unit: 'currency' },
        { label: worst[0], value: worst[1], unit: 'currency' },
        { label: 'instruments that lost', value: losing, unit: 'count' },
      ],
      ...(concentrated
        ? {
            next: {
              command: backtestCommand(view, {
                symbols: ranked.map(([symbol]) => symbol).filter((symbol) => symbol !== best[0]),
              }),
              why: `does it hold without ${best[0]}?`,
            },
          }
        : {}),
    },
  ];
}

function sides(view: RunView, { closed }: Facts): Insight[] {
  const long = closed.where((row) => closed.isOf('long', row));
  const short = closed.where((row) => closed.isOf('short', row));
  if (long.length < 10 || short.length < 10) return [];
  const made = { long: long.pnl, short: short.pnl };
  const bad = made.long < 0 && made.short > 0 ? 'long' : made.short < 0 && made.long > 0 ? 'short' : undefined;
  const toggle = Object.entries(view.params).find(([key, value]) => value === true && /short/i.test(key));
  return [
    {
      code: 'concentration/sides',
      severity: bad === undefined ? 'note' : 'caution',
      title: bad === undefined ? 'Long and short trades agree' : `The ${bad} side loses money`,
      text: `${long.length} long trades made ${formatMoney(made.long)} and ${short.length} short trades ${formatMoney(made.short)} ${view.currency}.`,
      evidence: [
        { label: 'long', value: made.long, unit: 'currency' },
        { label: 'short', value: made.short, unit: 'currency' },
      ],
      ...(bad === undefined
        ? {}
        : {
            next:
              bad === 'short' && toggle !== undefined
                ? {
                    command: backtestCommand(view, { params: { [toggle[0]]: false } }),
                    why: 'the same rules without short trades',
                  }
                : { command: strategyCommand(view), why: 'look for a parameter that limits the side' },
          }),
    },
  ];
}
