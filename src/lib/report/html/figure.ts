/** A chart in a page: caption, legend, the drawing that stands without scripts, and the tools the script brings to life. */
import { drawChart } from '../chart/draw.ts';
import type { ChartSpec } from '../chart/spec.ts';
import { escapeHtml } from '../escape.ts';

export type FigureOptions = {
  readonly id: string;
  readonly height: number;
  readonly width?: number;
  /** Markup of the tools on the right of the caption. */
  readonly tools?: string;
};

const ranges = ['1M', '3M', '6M', '1Y', 'All'] as const;

/** Buttons that show the last months of a time chart. */
export const rangeTools = ranges
  .map(
    (range) =>
      `<button type="button" data-range="${range}"${range === 'All' ? ' aria-pressed="true"' : ''}>${range}</button>`,
  )
  .join('');

export function figure(chart: ChartSpec, options: FigureOptions): string {
  const note = chart.note === undefined ? '' : `<p class="soft small">${escapeHtml(chart.note)}</p>`;
  const tools = options.tools === undefined ? '' : `<span class="tools">${options.tools}</span>`;
  return (
    `<figure class="card" data-chart="${escapeHtml(options.id)}" data-height="${options.height}">` +
    `<figcaption><h3>${escapeHtml(chart.title)}</h3>${legend(chart)}${tools}</figcaption>` +
    `<div class="plot">${drawChart(chart, { width: options.width ?? 1100, height: options.height })}</div>${note}</figure>`
  );
}

function legend(chart: ChartSpec): string {
  if (chart.kind === 'price') {
    return '<span class="legend"><span>&#9650; long entry</span><span>&#9660; short entry</span><span>&#9675; exit</span></span>';
  }
  if (chart.kind !== 'line' || chart.series.length < 2) return '';
  const items = chart.series.map(
    (series) => `<span><i style="color:var(--${series.tone})"></i>${escapeHtml(series.name)}</span>`,
  );
  return `<span class="legend">${items.join('')}</span>`;
}
