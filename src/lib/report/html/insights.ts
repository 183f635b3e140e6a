/** Commentary, insights and next steps on a page. */
import { escapeHtml } from '../escape.ts';
import { formatMetricUnit } from '../headline.ts';
import { commentary } from '../insights/commentary.ts';
import { insights } from '../insights/insights.ts';
import type { RunView } from '../run-view.ts';

export function insightSection(view: RunView): string {
  const items = insights(view).map((insight) => {
    const evidence = insight.evidence
      .map((item) => `<li>${escapeHtml(item.label)} <b>${escapeHtml(formatMetricUnit(item.unit, item.value))}</b></li>`)
      .join('');
    const next =
      insight.next === undefined
        ? ''
        : `<p class="next"><code>${escapeHtml(insight.next.command)}</code> <span class="soft small">${escapeHtml(insight.next.why)}</span></p>`;
    return (
      `<div class="insight ${insight.severity}"><h3>${escapeHtml(insight.title)}<span class="kind">${insight.severity}</span></h3>` +
      `<p>${escapeHtml(insight.text)}</p>${next}` +
      `<details class="small"><summary class="soft">Evidence</summary><ul class="chips">${evidence}</ul></details></div>`
    );
  });
  return items.length === 0 ? '' : `<div class="card insights">${items.join('')}</div>`;
}

export function commentaryText(view: RunView): string {
  return `<p class="commentary">${escapeHtml(commentary(view))}</p>`;
}
