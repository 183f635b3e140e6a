/** Tables of a report page. */
import { escapeHtml } from '../escape.ts';
import { formatPercent } from '../format.ts';
import type { YearReturns } from '../series.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Label and value, two columns; long ones break. */
export function pairsTable(caption: string, rows: readonly (readonly [label: string, value: string])[]): string {
  const body = rows
    .map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  return `<table class="wrap"><caption>${escapeHtml(caption)}</caption><tbody>${body}</tbody></table>`;
}

/** Rows under a head; the caption may be empty. */
export function dataTable(head: readonly string[], rows: readonly (readonly string[])[], caption = ''): string {
  const cells = (row: readonly string[], tag: 'th' | 'td'): string =>
    row.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('');
  return `<div class="scroll"><table>${caption === '' ? '' : `<caption>${escapeHtml(caption)}</caption>`}<thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`;
}

/** Returns by month, coloured by size against the largest month. */
export function monthlyTable(years: readonly YearReturns[]): string {
  const sizes = years
    .flatMap((row) => Array.from(row.months).filter(Number.isFinite).map(Math.abs))
    .sort((a, b) => a - b);
  // The 95 % quantile keeps one extreme month from bleaching the rest.
  const full = sizes[Math.floor((sizes.length - 1) * 0.95)] ?? 0;
  const cell = (value: number, extra = ''): string => {
    if (!Number.isFinite(value)) return `<td${extra === '' ? '' : ` class="${extra}"`}></td>`;
    const weight = full > 0 ? Math.min(1, Math.abs(value) / full) : 0;
    const shade = extra === '' ? ` style="--v:${Math.round(weight * 62)}%"` : '';
    return `<td class="${extra}${value >= 0 ? 'up' : 'down'}"${shade}>${formatPercent(value, 1).replace('%', '')}</td>`;
  };
  const rows = [...years]
    .reverse()
    .map(
      (row) =>
        `<tr><th scope="row">${row.year}</th>${Array.from(row.months, (value) => cell(value)).join('')}${cell(row.total, 'total ')}</tr>`,
    )
    .join('');
  const head = months.map((name) => `<th scope="col">${name}</th>`).join('');
  return `<div class="scroll"><table class="heat"><caption>Return by month, %</caption><thead><tr><th scope="col">Year</th>${head}<th scope="col">Year</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

export type ShareRow = { readonly label: string; readonly text: string; readonly share: number };

/** Amounts with a bar each, for breakdowns; `share` is of the largest, 0 to 1. */
export function shareTable(caption: string, rows: readonly ShareRow[]): string {
  const body = rows
    .map(
      (row) =>
        `<tr><th scope="row">${escapeHtml(row.label)}</th><td style="width:45%"><span class="meter" style="width:${Math.round(Math.max(0, Math.min(1, row.share)) * 100)}%"></span></td><td>${escapeHtml(row.text)}</td></tr>`,
    )
    .join('');
  return `<table><caption>${escapeHtml(caption)}</caption><tbody>${body}</tbody></table>`;
}
