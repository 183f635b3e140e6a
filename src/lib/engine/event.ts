/** Events as data: what an asynchronous session hears, in the form in which it is journalled. */

import { type Block, type Command, type CorporateAction, timeAt, type VenueReport } from '../model/index.ts';
import type { Approved } from '../risk/index.ts';
import type { LoadedArtifact } from '../strategy/index.ts';

/** One completed bar; missing values are null, because JSON has no NaN. */
export type BarEvent = {
  readonly instrument: number;
  /** Open time. */
  readonly time: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number | null;
};

export type EngineEvent =
  /** All bars that complete at one instant: whoever feeds the engine decides when an instant is whole. */
  | { readonly kind: 'bars'; readonly time: number; readonly bars: readonly BarEvent[] }
  | { readonly kind: 'report'; readonly report: VenueReport }
  | { readonly kind: 'corporate-action'; readonly action: CorporateAction }
  /** A new version, whole: a replay needs no registry. */
  | { readonly kind: 'artifact'; readonly artifact: LoadedArtifact }
  /** The run ends early for this reason: nothing comes after it. */
  | { readonly kind: 'interrupt'; readonly reason: string };

/** What went in and what came out, in order. */
export type JournalEntry = { readonly in: EngineEvent } | { readonly out: Command<Approved> };

/** Where a session's entries go: appended in order, never changed. `journalLine` and `fromJournalLine` keep one as text. */
export interface Journal {
  append(entry: JournalEntry): void | Promise<void>;
}

/** Rows order[from..to) of a block as one event. */
export function barsEvent(block: Block, from: number, to: number): EngineEvent {
  const bars: BarEvent[] = [];
  for (let k = from; k < to; k++) {
    const row = block.order[k]!;
    bars.push({
      instrument: block.instrument[row]!,
      time: block.time[row]!,
      open: known(block.open[row]!),
      high: known(block.high[row]!),
      low: known(block.low[row]!),
      close: known(block.close[row]!),
      volume: known(block.volume[row]!),
    });
  }
  return { kind: 'bars', time: timeAt(block, from), bars };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
