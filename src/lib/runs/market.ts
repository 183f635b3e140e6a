/** The market of a run: bars with what is known of where they come from. */
import type { DatasetActions } from '../data/index.ts';
import type { Bars, BlockSource, Instrument, Timeframe } from '../model/index.ts';
import type { DataReference } from '../registry/index.ts';

export type MarketInfo = {
  /** Catalog name, or the file or table it was read from. */
  readonly name: string;
  readonly title: string;
  readonly timeframe: Timeframe;
  readonly closeOnly: boolean;
  readonly synthetic: boolean;
  readonly hindsight: boolean;
  readonly licence: string;
  readonly contentHash: string;
  readonly symbols: readonly string[];
  /** Bars of all instruments together. */
  readonly rows: number;
  /** Open times of the first and the last bar, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** `24/7` or the name of a calendar. */
  readonly sessions: string;
  readonly periodsPerYear: number;
  /** Symbol of the set's own benchmark. */
  readonly benchmark?: string;
};

export type Window = {
  readonly symbols?: readonly string[];
  /** Open times in [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
};

/** An opened source of bars; reading it twice gives the same bars. */
export interface Market {
  readonly info: MarketInfo;
  /** @throws SigmaError usage/unknown-instrument */
  read(window: Window): Promise<readonly Bars[]>;
  /** What the bars are made of where they are longer than those that are stored, and how. */
  readonly shorter?: { read(window: Window): Promise<readonly Bars[]>; lengthen(bars: Bars): Bars };
  /** The same bars in time order and bounded memory; absent where they are in memory anyway. */
  source?(window: Window): Promise<BlockSource>;
  /** Splits and dividends that come with the bars. */
  actions(): Promise<DatasetActions>;
}

/** Opens a market by catalog name, file or address. */
export interface Markets {
  open(name: string): Promise<Market>;
}

/** First and last open time and number of the bars that a run reads. */
export type Extent = { readonly from: number; readonly to: number; readonly rows: number };

export function extentOf(bars: readonly Bars[]): Extent {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let rows = 0;
  for (const { time } of bars) {
    rows += time.length;
    from = Math.min(from, time[0] ?? from);
    to = Math.max(to, time.at(-1) ?? to);
  }
  return { from, to, rows };
}

/** What the manifest keeps of the bars that were used. */
export function dataReference(info: MarketInfo, instruments: readonly Instrument[], extent: Extent): DataReference {
  return {
    name: info.name,
    contentHash: info.contentHash,
    timeframe: info.timeframe,
    symbols: instruments.map((instrument) => instrument.symbol),
    from: new Date(extent.from).toISOString(),
    to: new Date(extent.to).toISOString(),
    rows: extent.rows,
    closeOnly: info.closeOnly,
    synthetic: info.synthetic,
    licence: info.licence,
  };
}
