/** A simulated venue behind asynchronous ports: its events are pulled one by one, and commands sent between two pulls act before the next. */
import type { SimulatedVenue } from '../execution/index.ts';
import { type BlockSource, type CorporateAction, instantEnd, timeAt } from '../model/index.ts';
import { ActionWalk } from './backtest.ts';
import { barsEvent, type EngineEvent } from './event.ts';
import { InstantCursor } from './instants.ts';
import type { VenuePort } from './session.ts';

export type SimulatedExchange = { readonly events: AsyncIterable<EngineEvent>; readonly port: VenuePort };

export type ExchangeOptions = {
  readonly source: BlockSource;
  readonly venue: SimulatedVenue;
  readonly detail?: BlockSource;
  readonly actions?: readonly CorporateAction[];
  /** Aborting it interrupts the run after the instant in hand. */
  readonly signal?: AbortSignal;
};

/** The order of events is that of the synchronous driver: fills of an instant, then its bars, then what fills on its close. */
export function simulatedExchange(options: ExchangeOptions): SimulatedExchange {
  return {
    events: { [Symbol.asyncIterator]: () => walk(options) },
    port: { send: (command) => options.venue.accept(command) },
  };
}

async function* walk({ source, venue, detail, actions = [], signal }: ExchangeOptions): AsyncGenerator<EngineEvent> {
  const finer = detail === undefined ? undefined : new InstantCursor(detail);
  const pendingActions: CorporateAction[] = [];
  const actionWalk = new ActionWalk(actions, venue, { corporateAction: (action) => pendingActions.push(action) });
  for (const block of source.blocks()) {
    for (let from = 0; from < block.rows; ) {
      const to = instantEnd(block, from);
      actionWalk.until(block.time[block.order[from]!]!);
      for (const action of pendingActions.splice(0)) yield { kind: 'corporate-action', action };
      if (finer === undefined) yield* matched(venue, () => venue.begin(block, from, to));
      else {
        for (const until = timeAt(block, from); finer.at <= until; finer.advance()) {
          yield* matched(venue, () => venue.begin(finer.block, finer.from, finer.to));
        }
      }
      yield barsEvent(block, from, to);
      yield* reports(venue);
      while (venue.settle()) yield* reports(venue);
      if (signal?.aborted === true) return yield { kind: 'interrupt', reason: 'interrupted' };
      from = to;
    }
  }
}

function* matched(venue: SimulatedVenue, begin: () => void): Iterable<EngineEvent> {
  begin();
  yield* reports(venue);
  while (venue.advance()) yield* reports(venue);
}

function* reports(venue: SimulatedVenue): Iterable<EngineEvent> {
  for (let report = venue.next(); report !== undefined; report = venue.next()) yield { kind: 'report', report };
}
