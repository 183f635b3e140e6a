/** The periods that a sweep's returns are taken over: the bars, or the UTC days of intraday bars. */
import { completionTimes } from '../frame/index.ts';
import { inferPeriodsPerYear, isIntraday, sampleDayEnds, yearsSpanned } from '../metrics/index.ts';
import type { Bars, Block, BlockSource, EquityCurve } from '../model/index.ts';

export type Extremes = { readonly lowest: number; readonly highest: number };

export type Periods = {
  /** Instants at which the account is valued, in order. */
  readonly instants: Float64Array;
  /** Ends of the periods, a part of the instants. */
  readonly ends: Float64Array;
  readonly intraday: boolean;
  readonly perYear: number;
  /** Some bar has an open but no close, or the reverse: venue and strategy then hold different last prices. */
  readonly torn: boolean;
  /** Every bar has a close above zero, and so has its open unless nothing ever meets it. */
  readonly priced: boolean;
  /** Lowest and highest price of all, where there is one instrument and low and high of each bar are there and bound the others. */
  readonly extremes: Extremes | undefined;
  /** Every bar is priced, and it opens no earlier than the one before it is complete: each order meets the next bar. */
  readonly smooth: boolean;
  /** Calendar time from the first to the last instant. */
  readonly years: number;
};

/** @param barsPerYear bars of the source's timeframe in a year; days are counted where bars are shorter than a day */
export function periodsOf(source: BlockSource, start: number, barsPerYear: number): Periods {
  const times: number[] = [];
  const alone = source.instruments.length === 1;
  const prices = unseen(alone);
  let inOrder = alone;
  let complete = Number.NEGATIVE_INFINITY;
  for (const block of source.blocks()) {
    const { rows, order, at, time: opens } = block;
    look(prices, block.open, block.close, rows);
    if (prices.bounded && !bounds(prices, block)) prices.bounded = false;
    for (let k = 0; k < rows; k++) {
      const row = order[k]!;
      const time = at[row]!;
      if (opens[row]! < complete) inOrder = false;
      complete = time;
      if (time > start && time !== times[times.length - 1]) times.push(time);
    }
  }
  return periodsAt(Float64Array.from(times), barsPerYear, prices, inOrder);
}

export type GridTerms = {
  readonly start: number;
  readonly periodsPerYear: number;
  /** Something may happen at the open of a bar. */
  readonly meetsOpens: boolean;
};

/** The same of several bars that have the times of the source in common, without merging them. */
export function periodsOfGrid(
  bars: readonly Bars[],
  times: Float64Array,
  { start, periodsPerYear, meetsOpens }: GridTerms,
): Periods {
  const at = new Float64Array(times.length);
  completionTimes(bars[0]!.timeframe, times, at, 0, at.length);
  const prices = unseen(false);
  const whole = bars.every(({ open, close }) => isPriced(close) && (!meetsOpens || isPriced(open)));
  if (!whole) for (const { open, close } of bars) look(prices, open, close, open.length);
  let first = 0;
  while (first < at.length && !(at[first]! > start)) first++;
  return periodsAt(at.subarray(first), periodsPerYear, prices, false);
}

type Prices = { torn: boolean; priced: boolean; bounded: boolean; lowest: number; highest: number };

const unseen = (bounded: boolean): Prices => ({
  torn: false,
  priced: true,
  bounded,
  lowest: Number.POSITIVE_INFINITY,
  highest: Number.NEGATIVE_INFINITY,
});

/** Every value is above zero and finite. */
function isPriced(column: Float64Array): boolean {
  const fours = column.length - (column.length % 4);
  let sum = 0;
  let k = 0;
  for (; k < fours; k += 4) {
    const a = column[k]!;
    const b = column[k + 1]!;
    const c = column[k + 2]!;
    const d = column[k + 3]!;
    if (!(a > 0 && b > 0 && c > 0 && d > 0)) return false;
    sum += a + b + (c + d);
  }
  for (; k < column.length; k++) {
    if (!(column[k]! > 0)) return false;
    sum += column[k]!;
  }
  return sum < Number.POSITIVE_INFINITY;
}

function look(prices: Prices, open: Float64Array, close: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const o = open[row]!;
    const c = close[row]!;
    if (o > 0 && c > 0 && o + c < Number.POSITIVE_INFINITY) continue;
    prices.priced = false;
    if (Number.isNaN(o) !== Number.isNaN(c)) prices.torn = true;
  }
}

function bounds(prices: Prices, { open, high, low, close, rows }: Block): boolean {
  for (let row = 0; row < rows; row++) {
    const [o, c] = [open[row]!, close[row]!];
    if (!(low[row]! <= o && low[row]! <= c && high[row]! >= o && high[row]! >= c)) return false;
    if (low[row]! < prices.lowest) prices.lowest = low[row]!;
    if (high[row]! > prices.highest) prices.highest = high[row]!;
  }
  return true;
}

function periodsAt(
  instants: Float64Array,
  barsPerYear: number,
  { torn, priced, bounded, lowest, highest }: Prices,
  inOrder: boolean,
): Periods {
  const intraday = isIntraday(instants);
  const ends = intraday ? sampleDayEnds(instants, instants).time : instants;
  const perYear = intraday ? inferPeriodsPerYear(ends) : barsPerYear;
  const years = yearsSpanned(instants);
  return {
    instants,
    ends,
    intraday,
    perYear,
    torn,
    priced,
    extremes: priced && bounded ? { lowest, highest } : undefined,
    smooth: priced && inOrder,
    years,
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
