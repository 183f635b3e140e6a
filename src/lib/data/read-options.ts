/** What can be asked of any reader of bars, whatever the format. */
import type { Instrument, Timeframe } from '../model/index.ts';
import type { ColumnNames } from './column-roles.ts';

/** A part of a source. */
export type Query = {
  /** Instruments to read; all when left out. */
  readonly symbols?: readonly string[];
  /** First open time, UTC epoch milliseconds, inclusive. */
  readonly from?: number;
  /** Open times end before this, UTC epoch milliseconds, exclusive. */
  readonly to?: number;
};

export type ReadOptions = Query & {
  /** Symbol of a source without a symbol column; the file name without its extension by default. */
  readonly symbol?: string;
  /** Details of the instruments that are read. */
  readonly instrument?: Partial<Omit<Instrument, 'symbol'>>;
  /** The most common time step when left out. */
  readonly timeframe?: Timeframe;
  /** Which column plays which part; detected from its name when left out. */
  readonly columns?: ColumnNames;
  /** IANA zone of times written without an offset; UTC when left out. */
  readonly timeZone?: string;
  /** Sort rows that are out of order instead of refusing them. */
  readonly sort?: boolean;
  /** `false` reads bars that break a rule as they are, for a quality report; times must still be times and numbers numbers. */
  readonly check?: boolean;
};
