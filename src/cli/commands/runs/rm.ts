/** `sigma runs rm`: removes stored runs. */
import type { Command } from 'commander';
import { resolveRun } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

export function runsRmCommand(command: Command): void {
  command.argument('<run...>', 'ids, starts of ids, or latest');
  examples(command, 'sigma runs rm latest', 'sigma runs rm 4f2a 9c01');
  act(command, async (io, flags, references) => {
    const store = await wire(flags).runs();
    const known = (await store.list()).map((run) => run.id);
    // All names are looked up before anything is removed: a misspelt one leaves everything in place.
    const ids = [...new Set(references.map((reference) => resolveRun(reference, known)))];
    for (const id of ids) await store.remove(id);
    io.print(`removed ${ids.join(', ')}`);
    io.document('sigma.removed/1', { removed: ids });
  });
}
