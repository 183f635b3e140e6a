/** Bars of one instrument as columns. A bar is stamped with its open time and is complete at open time + timeframe. */
import { invariant } from '../core/index.ts';
import type { Instrument } from './instrument.ts';
import type { Timeframe } from './timeframe.ts';

/** Equal-length columns in time order. Missing is NaN. A close-only series repeats the close in open, high and low. */
export type BarColumns = {
  /** Open time, UTC epoch milliseconds, strictly increasing. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In units of the instrument; NaN where the source has none. */
  readonly volume: Float64Array;
};

export type Bars = BarColumns & {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  /** Only closes are known: orders fill on closes, and intrabar questions do not arise. */
  readonly closeOnly: boolean;
};

export const barFields = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarField = (typeof barFields)[number];

export function barCount(bars: BarColumns): number {
  return bars.time.length;
}

/** Rows [from, to) without copying. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  invariant(from >= 0 && to >= from, `slice ${from}..${to}`);
  return {
    ...bars,
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
  };
}

/** First row whose time is at or after `time` (binary search). */
export function lowerBound(times: Float64Array | Int32Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bars with open time in [from, to). */
export function betweenTimes(bars: Bars, from: number, to: number): Bars {
  return sliceBars(bars, lowerBound(bars.time, from), lowerBound(bars.time, to));
}
