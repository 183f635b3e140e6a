/** Compared runs as one HTML file that needs nothing but itself, no script either. */
import { escapeHtml } from '../escape.ts';
import { figure } from '../html/figure.ts';
import { badgeList, htmlPage } from '../html/html-page.ts';
import type { ComparisonLine, ComparisonView } from './comparison-view.ts';
import { drawdownOverlay, overlayChart } from './equity-lines.ts';

/** Without a script nothing redraws a chart for a narrow screen: it keeps a width that can be read, and scrolls. */
const ownStyle =
  '.plot{overflow-x:auto;cursor:auto}.plot svg{min-width:680px}.legend{flex-wrap:wrap}.legend span{white-space:nowrap}.wrap th[scope=col]{white-space:nowrap}main ul{padding-left:18px;margin:0}li+li{margin-top:4px}';

/** The same view gives the same bytes. */
export function renderComparisonHtml(view: ComparisonView): string {
  const badges = badgeList(view.synthetic ? ['SYNTHETIC DATA'] : []);
  const chips = view.labels.map((label) => `<li>${escapeHtml(label)}</li>`).join('');
  const changed = view.settings.filter((line) => line.differs);
  return htmlPage({
    title: view.labels.join(' · '),
    style: ownStyle,
    header: `<header class="top"><h1>${view.labels.length} runs compared${badges}</h1><ul class="chips">${chips}</ul></header>`,
    sections: [
      ['equity', 'Equity', equity(view)],
      ['changed', 'What changed', table(view, changed, 'The runs have the same settings.')],
      ['divergence', 'Where they part', list(view.divergence)],
      ['figures', 'Figures', table(view, view.metrics, '')],
      ['advice', 'What to try', list(view.advice)],
      ['code', 'Code', code(view)],
    ],
  });
}

function equity({ lines }: ComparisonView): string {
  return (
    figure(overlayChart(lines), { id: 'overlay', height: 340 }) +
    figure(drawdownOverlay(lines), { id: 'drawdowns', height: 200 })
  );
}

function table({ labels }: ComparisonView, rows: readonly ComparisonLine[], empty: string): string {
  if (rows.length === 0) return empty === '' ? '' : `<p class="card">${empty}</p>`;
  const head = labels.map((label) => `<th scope="col">${escapeHtml(label)}</th>`).join('');
  const body = rows
    .map(
      ({ label, values }) =>
        `<tr><th scope="row">${escapeHtml(label)}</th>${values.map((value) => `<td>${escapeHtml(value)}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<div class="card scroll"><table class="wrap"><thead><tr><th scope="col" class="text"></th>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function list(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<div class="card"><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul></div>`;
}

function code({ code: changes }: ComparisonView): string {
  return changes
    .map(
      ({ title, diff }) =>
        `<div class="card"><h3>${escapeHtml(title)}</h3>${diff === '' ? '' : `<pre>${escapeHtml(diff)}</pre>`}</div>`,
    )
    .join('');
}
