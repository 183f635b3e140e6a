/** The plot area of a chart, its axes and grid. */
import { escapeHtml } from '../escape.ts';
import { linearScale, linearTicks, logScale, logTicks, type Scale, timeTicks } from './scale.ts';
import { type ChartUnit, formatTick, type Size } from './spec.ts';

export type Area = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Room for the value axis on the left and the time axis below. */
export function plotArea(size: Size): Area {
  return { left: 62, right: size.width - 10, top: 10, bottom: size.height - 24 };
}

/** One decimal is finer than a pixel, and keeps the markup small. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export type ValueAxis = { readonly y: Scale; readonly low: number; readonly high: number; readonly markup: string };

/** Value axis over [low, high] with a little air, its grid lines and labels. */
export function valueAxis(low: number, high: number, unit: ChartUnit, area: Area, log = false): ValueAxis {
  if (!(low <= high) || !Number.isFinite(high - low)) {
    low = 0;
    high = 1;
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  const flat = !(high - low > Math.max(size * 1e-9, 1e-200));
  // Past a quadrillion-fold range the logarithms of the air around it overflow.
  const logarithmic = log && !flat && low > 0 && high / low < 1e15;
  if (flat) {
    const room = size > 1e-190 ? size * 0.02 : 1;
    low -= room;
    high += room;
  } else if (logarithmic) {
    const room = (high / low) ** 0.04;
    low /= room;
    high *= room;
  } else {
    const room = (high - low) * 0.05;
    low = low === 0 ? 0 : low - room;
    high = high === 0 ? 0 : high + room;
  }
  const make = logarithmic ? logScale : linearScale;
  const y = make(low, high, area.bottom, area.top);
  const count = Math.max(2, Math.floor((area.bottom - area.top) / 38));
  const round = logarithmic ? logTicks(low, high, count) : linearTicks(low, high, count);
  // There is no half of a trade.
  const ticks = unit === 'count' ? round.filter(Number.isInteger) : round;
  const step = ticks.length > 1 ? Math.min(...ticks.slice(1).map((t, i) => t - ticks[i]!)) : Math.abs(high - low);
  const markup = ticks
    .map(
      (tick) =>
        `<line class="grid" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>` +
        `<text class="tick" x="${px(area.left - 8)}" y="${px(y(tick) + 3.5)}" text-anchor="end">${escapeHtml(formatTick(unit, tick, step))}</text>`,
    )
    .join('');
  return { y, low, high, markup };
}

export type TimeAxis = { readonly x: Scale; readonly markup: string };

export function timeAxis(from: number, to: number, area: Area): TimeAxis {
  const x = linearScale(from, to, area.left, area.right);
  const markup = timeTicks(from, to, Math.max(2, Math.floor((area.right - area.left) / 90)))
    .map(
      (tick) =>
        `<text class="tick" x="${px(x(tick.value))}" y="${px(area.bottom + 16)}" text-anchor="middle">${tick.label}</text>`,
    )
    .join('');
  return {
    x,
    markup: `${markup}<line class="axis" x1="${px(area.left)}" x2="${px(area.right)}" y1="${px(area.bottom)}" y2="${px(area.bottom)}"/>`,
  };
}
