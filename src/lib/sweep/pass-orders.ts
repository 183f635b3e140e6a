/** What a pass over the market needs of whoever carries out its orders. */
import type { FillRecords } from '../model/index.ts';
import type { Stretch } from './stretch.ts';
import type { WorstPrices } from './worst-prices.ts';

export interface PassOrders {
  readonly fills: FillRecords;
  /**
   * The instant of [from, to] up to which nothing can happen to orders and positions; the instants before it are then past.
   * Bounds on the prices around, where there are any, spare a look at each.
   */
  pass(stretch: Stretch, from: number, to: number, worst?: WorstPrices): number;
  /** All that trades in instant t before it is complete. False when only the event engine can tell. */
  open(stretch: Stretch, t: number, worst?: WorstPrices): boolean;
  /** Takes the orders made at an instant. */
  accept(time: number): void;
  /** What trades on the closes of instant t; `filled` hears of fills that are not written into the curve. False as above. */
  close(stretch: Stretch, t: number, filled: () => void): boolean;
}
