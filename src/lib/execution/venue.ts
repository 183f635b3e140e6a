/** The venue port as the engine's drivers see it: approved orders go in, reports come out. */
import type { Block, Command, CorporateAction, VenueReport } from '../model/index.ts';
import type { Approved } from '../risk/index.ts';

export type VenueCommand = Command<Approved>;

/**
 * A venue that lives in the same process and in simulated time. The driver walks one instant like this:
 *
 *     if (venue.begin(block, from, to)) {        // rows order[from..to) complete at the same time
 *       exchange();                            // reports go up, commands come down
 *       while (venue.advance()) exchange();    // one step along the intrabar path
 *     }
 *     engine.live(from, to);                   // mark, decide
 *     exchange();
 *     while (venue.settle()) exchange();       // what fills on the close of this very instant (fill: 'close')
 *
 * and a stretch of instants in which nothing can happen at the venue like this:
 *
 *     const quiet = venue.quietUntil(block, from, reach);
 *     const lived = engine.live(from, quiet);  // ends early when a command appears
 *     venue.pass(block, from, lived);
 *     exchange(); …                            // as above
 */
export interface SimulatedVenue {
  /** Up to where nothing can happen while no command comes, from order[from] on: `from` when something may happen at once,
   * else the end of the instant, or with one instrument of the last such instant. At most `reach` rows are looked at. */
  quietUntil(block: Block, from: number, reach: number): number;
  /** Takes rows order[from..to) over, whole instants that `quietUntil` found quiet: their closes, and what trailing stops follow. */
  pass(block: Block, from: number, to: number): void;
  /** Starts an instant: expiries, charges of the day, then the opening and the intrabar path of each row. False when
   * nothing can happen in it: no order, charge or margin call is near. */
  begin(block: Block, from: number, to: number): boolean;
  /** Executes what comes next on the path, if anything; true when something happened that the engine should hear of. */
  advance(): boolean;
  /** Fills orders that may trade on the closes of the instant just seen; true when something happened. */
  settle(): boolean;
  /** Takes a command; its answer appears among the reports. */
  accept(command: VenueCommand): void;
  /** The oldest report that was not handed over yet; undefined when there is none. */
  next(): VenueReport | undefined;
  /** A split or dividend that takes effect before the next instant. */
  corporateAction(action: CorporateAction): void;
  /** Bars on which the order of high and low decided what was filled. */
  readonly ambiguousBars: number;
}
