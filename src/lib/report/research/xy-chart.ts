/** Lines and dots over any numbers: small multiples, curves of calibration and of budgets. */
import { type Area, px, valueAxis } from '../chart/frame.ts';
import { linearScale, linearTicks, type Tick, timeTicks } from '../chart/scale.ts';
import type { ChartUnit, Size, Tone } from '../chart/spec.ts';
import { escapeHtml } from '../escape.ts';
import { formatNumber } from '../format.ts';

export type XyPoint = readonly [x: number, y: number];

export type XyChart = {
  readonly title: string;
  readonly x: { readonly from: number; readonly to: number; readonly kind: 'number' | 'time' };
  readonly y: { readonly from: number; readonly to: number; readonly unit: ChartUnit };
  /** The first lies on top; a value that is not finite breaks a line. */
  readonly lines: readonly { readonly tone: Tone; readonly faint?: boolean; readonly points: readonly XyPoint[] }[];
  /** Dots with the ends of their intervals. */
  readonly dots?: readonly {
    readonly at: XyPoint;
    readonly interval?: readonly [low: number, high: number];
    readonly says: string;
  }[];
  /** Upright lines. */
  readonly marks?: readonly { readonly x: number; readonly label: string; readonly tone: Tone }[];
};

/** Rules of what only these charts draw. */
export const xyRules =
  'path.line.faint{opacity:.38;stroke-width:1}circle.dot{fill:var(--accent)}line.interval{stroke:var(--accent);opacity:.55;stroke-width:1.4}';

export function drawXy(chart: XyChart, size: Size): string {
  const area: Area = { left: 46, right: size.width - 10, top: 10, bottom: size.height - 22 };
  const value = valueAxis(chart.y.from, chart.y.to, chart.y.unit, area);
  const x = linearScale(chart.x.from, chart.x.to, area.left, area.right);
  const ticks = ticksOf(chart, Math.max(2, Math.floor((area.right - area.left) / 80)));
  const axis =
    ticks
      .map(
        (tick) =>
          `<text class="tick" x="${px(x(tick.value))}" y="${px(area.bottom + 16)}" text-anchor="middle">${escapeHtml(tick.label)}</text>`,
      )
      .join('') +
    `<line class="axis" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(area.bottom)}" y2="${px(area.bottom)}"/>`;
  const y = (at: number): number => Math.min(area.bottom, Math.max(area.top, value.y(at)));
  const lines = [...chart.lines]
    .reverse()
    .map(
      ({ tone, faint, points }) =>
        `<path class="line ${tone}${faint === true ? ' faint' : ''}" d="${pathOf(points, x, y)}"/>`,
    )
    .join('');
  const dots = (chart.dots ?? []).map(({ at, interval, says }) => dot(at, interval, says, x, y)).join('');
  const marks = (chart.marks ?? [])
    .map(
      (mark, i) =>
        `<line class="mark ${mark.tone}" x1="${px(x(mark.x))}" x2="${px(x(mark.x))}" y1="${px(area.top)}" y2="${px(area.bottom)}"/>` +
        `<text class="mark-label ${mark.tone}" x="${px(x(mark.x) + (x(mark.x) > size.width / 2 ? -5 : 5))}" y="${px(area.top + 10 + (i % 4) * 14)}"${x(mark.x) > size.width / 2 ? ' text-anchor="end"' : ''}>${escapeHtml(mark.label)}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escapeHtml(chart.title)}">${value.markup}${axis}${lines}${dots}${marks}</svg>`;
}

/** Least and greatest finite value, 0 and 1 without one. */
export function extentOf(values: Iterable<number>): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

function ticksOf({ x }: XyChart, count: number): readonly Tick[] {
  if (x.kind === 'time') return timeTicks(x.from, x.to, count);
  const values = linearTicks(x.from, x.to, count);
  const digits = values.every(Number.isInteger) ? 0 : Math.abs(x.to - x.from) < 0.2 ? 2 : 1;
  return values.map((value) => ({ value, label: formatNumber(value, digits) }));
}

function pathOf(points: readonly XyPoint[], x: (value: number) => number, y: (value: number) => number): string {
  let path = '';
  let open = false;
  for (const [at, value] of points) {
    const drawn = Number.isFinite(at) && Number.isFinite(value);
    if (drawn) path += `${open ? 'L' : 'M'}${px(x(at))} ${px(y(value))}`;
    open = drawn;
  }
  return path;
}

function dot(
  [at, value]: XyPoint,
  interval: readonly [low: number, high: number] | undefined,
  says: string,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  if (!Number.isFinite(at) || !Number.isFinite(value)) return '';
  const bar =
    interval === undefined || !interval.every(Number.isFinite)
      ? ''
      : `<line class="interval" x1="${px(x(at))}" x2="${px(x(at))}" y1="${px(y(interval[0]))}" y2="${px(y(interval[1]))}"/>`;
  return `${bar}<circle class="dot" cx="${px(x(at))}" cy="${px(y(value))}" r="3.6"><title>${escapeHtml(says)}</title></circle>`;
}
