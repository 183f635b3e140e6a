/** The tables of a page: costs, metrics, settings, data quality, log. */
import { metricCatalog } from '../../metrics/index.ts';
import { escapeHtml } from '../escape.ts';
import { formatMinute, formatMoney, formatNumber } from '../format.ts';
import { formatMetric } from '../headline.ts';
import type { RunView } from '../run-view.ts';
import { pairsTable, shareTable } from './table.ts';

export function costSection(view: RunView): string {
  const { fees, slippage, borrow, interest, funding, dividends, realised, unrealised } = view.result.totals;
  const costs = [
    ['Fees', fees],
    ['Slippage, in the prices', slippage],
    ['Borrow', borrow],
    ['Interest', interest],
    ['Funding', funding],
  ] as const;
  const most = Math.max(...costs.map(([, value]) => Math.abs(value)));
  const rows = costs.map(([label, value]) => ({
    label,
    text: formatNumber(value),
    share: most > 0 ? value / most : 0,
  }));
  const sum = costs.reduce((total, [, value]) => total + value, 0);
  const account = pairsTable('Where the money went', [
    ['Initial', formatNumber(view.result.totals.initial)],
    ['Realised', formatNumber(realised)],
    ['Unrealised', formatNumber(unrealised)],
    ['Fees, borrow, interest and funding', formatNumber(-(fees + borrow + interest + funding))],
    ['Dividends', formatNumber(dividends)],
    ['Final', formatNumber(view.result.totals.final)],
  ]);
  return `<div class="pair"><div class="card">${shareTable(`Costs: ${formatMoney(sum)} ${view.currency}`, rows)}</div><div class="card">${account}</div></div>`;
}

export function metricsSection(view: RunView): string {
  const groups = new Map<string, string[]>();
  for (const metric of metricCatalog) {
    const value = view.metrics[metric.key];
    if (value === undefined) continue;
    const interval = view.intervals[metric.key];
    const range =
      interval === undefined
        ? ''
        : ` <span class="soft">[${formatMetric(metric, interval[0])}, ${formatMetric(metric, interval[1])}]</span>`;
    const row = `<tr><th scope="row"><abbr title="${escapeHtml(`${metric.formula} (${metric.source})`)}">${escapeHtml(metric.title)}</abbr></th><td>${escapeHtml(formatMetric(metric, value))}${range}</td></tr>`;
    groups.set(metric.group, [...(groups.get(metric.group) ?? []), row]);
  }
  const cards = [...groups].map(
    ([name, rows]) =>
      `<div class="card"><table><caption>${escapeHtml(groupTitle(name))}</caption><tbody>${rows.join('')}</tbody></table></div>`,
  );
  return `<p class="soft small">In brackets: 95% bootstrap interval. Point at a name for its formula and source.</p><div class="groups">${cards.join('')}</div>`;
}

function groupTitle(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

export function settingsSection(view: RunView): string {
  const { dataset } = view;
  const data = pairsTable('Data', [
    ['Data set', dataset.name],
    ['Bars', dataset.timeframe],
    ['Instruments', dataset.symbols.join(', ')],
    ['Licence', dataset.licence],
    ['Synthetic', dataset.synthetic ? 'yes' : 'no'],
    ['Chosen with hindsight', dataset.hindsight ? 'yes' : 'no'],
    ['Close-only', dataset.closeOnly ? 'yes' : 'no'],
    ['Bars seen', formatNumber(view.result.bars, 0)],
    [
      'Orders, fills, trades',
      `${view.result.orders.length}, ${view.result.fills.length}, ${view.result.trades.length}`,
    ],
  ]);
  const settings = pairsTable('Run', view.settings);
  const manifest =
    view.manifest === undefined
      ? ''
      : `<details class="card"><summary>Manifest</summary><pre tabindex="0">${escapeHtml(JSON.stringify(view.manifest, null, 2))}</pre></details>`;
  return `<div class="pair"><div class="card wrap">${settings}</div><div class="card wrap">${data}</div></div>${manifest}`;
}

export function qualitySection(view: RunView): string {
  if (view.quality.length === 0) return '';
  const rows = view.quality
    .map(
      (entry) =>
        `<tr><th scope="row">${escapeHtml(entry.symbol)}</th><td>${formatNumber(entry.score, 1)}</td><td>${formatNumber(entry.rows, 0)}</td><td class="text">${escapeHtml(entry.issues.map((issue) => `${issue.kind} ${issue.count}`).join(', ')) || 'none'}</td></tr>`,
    )
    .join('');
  return `<div class="card scroll"><table><thead><tr><th scope="col" class="text">Instrument</th><th scope="col">Score</th><th scope="col">Rows</th><th scope="col" class="text">Issues</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

const MOST_LOG = 500;

export function logSection(view: RunView): string {
  const { log } = view.result;
  if (log.length === 0) return '';
  const lines = log
    .slice(0, MOST_LOG)
    .map((entry) => `${formatMinute(entry.time)}  ${entry.level}  ${entry.source}  ${entry.symbol}  ${entry.message}`);
  const cut = log.length > MOST_LOG ? `\n... ${log.length - MOST_LOG} more` : '';
  return `<div class="card"><pre tabindex="0">${escapeHtml(lines.join('\n') + cut)}</pre></div>`;
}
