/** Events that somebody else dated: rows of symbol and time to places in a panel. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import type { Panel } from '../../features/index.ts';
import { formatTime, lowerBound } from '../../model/index.ts';
import type { EventPlace } from './event-table.ts';

export type LabelledEvent = {
  readonly symbol: string;
  /** UTC epoch milliseconds. */
  readonly time: number;
  /** Where it was written, for errors: `events.csv:17`. */
  readonly where: string;
};

/**
 * The first row of its instrument that is known at or after each event's time.
 * @throws SigmaError usage/unknown-instrument, or data/bad-time for an event before the first or after the last row
 */
export function labelledEvents(panel: Panel, events: readonly LabelledEvent[]): EventPlace[] {
  const index = new Map(panel.series.map((s, i) => [s.symbol, i]));
  return events.map(({ symbol, time, where }) => {
    const series = index.get(symbol);
    if (series === undefined) {
      const known = [...index.keys()];
      const hint = didYouMean(symbol, known) || `there are ${known.slice(0, 8).join(', ')}`;
      throw new SigmaError('usage/unknown-instrument', `there is no instrument ${symbol}`, { where, hint });
    }
    const { at } = panel.series[series]!;
    const row = lowerBound(at, time);
    if (row === at.length || time < at[0]! - panel.stepMs)
      throw new SigmaError('data/bad-time', `${symbol} has no row at ${formatTime(time)}`, {
        where,
        hint: `it has rows from ${formatTime(at[0]!)} to ${formatTime(at.at(-1)!)}; times are ISO 8601 or epoch milliseconds`,
      });
    return { series, row };
  });
}
