/** The asynchronous driver: events arrive through an async iterator, commands leave through a venue port, everything is journalled. Paper and live trading are this driver with other ports. */

import type { VenueCommand } from '../execution/index.ts';
import { createBlockBuilder } from '../frame/index.ts';
import type { Timeframe } from '../model/index.ts';
import type { Engine } from './engine.ts';
import type { BarEvent, EngineEvent, Journal } from './event.ts';
import type { EngineResult } from './result.ts';

/** Where a session's commands go. Reports come back among its events. */
export interface VenuePort {
  send(command: VenueCommand): void | Promise<void>;
}

export type SessionOptions = {
  readonly engine: Engine;
  readonly timeframe: Timeframe;
  readonly instruments: number;
  readonly events: AsyncIterable<EngineEvent>;
  readonly venue: VenuePort;
  readonly journal: Journal;
  /** Bars on which the intrabar path decided a fill, as the venue knows it when the session ends. */
  readonly ambiguousBars?: () => number;
};

/** Runs until the events end or a risk rule stops the engine. Every event is journalled before the engine sees it, every command before it is sent. */
export async function runSession(options: SessionOptions): Promise<EngineResult> {
  const { engine, venue, journal } = options;
  const feed = createEventFeed(engine, options.timeframe, options.instruments);
  for await (const event of options.events) {
    await journal.append({ in: event });
    feed(event);
    for (let command = engine.next(); command !== undefined; command = engine.next()) {
      await journal.append({ out: command });
      await venue.send(command);
    }
    if (engine.stopped) break;
  }
  return engine.finish(options.ambiguousBars?.() ?? 0);
}

/** Hands one event to the engine; the bars of an instant become a block of their own. */
export function createEventFeed(
  engine: Engine,
  timeframe: Timeframe,
  instruments: number,
): (event: EngineEvent) => void {
  const builder = createBlockBuilder(instruments, instruments);
  const column = (): Float64Array => new Float64Array(1);
  const row = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  const append = (bar: BarEvent): void => {
    row.time[0] = bar.time;
    row.open[0] = bar.open ?? Number.NaN;
    row.high[0] = bar.high ?? Number.NaN;
    row.low[0] = bar.low ?? Number.NaN;
    row.close[0] = bar.close ?? Number.NaN;
    row.volume[0] = bar.volume ?? Number.NaN;
    builder.append(bar.instrument, row, 0, 1);
  };
  return (event) => {
    switch (event.kind) {
      case 'bars':
        builder.clear();
        for (const bar of [...event.bars].sort((a, b) => a.instrument - b.instrument)) append(bar);
        engine.load(builder.build(timeframe));
        engine.live(0, event.bars.length);
        return;
      case 'report':
        engine.report(event.report);
        return;
      case 'corporate-action':
        engine.corporateAction(event.action);
        return;
      case 'artifact':
        engine.artifact(event.artifact);
        return;
      case 'interrupt':
        engine.interrupt(event.reason);
    }
  };
}
