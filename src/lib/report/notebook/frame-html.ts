/** A frame as an HTML table: what a notebook shows of it. */
import type { Column, Frame } from '../../frame/index.ts';
import { escapeHtml } from '../escape.ts';
import { formatMinute, formatNumber, formatPrice } from '../format.ts';

export type FrameHtmlOptions = {
  /** Most rows shown, half from each end; 10 when left out. */
  readonly rows?: number;
  /** Columns of epoch milliseconds; the times of bars, orders, fills, trades and equity when left out. */
  readonly times?: readonly string[];
  readonly caption?: string;
};

const timeColumns: readonly string[] = ['time', 'entryTime', 'exitTime', 'created', 'updated'];

const cell = 'padding:2px 8px;white-space:nowrap';

/**
 * The first and the last rows under the names of the columns, then the size of the whole. Times in UTC to the minute,
 * numbers to about six digits, `n/a` where a number is missing.
 * @example tslab.display.html(frameHtml(run.tables.trades))
 */
export function frameHtml(table: Frame, options: FrameHtmlOptions = {}): string {
  const { rows: most = 10, times = timeColumns, caption } = options;
  const whole = table.length <= most;
  const head = whole ? table.length : Math.ceil(most / 2);
  const tail = whole ? table.length : table.length - Math.floor(most / 2);
  const body: string[] = [];
  const line = (row: number): string =>
    `<tr><th scope="row">${row}</th>${table.names.map((name) => value(table.column(name), row, times.includes(name))).join('')}</tr>`;
  for (let row = 0; row < head; row++) body.push(line(row));
  if (!whole) body.push(`<tr><th>⋮</th>${`<td style="${cell}">⋮</td>`.repeat(table.names.length)}</tr>`);
  for (let row = tail; row < table.length; row++) body.push(line(row));
  const names = table.names.map((name) => `<th scope="col" style="${cell}">${escapeHtml(name)}</th>`).join('');
  const title = caption === undefined ? '' : `<caption>${escapeHtml(caption)}</caption>`;
  return (
    `<table>${title}<thead><tr><th></th>${names}</tr></thead><tbody>${body.join('')}</tbody></table>` +
    `<p>${formatNumber(table.length, 0)} rows × ${table.names.length} columns</p>`
  );
}

function value(column: Column, row: number, time: boolean): string {
  const found = column[row]!;
  if (typeof found !== 'number') return `<td style="${cell};text-align:left">${escapeHtml(String(found))}</td>`;
  const text = time ? formatMinute(found) : Number.isInteger(found) ? formatNumber(found, 0) : formatPrice(found);
  return `<td style="${cell};text-align:right">${text}</td>`;
}
