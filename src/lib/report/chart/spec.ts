/** What a chart shows, as plain data: the same specification is drawn on the server, in the page and into an image. */
import { formatMoney, formatNumber, formatPercent, formatPrice } from '../format.ts';

/** Colours by meaning; the page's style sheet and the image's palette give them values. */
export type Tone = 'accent' | 'muted' | 'gain' | 'loss' | 'warn' | 'violet';
export type ChartUnit = 'money' | 'percent' | 'ratio' | 'price' | 'count';

export type LineSeries = {
  readonly name: string;
  readonly tone: Tone;
  /** One value a time; NaN breaks the line. */
  readonly values: readonly number[];
  /** Fills the area down (or up) to zero. */
  readonly fill?: boolean;
};

export type LineChart = {
  readonly kind: 'line';
  readonly title: string;
  readonly unit: ChartUnit;
  readonly time: readonly number[];
  readonly series: readonly LineSeries[];
  /** Keeps this value inside the axis and draws it as a line. */
  readonly reference?: number;
  readonly log?: boolean;
  readonly note?: string;
};

export type TradeMark = {
  readonly side: 'long' | 'short';
  readonly entryTime: number;
  readonly entryPrice: number;
  /** NaN while open. */
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly pnl: number;
};

export type PriceChart = {
  readonly kind: 'price';
  readonly title: string;
  readonly unit: 'price';
  readonly time: readonly number[];
  readonly close: readonly number[];
  /** Absent for close-only series. */
  readonly candles?: {
    readonly open: readonly number[];
    readonly high: readonly number[];
    readonly low: readonly number[];
  };
  readonly marks: readonly TradeMark[];
  readonly note?: string;
};

export type ColumnChart = {
  readonly kind: 'column';
  readonly title: string;
  readonly unit: ChartUnit;
  readonly labels: readonly string[];
  readonly values: readonly number[];
  /** `sign` colours gains and losses. */
  readonly tone: Tone | 'sign';
  /** Vertical marks at a fractional position along the columns (0 is the left edge of the first). */
  readonly marks?: readonly { readonly at: number; readonly label: string; readonly tone: Tone }[];
  readonly note?: string;
};

export type ChartSpec = LineChart | PriceChart | ColumnChart;

export type Size = { readonly width: number; readonly height: number };
/** First and last row shown, both included. */
export type Window = { readonly from: number; readonly to: number };

export function formatValue(unit: ChartUnit, value: number): string {
  switch (unit) {
    case 'money':
      return formatMoney(value);
    case 'percent':
      return formatPercent(value, Math.abs(value) < 0.1 ? 2 : 1);
    case 'price':
      return formatPrice(value);
    case 'count':
      return formatNumber(value, 0);
    case 'ratio':
      return formatNumber(value);
  }
}

/** Short label for an axis: no more digits than the step between two ticks needs. */
export function formatTick(unit: ChartUnit, value: number, step: number): string {
  const scaled = unit === 'percent' ? step * 100 : step;
  const digits =
    scaled > 0 && Number.isFinite(scaled) ? Math.min(8, Math.max(0, -Math.floor(Math.log10(scaled) + 1e-9))) : 0;
  if (unit === 'percent') return formatPercent(value, digits);
  if (unit === 'count') return formatNumber(value, 0);
  if (Math.abs(value) >= 1e6 && step >= 1e4)
    return `${formatNumber(value / 1e6, step >= 1e6 ? 0 : step >= 1e5 ? 1 : 2)}M`;
  return formatNumber(value, digits);
}
