/** The part of a description that the bars themselves tell. */
import { type Bars, barCount, barsPerYear } from '../../model/index.ts';
import { contentHash } from './content-hash.ts';
import type { DatasetMeta } from './dataset-meta.ts';

type Measured = 'timeframe' | 'closeOnly' | 'instruments' | 'rows' | 'from' | 'to' | 'contentHash';

/** What whoever imports or generates the bars has to say; the rest is measured. */
export type DatasetDescription = Pick<DatasetMeta, 'name'> & Partial<Omit<DatasetMeta, Measured | 'name'>>;

export function describeBars(description: DatasetDescription, bars: readonly Bars[]): DatasetMeta {
  const timeframe = bars[0]?.timeframe ?? '1d';
  const sessions = description.sessions ?? '24/7';
  const alwaysOpen = sessions === '24/7';
  return {
    title: description.name,
    description: '',
    licence: 'unknown',
    synthetic: false,
    periodsPerYear: alwaysOpen ? barsPerYear(timeframe, 365.2425, 24) : barsPerYear(timeframe, 252, 6.5),
    ...description,
    sessions,
    timeframe,
    closeOnly: bars.every((b) => b.closeOnly),
    instruments: bars.map((b) => b.instrument).sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    rows: bars.reduce((sum, b) => sum + barCount(b), 0),
    ...range(bars),
    contentHash: contentHash(bars),
  };
}

function range(bars: readonly Bars[]): { from: string; to: string } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { time } of bars) {
    if (time.length === 0) continue;
    from = Math.min(from, time[0]!);
    to = Math.max(to, time.at(-1)!);
  }
  const iso = (time: number): string => new Date(Number.isFinite(time) ? time : 0).toISOString();
  return { from: iso(from), to: iso(to) };
}
