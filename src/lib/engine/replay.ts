/** Replays a journal: the same events into a fresh engine must give the same commands, and so the same orders, fills and equity. */
import { canonicalJson, type Json, SigmaError } from '../core/index.ts';
import type { Timeframe } from '../model/index.ts';
import type { Engine } from './engine.ts';
import type { JournalEntry } from './event.ts';
import type { EngineResult } from './result.ts';
import { createEventFeed } from './session.ts';

export type ReplayOptions = {
  readonly engine: Engine;
  readonly timeframe: Timeframe;
  readonly instruments: number;
  readonly entries: Iterable<JournalEntry>;
  readonly ambiguousBars?: number;
};

/** @throws SigmaError store/differs naming the first entry whose command is another one, missing or added. */
export function replayJournal(options: ReplayOptions): EngineResult {
  const { engine } = options;
  const feed = createEventFeed(engine, options.timeframe, options.instruments);
  const expected: string[] = [];
  let position = 0;
  for (const entry of options.entries) {
    position++;
    if ('in' in entry) {
      if (expected.length > 0) differs(position, `the session did not send ${expected[0]}`);
      feed(entry.in);
      for (let command = engine.next(); command !== undefined; command = engine.next()) expected.push(text(command));
    } else {
      const command = expected.shift();
      if (command !== text(entry.out))
        differs(position, `the session sent ${text(entry.out)}, the replay ${command ?? 'nothing'}`);
    }
  }
  if (expected.length > 0) differs(position, `the session did not send ${expected[0]}`);
  return engine.finish(options.ambiguousBars ?? 0);
}

function differs(position: number, found: string): never {
  throw new SigmaError('store/differs', found, {
    where: `journal entry ${position}`,
    hint: 'the strategy, its parameters or the configuration are not those of the session',
  });
}

/** A command as canonical text, in the form it has in a journal file: a time that never comes is null there. */
function text(command: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(command)) as Json);
}
