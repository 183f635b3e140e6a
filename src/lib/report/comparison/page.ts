/** Compared runs as one HTML file that needs nothing but itself, no script either. */
import { escapeHtml } from '../escape.ts';
import { figure } from '../html/figure.ts';
import { pageStyle } from '../html/style.ts';
import type { ComparisonLine, ComparisonView } from './comparison-view.ts';
import { drawdownOverlay, overlayChart } from './equity-lines.ts';

/** Without a script nothing redraws a chart for a narrow screen: it keeps a width that can be read, and scrolls. */
const ownStyle =
  '.plot{overflow-x:auto;cursor:auto}.plot svg{min-width:680px}.legend{flex-wrap:wrap}.legend span{white-space:nowrap}.wrap th[scope=col]{white-space:nowrap}main ul{padding-left:18px;margin:0}li+li{margin-top:4px}';

/** The same view gives the same bytes. */
export function renderComparisonHtml(view: ComparisonView): string {
  const badge = view.synthetic ? '<span class="badge">SYNTHETIC DATA</span>' : '';
  const chips = view.labels.map((label) => `<li>${escapeHtml(label)}</li>`).join('');
  const sections = [
    ['Equity', equity(view)],
    [
      'What changed',
      table(
        view,
        view.settings.filter((line) => line.differs),
        'The runs have the same settings.',
      ),
    ],
    ['Where they part', list(view.divergence)],
    ['Figures', table(view, view.metrics, '')],
    ['What to try', list(view.advice)],
    ['Code', code(view)],
  ] as const;
  const body = sections
    .filter(([, content]) => content !== '')
    .map(([title, content]) => `<section><h2>${title}</h2>${content}</section>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(view.labels.join(' · '))} · sigma</title>
<link rel="icon" href="data:,">
<style>${pageStyle}${ownStyle}</style>
</head>
<body>
<header class="top"><h1>${view.labels.length} runs compared${badge}</h1><ul class="chips">${chips}</ul></header>
<main>
${body}
<footer>Made by sigma from stored results; past results say nothing certain about future ones.</footer>
</main>
</body>
</html>
`;
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
