/** The equity of compared runs as a standalone SVG document. */
import { drawChart, fullWindow } from '../chart/draw.ts';
import { fixedRules, light } from '../chart/palette.ts';
import { escapeHtml } from '../escape.ts';
import { type EquityLine, overlayChart } from './equity-lines.ts';

const WIDTH = 1000;
const HEIGHT = 460;
const LINE = 18;

export function comparisonSvg(lines: readonly EquityLine[]): string {
  const chart = overlayChart(lines);
  const head = 30 + LINE * lines.length;
  const inner = drawChart(chart, { width: WIDTH, height: HEIGHT - 30 }, fullWindow(chart));
  const legend = chart.series
    .map(
      (series, k) =>
        `<text class="legend" x="12" y="${40 + LINE * k}" style="fill:${light[series.tone]}">\u25CF ${escapeHtml(series.name)}</text>`,
    )
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT + head}" viewBox="0 0 ${WIDTH} ${HEIGHT + head}">` +
    `<style>${fixedRules(light)}.title{font-size:14px;font-weight:600;fill:${light.ink}}</style>` +
    `<rect width="${WIDTH}" height="${HEIGHT + head}" fill="${light.card}"/><text class="title" x="12" y="20">${escapeHtml(chart.title)}</text>` +
    `${legend}<g transform="translate(0 ${head})">${inner}</g></svg>`
  );
}
