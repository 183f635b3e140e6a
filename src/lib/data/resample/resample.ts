/** Shorter bars into longer ones. */
import { SigmaError } from '../../core/index.ts';
import { approximateMs, type Bars, barCount, closeTime, type Timeframe, timeframeMs } from '../../model/index.ts';
import { type Calendar, calendar as calendarOf } from '../calendar/index.ts';
import { type Bucket, bucketing } from './buckets.ts';

export type ResampleOptions = {
  /** Midnights of this IANA zone bound days, weeks (from Monday) and months; UTC when left out. */
  readonly timeZone?: string;
  /** Name of a calendar: days become its sessions, stamped with the session date. Bars outside the sessions are dropped when the result is shorter than a day. */
  readonly calendar?: string;
  /** What becomes of a last bucket that the data end inside of: dropped (the default: it is not complete and would be revised) or kept. */
  readonly partial?: 'drop' | 'keep';
};

/**
 * Bars of a longer timeframe: first open, highest high, lowest low, last close, summed volume. Missing values are passed over; a bucket
 * without any is missing, and one without bars has no row. Only the input's own order and times matter, so two steps equal one.
 * @throws SigmaError usage/bad-option when the target is not longer, or not a whole number of the source's bars
 */
export function resampleBars(bars: Bars, target: Timeframe, options: ResampleOptions = {}): Bars {
  checkTarget(bars.timeframe, target);
  const market = options.calendar === undefined ? undefined : calendarOf(options.calendar);
  const bucketOf = bucketing(target, { timeZone: options.timeZone ?? 'UTC', calendar: market });
  // Daily bars stamped with a session date stand for that session, wherever its hours are.
  const datedByDay = market !== undefined && approximateMs(bars.timeframe) >= approximateMs('1d');
  const instantOf = datedByDay ? (time: number): number => market.sessionOpen(sessionOn(market, time)) : undefined;

  const rows = barCount(bars);
  const starts: number[] = [];
  const stamps: number[] = [];
  let bucket: Bucket | undefined;
  let lastStart = Number.NaN;
  for (let i = 0; i < rows; i++) {
    const time = instantOf === undefined ? bars.time[i]! : instantOf(bars.time[i]!);
    if (bucket === undefined || time >= bucket.end) {
      bucket = bucketOf(time);
      starts.push(i);
      stamps.push(bucket.stamp);
      lastStart = i;
    }
  }
  if (bucket !== undefined && options.partial !== 'keep' && !Number.isNaN(lastStart)) {
    const last = bars.time[rows - 1]!;
    const complete = datedByDay
      ? market.sessionOpen(market.next(sessionOn(market, last))) >= bucket.end
      : lastsUntil(bars.timeframe, last, market) >= endOfTrading(bucket, market);
    if (!complete) stamps[stamps.length - 1] = Number.NaN;
  }
  return gather(bars, target, starts, stamps);
}

function checkTarget(source: Timeframe, target: Timeframe): void {
  const from = timeframeMs(source);
  const to = timeframeMs(target);
  const longer = approximateMs(target) > approximateMs(source);
  const months = (timeframe: Timeframe): number => Number.parseInt(timeframe, 10);
  const whole = Number.isNaN(to)
    ? Number.isNaN(from)
      ? months(target) % months(source) === 0
      : !source.endsWith('w')
    : to % from === 0;
  if (longer && whole) return;
  throw new SigmaError('usage/bad-option', `${source} bars cannot make ${target} bars`, {
    where: 'timeframe',
    hint: longer ? `choose a multiple of ${source}` : `choose a timeframe longer than ${source}`,
  });
}

function sessionOn(market: Calendar, date: number): number {
  return market.isSession(date) ? date : market.next(date);
}

/** When the last bar is over, waiting time after a session's close included. */
function lastsUntil(timeframe: Timeframe, open: number, market: Calendar | undefined): number {
  const end = closeTime(timeframe, open);
  if (market === undefined) return end;
  return Math.min(end, Math.max(market.sessionClose(market.sessionOf(open)), open));
}

/** When the last trading of a bucket ends. */
function endOfTrading(bucket: Bucket, market: Calendar | undefined): number {
  if (market === undefined) return bucket.end;
  const last = market.sessionOf(bucket.end - 1);
  const session = market.sessionOpen(last) < bucket.end ? last : market.previous(last);
  return Math.min(bucket.end, market.sessionClose(session));
}

/** One row for each bucket with a stamp; bucket b is rows [starts[b], starts[b + 1]). */
function gather(bars: Bars, target: Timeframe, starts: readonly number[], stamps: readonly number[]): Bars {
  const size = stamps.reduce((count, stamp) => count + (Number.isNaN(stamp) ? 0 : 1), 0);
  const column = (): Float64Array => new Float64Array(size);
  const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  let row = 0;
  for (let b = 0; b < starts.length; b++) {
    if (Number.isNaN(stamps[b]!)) continue;
    let [first, top, bottom, last, sum] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    const end = starts[b + 1] ?? barCount(bars);
    for (let i = starts[b]!; i < end; i++) {
      if (Number.isNaN(first)) first = bars.open[i]!;
      if (!(bars.high[i]! <= top)) top = Number.isNaN(bars.high[i]!) ? top : bars.high[i]!;
      if (!(bars.low[i]! >= bottom)) bottom = Number.isNaN(bars.low[i]!) ? bottom : bars.low[i]!;
      if (!Number.isNaN(bars.close[i]!)) last = bars.close[i]!;
      if (!Number.isNaN(bars.volume[i]!)) sum = (Number.isNaN(sum) ? 0 : sum) + bars.volume[i]!;
    }
    time[row] = stamps[b]!;
    open[row] = bars.closeOnly ? last : first;
    high[row] = bars.closeOnly ? last : top;
    low[row] = bars.closeOnly ? last : bottom;
    close[row] = last;
    volume[row] = sum;
    row++;
  }
  return { ...bars, timeframe: target, time, open, high, low, close, volume };
}
