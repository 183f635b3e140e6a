/** Any chart as SVG. */
import { escapeHtml } from '../escape.ts';
import { drawColumns } from './columns.ts';
import { drawLines } from './lines.ts';
import { drawPrice } from './price.ts';
import type { ChartSpec, Size, Window } from './spec.ts';

/** All rows of a chart. */
export function fullWindow(chart: ChartSpec): Window {
  return { from: 0, to: (chart.kind === 'column' ? chart.values.length : chart.time.length) - 1 };
}

/** The SVG element with a title for readers; colours come from classes, so it wants a style sheet around or inside it. */
export function drawChart(chart: ChartSpec, size: Size, window: Window = fullWindow(chart), style = ''): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escapeHtml(chart.title)}">` +
    `${style}${drawBody(chart, size, window)}</svg>`
  );
}

function drawBody(chart: ChartSpec, size: Size, window: Window): string {
  const rows = chart.kind === 'column' ? chart.values.length : chart.time.length;
  if (rows < (chart.kind === 'column' ? 1 : 2)) {
    return `<text class="tick" x="${size.width / 2}" y="${size.height / 2}" text-anchor="middle">not enough data</text>`;
  }
  switch (chart.kind) {
    case 'line':
      return drawLines(chart, size, window);
    case 'price':
      return drawPrice(chart, size, window);
    case 'column':
      return drawColumns(chart, size);
  }
}
