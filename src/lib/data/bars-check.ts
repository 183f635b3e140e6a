/** The rules every bar keeps, whatever it was read from. */
import { SigmaError } from '../core/index.ts';
import { type BarColumns, formatTime } from '../model/index.ts';
import { createColumn } from './column-memory.ts';

export type BarRules = {
  /** Where row `i` came from, as `file:row`. */
  readonly place: (row: number) => string;
};

/**
 * Times rise strictly; prices are positive and finite; high is not below low; volume is not negative (NaN means unknown).
 * @throws SigmaError data/bad-time, data/unsorted, data/duplicate-time or data/bad-bar for the first row that breaks a rule
 */
export function validateBars(bars: BarColumns, rules: BarRules): void {
  const { time, open, high, low, close, volume } = bars;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    if (!(t > before)) throw badTime(time, i, rules);
    before = t;
    const h = high[i]!;
    const l = low[i]!;
    const sane = open[i]! > 0 && l > 0 && close[i]! > 0 && h >= l && h < Number.POSITIVE_INFINITY;
    if (!sane || open[i]! === Number.POSITIVE_INFINITY || close[i]! === Number.POSITIVE_INFINITY || volume[i]! < 0)
      throw badBar(bars, i, rules);
  }
  if (time.length > 0 && !Number.isFinite(time.at(-1)!)) throw badTime(time, time.length - 1, rules);
}

/** Rows in time order, keeping the order of equal times; nothing when they are in order already. */
export function timeOrder(time: Float64Array): Int32Array | undefined {
  let sorted = true;
  for (let i = 1; sorted && i < time.length; i++) sorted = time[i]! >= time[i - 1]!;
  if (sorted) return undefined;
  return Int32Array.from({ length: time.length }, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
}

/** The given rows of all columns. Close-only bars hold one array under four names: it is gathered once. */
export function gatherBars(bars: BarColumns, rows: Int32Array): BarColumns {
  const done = new Map<Float64Array, Float64Array>();
  const gather = (column: Float64Array): Float64Array => {
    const known = done.get(column);
    if (known !== undefined) return known;
    const moved = createColumn(rows.length);
    for (let i = 0; i < rows.length; i++) moved[i] = column[rows[i]!]!;
    done.set(column, moved);
    return moved;
  };
  return {
    time: gather(bars.time),
    open: gather(bars.open),
    high: gather(bars.high),
    low: gather(bars.low),
    close: gather(bars.close),
    volume: gather(bars.volume),
  };
}

function badTime(time: Float64Array, i: number, rules: BarRules): SigmaError {
  const where = rules.place(i);
  const t = time[i]!;
  if (!Number.isFinite(t)) return new SigmaError('data/bad-time', 'the time is missing', { where });
  const before = time[i - 1]!;
  if (t === before)
    return new SigmaError('data/duplicate-time', `time ${formatTime(t)} occurs twice`, {
      where,
      hint: 'keep one of the rows',
    });
  return new SigmaError('data/unsorted', `time ${formatTime(t)} comes after ${formatTime(before)}`, {
    where,
    hint: 'sort the file, or import it with --sort',
  });
}

function badBar(bars: BarColumns, i: number, rules: BarRules): SigmaError {
  return new SigmaError('data/bad-bar', whatIsWrong(bars, i), {
    where: rules.place(i),
    hint: `correct the bar of ${formatTime(bars.time[i]!)}, or import it with --repair drop`,
  });
}

function whatIsWrong(bars: BarColumns, i: number): string {
  for (const field of ['open', 'high', 'low', 'close'] as const) {
    const price = bars[field][i]!;
    if (Number.isNaN(price)) return `${field} is missing`;
    if (!(price > 0)) return `${field} ${price} is not a positive price`;
    if (price === Number.POSITIVE_INFINITY) return `${field} is infinite`;
  }
  if (bars.high[i]! < bars.low[i]!) return `high ${bars.high[i]} is below low ${bars.low[i]}`;
  return `volume ${bars.volume[i]} is negative`;
}
