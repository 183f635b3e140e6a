/** The periods that a sweep's returns are taken over: the bars, or the UTC days of intraday bars. */
import { inferPeriodsPerYear, isIntraday, sampleDayEnds, yearsSpanned } from '../metrics/index.ts';
import type { BlockSource, EquityCurve } from '../model/index.ts';

export type Periods = {
  /** Instants at which the account is valued, in order. */
  readonly instants: Float64Array;
  /** Ends of the periods, a part of the instants. */
  readonly ends: Float64Array;
  readonly intraday: boolean;
  readonly perYear: number;
  /** Some bar has an open but no close, or the reverse: venue and strategy then hold different last prices. */
  readonly torn: boolean;
  /** Every bar has prices above zero and opens no earlier than the one before it is complete: each order meets the next bar. */
  readonly smooth: boolean;
  /** Calendar time from the first to the last instant. */
  readonly years: number;
};

/** @param barsPerYear bars of the source's timeframe in a year; days are counted where bars are shorter than a day */
export function periodsOf(source: BlockSource, start: number, barsPerYear: number): Periods {
  const times: number[] = [];
  let torn = false;
  let smooth = source.instruments.length === 1;
  let complete = Number.NEGATIVE_INFINITY;
  for (const { rows, order, at, time: opens, open, close } of source.blocks()) {
    for (let k = 0; k < rows; k++) {
      const row = order[k]!;
      const time = at[row]!;
      if (Number.isNaN(open[row]!) !== Number.isNaN(close[row]!)) torn = true;
      if (!(open[row]! > 0 && close[row]! > 0 && open[row]! + close[row]! < Number.POSITIVE_INFINITY)) smooth = false;
      if (opens[row]! < complete) smooth = false;
      complete = time;
      if (time > start && time !== times[times.length - 1]) times.push(time);
    }
  }
  const instants = Float64Array.from(times);
  const intraday = isIntraday(instants);
  const ends = intraday ? sampleDayEnds(instants, instants).time : instants;
  return {
    instants,
    ends,
    intraday,
    perYear: intraday ? inferPeriodsPerYear(ends) : barsPerYear,
    torn,
    smooth,
    years: yearsSpanned(instants),
  };
}

/** Writes the simple return of each period into `out`, the first from `initial`; after ruin, and where the curve ends early, 0. */
export function writeReturns(out: Float64Array, curve: EquityCurve, { ends }: Periods, initial: number): void {
  const { time, equity } = curve;
  let row = -1;
  let before = initial;
  for (let p = 0; p < ends.length; p++) {
    while (row + 1 < time.length && time[row + 1]! <= ends[p]!) row++;
    const value = row < 0 ? initial : equity[row]!;
    out[p] = before > 0 ? value / before - 1 : 0;
    before = value;
  }
}
