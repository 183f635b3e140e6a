/** The head of a page: what was run, the figures that count, and what to beware of. */
import { escapeHtml } from '../escape.ts';
import { formatDay, formatMoney } from '../format.ts';
import { figureGroups } from '../headline.ts';
import type { RunView } from '../run-view.ts';
import { warnings } from '../warnings.ts';

export function header(view: RunView): string {
  const { dataset, result } = view;
  const time = result.equity.time;
  const badges = [dataset.synthetic ? 'SYNTHETIC DATA' : '', view.status === 'partial' ? 'PARTIAL RUN' : '']
    .filter((text) => text !== '')
    .map((text) => `<span class="badge">${text}</span>`)
    .join('');
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

export function tiles(view: RunView): string {
  const cells = figureGroups(view)
    .flatMap((group) => group.figures)
    .slice(0, 12)
    .map(
      (figure) =>
        `<div class="tile"><dt>${escapeHtml(figure.title)}</dt><dd${figure.tone === 'plain' ? '' : ` class="${figure.tone === 'good' ? 'gain' : 'loss'}"`}>${escapeHtml(figure.text)}</dd></div>`,
    )
    .join('');
  return `<dl class="tiles">${cells}</dl>`;
}

export function notices(view: RunView): string {
  const items = warnings(view)
    .map((text) => `<li>${escapeHtml(text)}</li>`)
    .join('');
  return items === '' ? '' : `<ul class="notices" aria-label="Warnings">${items}</ul>`;
}
