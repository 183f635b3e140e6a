/** Mean score over two parameters as coloured cells: a plateau can be told from a lone peak. */
import { px } from '../chart/frame.ts';
import { escapeHtml } from '../escape.ts';
import { formatNumber } from '../format.ts';
import { binsOf, type StudyTrials } from './study-trials.ts';

const MOST_BINS = 24;
const LEFT = 74;
const BOTTOM = 40;
const TOP = 8;
const LEGEND = 70;

export type HeatMapOptions = {
  readonly x: number;
  readonly y: number;
  readonly best: number;
  readonly width: number;
  readonly height: number;
};

/** @param options places of the two parameters and of the best trial */
export function heatMap({ params, score }: StudyTrials, { x, y, best, width, height }: HeatMapOptions): string {
  const across = binsOf(params[x]!.values, MOST_BINS);
  const down = binsOf(params[y]!.values, MOST_BINS);
  const columns = across.labels.length;
  const rows = down.labels.length;
  const sums = new Float64Array(columns * rows);
  const counts = new Int32Array(columns * rows);
  for (let t = 0; t < score.length; t++) {
    if (!Number.isFinite(score[t]!)) continue;
    const cell = down.of[t]! * columns + across.of[t]!;
    sums[cell] = sums[cell]! + score[t]!;
    counts[cell] = counts[cell]! + 1;
  }
  const means = sums.map((sum, cell) => (counts[cell] === 0 ? Number.NaN : sum / counts[cell]!));
  const known = means.filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const cellWidth = (width - LEFT - LEGEND) / columns;
  const cellHeight = (height - TOP - BOTTOM) / rows;
  const at = (column: number, row: number): string =>
    `x="${px(LEFT + column * cellWidth)}" y="${px(TOP + (rows - 1 - row) * cellHeight)}" width="${px(cellWidth - 1)}" height="${px(cellHeight - 1)}"`;
  const cells = Array.from(means, (mean, cell) => {
    if (!Number.isFinite(mean)) return '';
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const text = `${params[x]!.name} ${across.labels[column]}, ${params[y]!.name} ${down.labels[row]}: ${formatNumber(mean, 3)}, ${counts[cell]} sets`;
    return `<rect ${at(column, row)} fill="${colour((mean - low) / (high - low || 1))}"><title>${escapeHtml(text)}</title></rect>`;
  }).join('');
  const marked = best < 0 ? '' : `<rect class="best" ${at(across.of[best]!, down.of[best]!)}/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(`mean score by ${params[x]!.name} and ${params[y]!.name}`)}">` +
    `${cells}${marked}${axisLabels(across.labels, params[x]!.name, (k) => LEFT + (k + 0.5) * cellWidth, height, width)}` +
    `${sideLabels(down.labels, params[y]!.name, (k) => TOP + (rows - 0.5 - k) * cellHeight, height)}${legend(low, high, width, height)}</svg>`
  );
}

function axisLabels(
  labels: readonly string[],
  name: string,
  at: (k: number) => number,
  height: number,
  width: number,
): string {
  const every = Math.max(1, Math.ceil((labels.length * 44) / (width - LEFT - LEGEND)));
  const ticks = labels
    .map((label, k) =>
      k % every === 0
        ? `<text class="tick" x="${px(at(k))}" y="${height - BOTTOM + 15}" text-anchor="middle">${escapeHtml(label)}</text>`
        : '',
    )
    .join('');
  return `${ticks}<text x="${px((LEFT + width - LEGEND) / 2)}" y="${height - 6}" text-anchor="middle">${escapeHtml(name)}</text>`;
}

function sideLabels(labels: readonly string[], name: string, at: (k: number) => number, height: number): string {
  const every = Math.max(1, Math.ceil((labels.length * 16) / (height - TOP - BOTTOM)));
  const ticks = labels
    .map((label, k) =>
      k % every === 0
        ? `<text class="tick" x="${LEFT - 7}" y="${px(at(k) + 4)}" text-anchor="end">${escapeHtml(label)}</text>`
        : '',
    )
    .join('');
  const middle = px((TOP + height - BOTTOM) / 2);
  return `${ticks}<text transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${escapeHtml(name)}</text>`;
}

function legend(low: number, high: number, width: number, height: number): string {
  const steps = 24;
  const step = (height - TOP - BOTTOM) / steps;
  const x = width - LEGEND + 14;
  const bars = Array.from(
    { length: steps },
    (_, k) =>
      `<rect x="${x}" y="${px(TOP + (steps - 1 - k) * step)}" width="12" height="${px(step + 0.5)}" fill="${colour((k + 0.5) / steps)}"/>`,
  ).join('');
  return `${bars}<text class="tick" x="${x + 17}" y="${TOP + 9}">${formatNumber(high)}</text><text class="tick" x="${x + 17}" y="${height - BOTTOM}">${formatNumber(low)}</text>`;
}

/** Dark blue over teal to yellow, equally light steps for every eye (after viridis, Smith and van der Walt 2015). */
export function colour(share: number): string {
  const stops = [
    [68, 1, 84],
    [59, 82, 139],
    [33, 145, 140],
    [94, 201, 98],
    [253, 231, 37],
  ] as const;
  const place = Math.max(0, Math.min(1, share)) * (stops.length - 1);
  const k = Math.min(stops.length - 2, Math.floor(place));
  const mix = (c: 0 | 1 | 2): number => Math.round(stops[k]![c] + (place - k) * (stops[k + 1]![c] - stops[k]![c]));
  return `rgb(${mix(0)},${mix(1)},${mix(2)})`;
}
