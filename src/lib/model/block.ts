/** A stretch of the market as one event source: each instrument's bars are one contiguous run of the columns, and `order` walks all rows in time. */
import type { BarColumns } from './bars.ts';
import type { Instrument } from './instrument.ts';
import type { Timeframe } from './timeframe.ts';

/**
 * Signals scan along the runs, events walk along `order`; neither copies. Row r belongs to instrument `instrument[r]`.
 * Blocks of one source follow each other in time: no row of a later block completes before a row of an earlier one,
 * and one instant (rows with equal `at`) never spans two blocks.
 */
export type Block = BarColumns & {
  readonly rows: number;
  /** When the bar of the row is complete and known: the time of its event. */
  readonly at: Float64Array;
  readonly instrument: Int32Array;
  /** Run of instrument i is rows [starts[i], starts[i + 1]); length is instruments + 1. */
  readonly starts: Int32Array;
  /** Permutation of the rows by (at, instrument). */
  readonly order: Int32Array;
  /**
   * Where it is known that every instrument has a row at every instant: when each instant is. Row t of every run then
   * belongs to instant t. All blocks of a source have it, or none.
   */
  readonly instants?: Float64Array;
  /** Where the rows came from, if that is in memory: all blocks of a source have it, or none. */
  readonly whole?: WholeBars;
};

/** Bars that lie whole in memory: row r of instrument i in a block is row `first[i] + r - starts[i]` of `bars[i]`. */
export type WholeBars = { readonly bars: readonly BarColumns[]; readonly first: Int32Array };

/** Where market blocks come from: bars in memory, or a tape on disk. Reading it twice gives the same blocks. */
export interface BlockSource {
  readonly instruments: readonly Instrument[];
  readonly timeframe: Timeframe;
  readonly closeOnly: boolean;
  readonly rows: number;
  /** Open times that all instruments have in common, where it is known that none has others. */
  readonly times?: Float64Array | undefined;
  /** Where bars of several instruments with times in common lie whole in memory: rows [from, to) of each, in memory of its own. */
  readonly between?: ((from: number, to: number) => Block) | undefined;
  /** A block may reuse the memory of the one before it: use it before asking for the next. */
  blocks(): Iterable<Block>;
}

/** First position in `order` after the instant that starts at `from`. */
export function instantEnd(block: Block, from: number): number {
  if (block.instants !== undefined) return from + block.starts.length - 1;
  const { order, at, rows } = block;
  const time = at[order[from]!]!;
  let to = from + 1;
  while (to < rows && at[order[to]!]! === time) to++;
  return to;
}

/** When the row at a position in `order` is complete. */
export function timeAt(block: Block, position: number): number {
  const { instants, starts, order } = block;
  return instants === undefined ? block.at[order[position]!]! : instants[Math.floor(position / (starts.length - 1))]!;
}
