/** Prices as candles or closes, with the trades on them. */
import { plotArea, px, timeAxis, valueAxis } from './frame.ts';
import type { Scale } from './scale.ts';
import type { PriceChart, Size, TradeMark, Window } from './spec.ts';

/** Below this width a candle has no body to see, and the closes with their range are clearer. */
const SMALLEST_CANDLE = 2.5;

export function drawPrice(chart: PriceChart, size: Size, window: Window): string {
  const area = plotArea(size);
  const start = chart.time[window.from] ?? 0;
  const end = chart.time[window.to] ?? 1;
  const time = timeAxis(start, end, area);
  const lows = chart.candles?.low ?? chart.close;
  const highs = chart.candles?.high ?? chart.close;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = window.from; i <= window.to; i++) {
    if (lows[i]! < low) low = lows[i]!;
    if (highs[i]! > high) high = highs[i]!;
  }
  const value = valueAxis(low, high, 'price', area);
  const width = (area.right - area.left) / Math.max(1, window.to - window.from + 1);
  const body =
    chart.candles !== undefined && width >= SMALLEST_CANDLE
      ? drawCandles(chart, chart.candles, window, time.x, value.y, width)
      : drawCloses(chart, window, time.x, value.y);
  const marks = chart.marks
    .filter((mark) => mark.entryTime <= end && !(mark.exitTime < start))
    .map((mark) => drawMark(mark, time.x, value.y, start, end))
    .join('');
  return `${value.markup}${time.markup}${body}<g class="marks">${marks}</g>`;
}

type Candles = NonNullable<PriceChart['candles']>;

function drawCandles(chart: PriceChart, candles: Candles, window: Window, x: Scale, y: Scale, width: number): string {
  const half = Math.max(0.5, Math.min(8, width * 0.34));
  const paths = { gain: '', loss: '' };
  for (let i = window.from; i <= window.to; i++) {
    const close = chart.close[i]!;
    const open = candles.open[i]!;
    if (!Number.isFinite(close + open)) continue;
    const at = x(chart.time[i]!);
    const top = y(Math.max(open, close));
    const bottom = Math.max(y(Math.min(open, close)), top + 0.6);
    const wick = `M${px(at)} ${px(y(candles.high[i]!))}V${px(y(candles.low[i]!))}`;
    const box = `M${px(at - half)} ${px(top)}H${px(at + half)}V${px(bottom)}H${px(at - half)}Z`;
    paths[close >= open ? 'gain' : 'loss'] += wick + box;
  }
  return `<path class="candle gain" d="${paths.gain}"/><path class="candle loss" d="${paths.loss}"/>`;
}

function drawCloses(chart: PriceChart, window: Window, x: Scale, y: Scale): string {
  let line = '';
  let upper = '';
  let lower = '';
  for (let i = window.from; i <= window.to; i++) {
    const close = chart.close[i]!;
    if (!Number.isFinite(close)) continue;
    const at = px(x(chart.time[i]!));
    line += `${line === '' ? 'M' : 'L'}${at} ${px(y(close))}`;
    if (chart.candles !== undefined) {
      upper += `${upper === '' ? 'M' : 'L'}${at} ${px(y(chart.candles.high[i]!))}`;
      lower = `L${at} ${px(y(chart.candles.low[i]!))}${lower}`;
    }
  }
  const band = upper === '' ? '' : `<path class="area muted" d="${upper}${lower}Z"/>`;
  return `${band}<path class="line plain" d="${line}"/>`;
}

/** Triangle at the entry (up for long, down for short), a ring at the exit, joined by a thin line coloured by the outcome. */
function drawMark(mark: TradeMark, x: Scale, y: Scale, start: number, end: number): string {
  const tone = mark.pnl >= 0 ? 'gain' : 'loss';
  const x1 = x(mark.entryTime);
  const y1 = y(mark.entryPrice);
  const open = Number.isNaN(mark.exitTime);
  const x2 = x(open ? end : mark.exitTime);
  const y2 = y(mark.exitPrice);
  const within = (time: number): boolean => time >= start && time <= end;
  const size = mark.side === 'long' ? 6 : -6;
  const entry = within(mark.entryTime)
    ? `<path class="entry ${mark.side}" d="M${px(x1)} ${px(y1)}l4.5 ${size * 1.4}h-9Z"/>`
    : '';
  const exit =
    !open && within(mark.exitTime) ? `<circle class="exit ${tone}" cx="${px(x2)}" cy="${px(y2)}" r="3"/>` : '';
  // Lines to places outside the plot are cut where it ends.
  const from = Math.max(x1, x(start));
  const to = Math.min(x2, x(end));
  const at = (place: number): number => (x2 === x1 ? y1 : y1 + ((y2 - y1) * (place - x1)) / (x2 - x1));
  return `<path class="trade ${tone}" d="M${px(from)} ${px(at(from))}L${px(to)} ${px(at(to))}"/>${entry}${exit}`;
}
