/** Columns by category: returns by year, a histogram. */
import { escapeHtml } from '../escape.ts';
import { type Area, plotArea, px, valueAxis } from './frame.ts';
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
  const marks = drawMarks(
    (chart.marks ?? []).map((mark) => ({ ...mark, x: area.left + mark.at * slot })),
    area,
  );
  const axis = `<line class="axis" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(zero)}" y2="${px(zero)}"/>`;
  return `${value.markup}${columns}${axis}${marks}`;
}

type Placed = NonNullable<ColumnChart['marks']>[number] & { readonly x: number };

/** Of a character of a label, at most. */
const CHARACTER = 6.5;
const LINE = 14;

/**
 * Labels stand left of their marks, where the tail of a histogram leaves them room, else all of them right. Each has a line of its own,
 * and a mark that a label reaches over begins below it.
 */
function drawMarks(marks: readonly Placed[], area: Area): string {
  const reach = ({ label }: Placed): number => 5 + CHARACTER * label.length;
  const roomy = marks.every((mark) => mark.x - reach(mark) > area.left);
  const isLeft = (mark: Placed): boolean => roomy || mark.x + reach(mark) > area.right;
  const rows = [
    ...marks.filter(isLeft).sort((a, b) => b.x - a.x),
    ...marks.filter((mark) => !isLeft(mark)).sort((a, b) => a.x - b.x),
  ];
  return rows
    .map((mark, row) => {
      const top = area.top + row * LINE;
      const text = isLeft(mark) ? `x="${px(mark.x - 5)}" text-anchor="end"` : `x="${px(mark.x + 5)}"`;
      return (
        `<line class="mark ${mark.tone}" x1="${px(mark.x)}" x2="${px(mark.x)}" y1="${px(top)}" y2="${px(area.bottom)}"/>` +
        `<text class="mark-label ${mark.tone}" ${text} y="${px(top + 10)}">${escapeHtml(mark.label)}</text>`
      );
    })
    .join('');
}
