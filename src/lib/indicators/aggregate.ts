/** Bars of a longer timeframe, built causally from base bars as they arrive. */
import { type BarColumns, closeTime, DAY, type Timeframe, timeframeMs, WEEK } from '../model/index.ts';

/** Weeks start on Monday; 1970-01-05 was one. */
const MONDAY = 4 * DAY;

/** Open time of the bucket that holds `time`. */
export function bucketOpen(timeframe: Timeframe, time: number): number {
  const ms = timeframeMs(timeframe);
  if (Number.isNaN(ms)) {
    const date = new Date(time);
    const count = Number.parseInt(timeframe, 10);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const first = month - (month % count);
    return Date.UTC(Math.floor(first / 12), first % 12, 1);
  }
  const anchor = ms % WEEK === 0 ? MONDAY : 0;
  return Math.floor((time - anchor) / ms) * ms + anchor;
}

export interface Aggregator {
  /**
   * Consumes base rows [from, to). Completed longer bars are written from `start` on; `known[row]` counts those
   * completed in this call up to and with the row. Returns how many were written, at most `to - from + 1`.
   */
  scan(
    base: BarColumns,
    at: Float64Array,
    from: number,
    to: number,
    out: BarColumns,
    start: number,
    known: Int32Array,
  ): number;
}

/**
 * A longer bar is complete when a base bar reaches its end, or, after a gap, when a base bar of a later bucket arrives.
 */
export function createAggregator(timeframe: Timeframe): Aggregator {
  let bucket = Number.NaN;
  let end = Number.NaN;
  let open = Number.NaN;
  let high = Number.NaN;
  let low = Number.NaN;
  let close = Number.NaN;
  let volume = 0;
  return {
    scan: (base, at, from, to, out, start, known) => {
      let written = 0;
      const emit = (): void => {
        const k = start + written++;
        out.time[k] = bucket;
        out.open[k] = open;
        out.high[k] = high;
        out.low[k] = low;
        out.close[k] = close;
        out.volume[k] = volume;
        bucket = Number.NaN;
        end = Number.NaN;
      };
      for (let r = from; r < to; r++) {
        const time = base.time[r]!;
        if (time >= end) emit();
        if (Number.isNaN(bucket)) {
          bucket = bucketOpen(timeframe, time);
          end = closeTime(timeframe, bucket);
          open = base.open[r]!;
          high = base.high[r]!;
          low = base.low[r]!;
          volume = 0;
        }
        if (base.high[r]! > high) high = base.high[r]!;
        if (base.low[r]! < low) low = base.low[r]!;
        close = base.close[r]!;
        volume += base.volume[r]!;
        if (at[r]! >= end) emit();
        known[r] = written;
      }
      return written;
    },
  };
}
