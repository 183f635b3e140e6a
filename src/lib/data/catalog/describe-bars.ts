/** The part of a description that the bars themselves tell. */
import { approximateMs, type Bars, barCount, barsPerYear, DAY, type Timeframe } from '../../model/index.ts';
import { findCalendar } from '../calendar/index.ts';
import { contentHash } from './content-hash.ts';
import type { DatasetMeta } from './dataset-meta.ts';

const YEAR_DAYS = 365.2425;

type Measured = 'timeframe' | 'closeOnly' | 'instruments' | 'rows' | 'from' | 'to' | 'contentHash';

/** What whoever imports or generates the bars has to say; the rest is measured. */
export type DatasetDescription = Pick<DatasetMeta, 'name'> & Partial<Omit<DatasetMeta, Measured | 'name'>>;

export function describeBars(description: DatasetDescription, bars: readonly Bars[]): DatasetMeta {
  const timeframe = bars[0]?.timeframe ?? '1d';
  const sessions = description.sessions ?? (restsAtWeekends(bars) ? 'weekdays' : '24/7');
  return {
    title: description.name,
    description: '',
    licence: 'unknown',
    synthetic: false,
    hindsight: false,
    periodsPerYear: periodsPerYear(timeframe, sessions, description.sessions !== undefined, bars),
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

/**
 * Bars in a year: by the calendar that the description names or that never closes. Sessions that were only guessed tell neither holidays
 * nor hours: intraday bars are counted then, and others taken for those of 252 sessions.
 */
function periodsPerYear(timeframe: Timeframe, sessions: string, named: boolean, bars: readonly Bars[]): number {
  // The calendar of weekdays knows no hours.
  const known = sessions === '24/7' || (named && (sessions !== 'weekdays' || approximateMs(timeframe) >= DAY));
  const calendar = known ? findCalendar(sessions) : undefined;
  if (calendar !== undefined) return barsPerYear(timeframe, calendar.sessionsPerYear, calendar.hoursPerSession);
  const longest = bars.reduce((a, b) => (barCount(b) > barCount(a) ? b : a));
  const { time } = longest;
  const span = (time.at(-1) ?? 0) - (time[0] ?? 0);
  if (approximateMs(timeframe) >= DAY || span < 30 * DAY) return barsPerYear(timeframe, 252, 6.5);
  return Math.round((barCount(longest) * YEAR_DAYS * DAY) / span);
}

/** No bar opens on a Saturday or Sunday, in UTC, although there are days enough to tell. */
function restsAtWeekends(bars: readonly Bars[]): boolean {
  const days = new Set<number>();
  for (const { time, timeframe } of bars) {
    if (approximateMs(timeframe) > DAY) return false;
    for (const t of time) {
      const day = Math.floor(t / DAY);
      // 1970-01-01 was a Thursday.
      if ((day + 4) % 7 === 0 || (day + 4) % 7 === 6) return false;
      if (days.size < 8) days.add(day);
    }
  }
  return days.size >= 8;
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
