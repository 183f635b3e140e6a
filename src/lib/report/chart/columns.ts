/** Columns by category: returns by year, a histogram. */
import { escapeHtml } from '../escape.ts';
import { plotArea, px, valueAxis } from './frame.ts';
import { type ColumnChart, formatValue, type Size } from './spec.ts';

export function drawColumns(chart: ColumnChart, size: Size): string {
  const area = plotArea(size);
  const finite = chart.values.filter(Number.isFinite);
  const value = valueAxis(Math.min(0, ...finite), Math.max(0, ...finite), chart.unit, area);
  const n = Math.max(1, chart.values.length);
  const slot = (area.right - area.left) / n;
  const width = n > 30 ? slot * 0.9 : Math.min(64, slot * 0.62);
  const zero = value.y(0);
  const every = Math.max(1, Math.ceil(n / Math.max(1, Math.floor((area.right - area.left) / 56))));
  const columns = chart.values
    .map((v, i) => {
      const middle = area.left + (i + 0.5) * slot;
      const label =
        i % every === 0
          ? `<text class="tick" x="${px(middle)}" y="${px(area.bottom + 16)}" text-anchor="middle">${escapeHtml(chart.labels[i] ?? '')}</text>`
          : '';
      if (!Number.isFinite(v)) return label;
      const tone = chart.tone === 'sign' ? (v >= 0 ? 'gain' : 'loss') : chart.tone;
      const y = Math.min(zero, value.y(v));
      const height = Math.max(v === 0 ? 0 : 0.6, Math.abs(value.y(v) - zero));
      const text = `${chart.labels[i] ?? ''}: ${formatValue(chart.unit, v)}`;
      return `<rect class="column ${tone}" x="${px(middle - width / 2)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"><title>${escapeHtml(text)}</title></rect>${label}`;
    })
    .join('');
  const marks = (chart.marks ?? [])
    .map((mark, i) => {
      const x = area.left + mark.at * slot;
      // A label stands left of its mark, where the tail leaves it room.
      const room = x - area.left > 110;
      return (
        `<line class="mark ${mark.tone}" x1="${px(x)}" x2="${px(x)}" y1="${px(area.top)}" y2="${px(area.bottom)}"/>` +
        `<text class="mark-label ${mark.tone}" x="${px(room ? x - 5 : x + 5)}" y="${px(area.top + 10 + i * 14)}"${room ? ' text-anchor="end"' : ''}>${escapeHtml(mark.label)}</text>`
      );
    })
    .join('');
  const axis = `<line class="axis" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(zero)}" y2="${px(zero)}"/>`;
  return `${value.markup}${columns}${axis}${marks}`;
}
