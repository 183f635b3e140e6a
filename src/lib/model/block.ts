/** A stretch of the market as one event source: each instrument's bars are one contiguous run of the columns, and `order` walks all rows in time. */
import type { BarColumns } from './bars.ts';

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
};
