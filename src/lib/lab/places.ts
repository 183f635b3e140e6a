/** Where and when something happened in a panel: counts by time of the session, by day, by instrument, by rows to an event. */
import type { Panel } from '../features/index.ts';
import { DAY, formatTime, MINUTE } from '../model/index.ts';
import type { CountBin } from '../report/index.ts';
import { tradingDays } from '../research/index.ts';

const MOST_SLOT_BINS = 26;
const MOST_DAY_BINS = 40;
const MOST_INSTRUMENTS = 16;
const MOST_LEAD_BINS = 30;

/** Moments as equal-length columns. */
export type Moments = { readonly series: ArrayLike<number>; readonly row: ArrayLike<number> };

/** The bins that a panel has room for, counted for any moments in it. */
export function placesIn(panel: Panel): (moments: Moments) => {
  readonly slots: readonly CountBin[];
  readonly days: readonly CountBin[];
  readonly instruments: readonly CountBin[];
} {
  const slots = slotRange(panel);
  const trading = tradingDays(panel);
  const dayPlace = new Map(trading.map((day, k) => [day, k]));
  const label = (slot: number): string => clock(slot * panel.stepMs);
  return ({ series, row }) => {
    const of = (place: (s: number, r: number) => number): number[] => Array.from(series, (s, i) => place(s, row[i]!));
    const ofSlots = of((s, r) => panel.series[s]!.slot[r]! - slots.first);
    const ofDays = of((s, r) => dayPlace.get(panel.series[s]!.day[r]!)!);
    const bySymbol = panel.series
      .map(({ symbol }, s) => ({ label: symbol, count: Array.from(series).filter((own) => own === s).length }))
      .sort((a, b) => b.count - a.count);
    return {
      slots: binned(ofSlots, { size: slots.count, most: MOST_SLOT_BINS }, (place) => label(slots.first + place)),
      days: binned(ofDays, { size: trading.length, most: MOST_DAY_BINS }, (place) =>
        formatTime(trading[place]! * DAY).slice(5),
      ),
      instruments: bySymbol.slice(0, MOST_INSTRUMENTS),
    };
  };
}

/** Rows from alerts to their events, those without one within the horizon left out. */
export function leadBins(leads: readonly number[], horizonRows: number): readonly CountBin[] {
  const inTime = leads.filter((lead) => lead <= horizonRows).map((lead) => Math.max(0, Math.ceil(lead) - 1));
  return binned(inTime, { size: horizonRows, most: MOST_LEAD_BINS }, (place) => String(place + 1));
}

/** Slots that hold a row at all. */
function slotRange({ series }: Panel): { readonly first: number; readonly count: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { slot } of series)
    for (const s of slot) {
      first = Math.min(first, s);
      last = Math.max(last, s);
    }
  return { first, count: last - first + 1 };
}

function binned(
  places: readonly number[],
  { size, most }: { readonly size: number; readonly most: number },
  label: (place: number) => string,
): CountBin[] {
  const width = Math.ceil(size / most);
  const counts = new Array<number>(Math.ceil(size / width)).fill(0);
  for (const place of places) counts[Math.floor(place / width)]!++;
  return counts.map((count, k) => ({ label: label(k * width), count }));
}

/** `1:05` after an hour and five minutes. */
function clock(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
