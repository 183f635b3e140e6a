/** The last step of every reader: columns become bars of instruments, sorted if asked, checked, cut to the range asked for. */
import { didYouMean, SigmaError } from '../core/index.ts';
import { type BarColumns, type Bars, betweenTimes, formatTime, instrument } from '../model/index.ts';
import { gatherBars, timeOrder, validateBars } from './bars-check.ts';
import { inferTimeframe } from './infer-timeframe.ts';
import type { ReadOptions } from './read-options.ts';

export type Series = { readonly symbol: string; readonly columns: BarColumns; readonly place: (row: number) => string };

/**
 * Bars in the order of the series.
 * @throws SigmaError of `validateBars`, data/empty when there is no row at all, usage/empty-range when none is in the range
 */
export function finishBars(
  series: readonly Series[],
  source: { readonly where: string; readonly closeOnly: boolean },
  options: ReadOptions,
): Bars[] {
  if (series.every((s) => s.columns.time.length === 0)) {
    if (options.from !== undefined || options.to !== undefined) throw emptyRange(source.where, options);
    throw new SigmaError('data/empty', 'has no rows', { where: source.where });
  }
  const sorted = options.sort === true ? series.map(inTimeOrder) : series;
  if (options.check !== false) for (const s of sorted) validateBars(s.columns, s);
  const timeframe =
    options.timeframe ??
    inferTimeframe(
      sorted.map((s) => s.columns.time),
      source.where,
    );
  const bars = sorted.map(
    (s): Bars => ({
      instrument: instrument(s.symbol, options.instrument),
      timeframe,
      closeOnly: source.closeOnly,
      ...s.columns,
    }),
  );
  return cutRange(bars, source.where, options);
}

function inTimeOrder(series: Series): Series {
  const order = timeOrder(series.columns.time);
  if (order === undefined) return series;
  return { ...series, columns: gatherBars(series.columns, order), place: (row) => series.place(order[row]!) };
}

/** Bars with open times in the range. @throws SigmaError usage/empty-range when that leaves none */
export function cutRange(bars: readonly Bars[], where: string, options: Pick<ReadOptions, 'from' | 'to'>): Bars[] {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  if (!(from < to)) throw emptyRange(where, options);
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [...bars];
  const cut = bars.map((b) => betweenTimes(b, from, to));
  if (cut.every((b) => b.time.length === 0)) throw emptyRange(where, options);
  return cut;
}

/** The wanted symbols in the order they were asked for. @throws SigmaError usage/unknown-instrument */
export function chooseSymbols(
  available: readonly string[],
  wanted: readonly string[] | undefined,
  where: string,
): readonly string[] {
  if (wanted === undefined) return available;
  const known = new Set(available);
  for (const symbol of wanted) {
    if (known.has(symbol)) continue;
    const near = didYouMean(symbol, available);
    throw new SigmaError('usage/unknown-instrument', `no instrument '${symbol}'`, {
      where,
      hint: near === '' ? `there are ${available.slice(0, 12).join(', ')}${available.length > 12 ? ', …' : ''}` : near,
    });
  }
  return [...new Set(wanted)];
}

export function emptyRange(where: string, options: Pick<ReadOptions, 'from' | 'to'>): SigmaError {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  if (!(from < to))
    return new SigmaError(
      'usage/empty-range',
      `the start ${formatTime(from)} is not before the end ${formatTime(to)}`,
      {
        where,
      },
    );
  const start = from === Number.NEGATIVE_INFINITY ? 'the beginning' : formatTime(from);
  const end = to === Number.POSITIVE_INFINITY ? 'the end' : formatTime(to);
  return new SigmaError('usage/empty-range', `no rows from ${start} to ${end}`, { where });
}
