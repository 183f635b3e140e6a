/** What the use cases of the research need, as a command has it. */
import type { LabContext } from '../lib/lab/index.ts';
import type { CommonFlags, Io } from './io.ts';
import { wire } from './wire.ts';

export async function labContext(io: Io, flags: CommonFlags, source: string): Promise<LabContext> {
  const workspace = wire(flags);
  return {
    markets: await workspace.markets(),
    store: await workspace.registry(),
    ledger: await workspace.ledger(),
    source,
    onStage: (stage) => {
      io.say(`${stage} …`);
    },
  };
}
