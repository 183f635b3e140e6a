/** Line and area charts over time. */
import { type Area, plotArea, px, timeAxis, valueAxis } from './frame.ts';
import type { Scale } from './scale.ts';
import type { LineChart, LineSeries, Size, Window } from './spec.ts';

export function drawLines(chart: LineChart, size: Size, window: Window): string {
  const area = plotArea(size);
  const time = timeAxis(chart.time[window.from] ?? 0, chart.time[window.to] ?? 1, area);
  const [low, high] = range(chart, window);
  const value = valueAxis(low, high, chart.unit, area, chart.log);
  const zero = value.y(Math.min(value.high, Math.max(value.low, 0)));
  const reference =
    chart.reference === undefined || chart.reference < value.low || chart.reference > value.high
      ? ''
      : `<line class="reference" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(value.y(chart.reference))}" y2="${px(value.y(chart.reference))}"/>`;
  const drawn = chart.series
    .map((series) => drawSeries(series, chart.time, window, time.x, value.y, zero, area))
    .reverse()
    .join('');
  return `${value.markup}${time.markup}${reference}${drawn}`;
}

/** Least and greatest value in the window, the reference included. */
function range(chart: LineChart, window: Window): [low: number, high: number] {
  let low = chart.reference ?? Number.POSITIVE_INFINITY;
  let high = chart.reference ?? Number.NEGATIVE_INFINITY;
  for (const series of chart.series) {
    if (series.fill === true) {
      low = Math.min(low, 0);
      high = Math.max(high, 0);
    }
    for (let i = window.from; i <= window.to; i++) {
      const value = series.values[i]!;
      if (value < low && Number.isFinite(value)) low = value;
      if (value > high && Number.isFinite(value)) high = value;
    }
  }
  return [low, high];
}

function drawSeries(
  series: LineSeries,
  time: readonly number[],
  window: Window,
  x: Scale,
  y: Scale,
  zero: number,
  area: Area,
): string {
  const parts = segments(series.values, window);
  let fills = '';
  let path = '';
  for (const [from, to] of parts) {
    let line = '';
    for (let i = from; i <= to; i++) {
      line += `${i === from ? '' : 'L'}${px(x(time[i]!))} ${px(Math.min(area.bottom, Math.max(area.top, y(series.values[i]!))))}`;
    }
    path += `M${line}`;
    // A lone point between gaps is still to be seen.
    if (from === to) path += 'h0.1';
    if (series.fill === true) fills += `M${px(x(time[from]!))} ${px(zero)}L${line}L${px(x(time[to]!))} ${px(zero)}Z`;
  }
  const fill = fills === '' ? '' : `<path class="area ${series.tone}" d="${fills}"/>`;
  return `${fill}<path class="line ${series.tone}" d="${path}"/>`;
}

/** Runs of finite values in the window. */
function segments(values: readonly number[], window: Window): [from: number, to: number][] {
  const out: [number, number][] = [];
  let start = -1;
  for (let i = window.from; i <= window.to + 1; i++) {
    const present = i <= window.to && Number.isFinite(values[i] ?? Number.NaN);
    if (present && start < 0) start = i;
    if (!present && start >= 0) {
      out.push([start, i - 1]);
      start = -1;
    }
  }
  return out;
}
