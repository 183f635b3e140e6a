/** The head of a page: what was run, the figures that count, and what to beware of. */
import { escapeHtml } from '../escape.ts';
import { formatDay, formatMoney } from '../format.ts';
import { figureOf } from '../headline.ts';
import type { RunView } from '../run-view.ts';
import { badgeList, tileList } from './html-page.ts';

export function header(view: RunView): string {
  const { dataset, result } = view;
  const time = result.equity.time;
  const badges = badgeList([
    ...(dataset.synthetic ? ['SYNTHETIC DATA'] : []),
    ...(view.status === 'partial' ? ['PARTIAL RUN'] : []),
  ]);
  const period = `${formatDay((time[0] ?? Number.NaN) - 1)} to ${formatDay((time.at(-1) ?? Number.NaN) - 1)}`;
  const instruments = dataset.symbols.length > 6 ? `${dataset.symbols.length} instruments` : dataset.symbols.join(', ');
  const params = Object.entries(view.params)
    .map(([key, value]) => `<li>${escapeHtml(key)} <b>${escapeHtml(String(value))}</b></li>`)
    .join('');
  return (
    `<header class="top"><h1>${escapeHtml(view.strategy)}${badges}</h1>` +
    `<p class="soft">${escapeHtml(view.description)}</p>` +
    `<p>${escapeHtml(`${dataset.title} (${dataset.name}), ${dataset.timeframe} bars, ${instruments}`)}<br>` +
    `${escapeHtml(`${period}, ${view.currency} ${formatMoney(result.totals.initial)} to ${formatMoney(result.totals.final)}`)}</p>` +
    `${params === '' ? '' : `<ul class="chips" aria-label="Parameters">${params}</ul>`}</header>`
  );
}

const tileKeys: readonly (readonly [key: string, title: string])[] = [
  ['totalReturn', 'Total return'],
  ['cagr', 'CAGR'],
  ['benchmarkReturn', 'Benchmark'],
  ['sharpe', 'Sharpe'],
  ['sortino', 'Sortino'],
  ['maxDrawdown', 'Max drawdown'],
  ['volatility', 'Volatility'],
  ['psr', 'Probabilistic Sharpe'],
  ['dsr', 'Deflated Sharpe'],
  ['trades', 'Trades'],
  ['winRate', 'Win rate'],
  ['profitFactor', 'Profit factor'],
  ['costShare', 'Cost share'],
];

export function tiles(view: RunView): string {
  const cells = tileKeys
    .filter(([key]) => key !== 'dsr' || (view.metrics['trials'] ?? 1) > 1)
    .filter(([key]) => view.metrics[key] !== undefined && (key !== 'benchmarkReturn' || view.benchmark !== undefined))
    .map(([key, title]) => {
      const figure = figureOf(view, key, title);
      const tone = figure.tone === 'plain' ? 'plain' : figure.tone === 'good' ? 'gain' : 'loss';
      const note = figure.interval === '' ? tileNote(view, key) : `95%: ${figure.interval}`;
      return { title, text: figure.text, note, tone } as const;
    });
  return tileList(cells);
}

/** What puts a figure in proportion. */
function tileNote(view: RunView, key: string): string {
  const text = (other: string): string => figureOf(view, other).text;
  switch (key) {
    case 'totalReturn':
      return `${view.currency} ${formatMoney(view.result.totals.final - view.result.totals.initial)}`;
    case 'cagr':
      return `over ${text('trackRecord')}`;
    case 'benchmarkReturn':
      return view.benchmark?.name ?? '';
    case 'sortino':
      return `Calmar ${text('calmar')}`;
    case 'maxDrawdown':
      return `longest ${text('maxDrawdownDuration')}`;
    case 'volatility':
      return `VaR 95% ${text('var95')}`;
    case 'dsr':
      return `${text('trials')} trials of the family`;
    case 'psr':
      return Number.isFinite(view.metrics['minTrackRecord'] ?? Number.NaN)
        ? `needs ${text('minTrackRecord')}`
        : 'no length of record would do';
    case 'trades':
      return `${text('averageHolding')} on average`;
    case 'winRate':
      return `payoff ${text('payoff')}`;
    case 'profitFactor':
      return `expectancy ${text('expectancy')}`;
    case 'costShare':
      return `${view.currency} ${text('totalCosts')}`;
    default:
      return '';
  }
}
