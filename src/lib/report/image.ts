/** Charts of a run as images. */

import { SigmaError } from '../core/index.ts';
import { drawChart, fullWindow } from './chart/draw.ts';
import { dark, fixedRules, light } from './chart/palette.ts';
import type { ChartSpec } from './chart/spec.ts';
import { type ChartId, columnChartOf, lineChartOf, priceChartOf } from './charts.ts';
import { escapeHtml } from './escape.ts';
import type { RunView } from './run-view.ts';

export type ChartOptions = {
  /** Pixels; 1000 x 420 when left out. */
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Instrument of the price chart; the first when left out. */
  readonly symbol?: string;
};

export type ImageChart = ChartId | 'price';

const HEAD = 34;

/**
 * One chart as a standalone SVG document.
 * @throws SigmaError usage/unknown-instrument for prices of a symbol that the run has none of, usage/bad-option for beta without a benchmark
 */
export function chartSvg(view: RunView, id: ImageChart, options: ChartOptions = {}): string {
  const { width = 1000, height = 420 } = options;
  const palette = options.dark === true ? dark : light;
  const chart = chartOf(view, id, options);
  const inner = drawChart(chart, { width, height: height - HEAD }, fullWindow(chart));
  const names = chart.kind === 'line' && chart.series.length > 1 ? chart.series : [];
  const legend = names
    .map((series) => `<tspan fill="${palette[series.tone]}">\u25CF ${escapeHtml(series.name)}</tspan>`)
    .join('<tspan>\u2003</tspan>');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<style>${fixedRules(palette)}.title{font-size:14px;font-weight:600;fill:${palette.ink}}</style>` +
    `<rect width="${width}" height="${height}" fill="${palette.card}"/>` +
    `<text class="title" x="12" y="22">${escapeHtml(chart.title)}${view.dataset.synthetic ? ' (SYNTHETIC DATA)' : ''}</text><text class="legend" x="${width - 12}" y="22" text-anchor="end">${legend}</text>` +
    `<g transform="translate(0 ${HEAD})">${inner}</g></svg>`
  );
}

function chartOf(view: RunView, id: ImageChart, options: ChartOptions): ChartSpec {
  if (id === 'price') {
    const symbol = options.symbol ?? view.bars[0]?.instrument.symbol ?? '';
    const chart = priceChartOf(view, symbol);
    if (chart !== undefined) return chart;
    throw new SigmaError('usage/unknown-instrument', `the run has no prices of '${symbol}'`);
  }
  if (id === 'yearly' || id === 'distribution') return columnChartOf(view, id);
  const chart = lineChartOf(view, id);
  if (chart !== undefined) return chart;
  throw new SigmaError('usage/bad-option', `the run has no benchmark, so no ${id}`, { where: 'chart' });
}

/** One chart as the bytes of an SVG or PNG file; a PNG has twice the pixels. Text needs a sans-serif font on the machine. */
export async function renderChart(
  view: RunView,
  id: ImageChart,
  format: 'svg' | 'png',
  options: ChartOptions = {},
): Promise<Uint8Array> {
  const svg = chartSvg(view, id, options);
  if (format === 'svg') return new TextEncoder().encode(svg);
  const { Resvg } = await import('@resvg/resvg-js');
  const image = new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font: { loadSystemFonts: true } });
  return image.render().asPng();
}
