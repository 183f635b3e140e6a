/** `sigma studies rm`: removes stored studies; their trials stay counted. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

export function studiesRmCommand(command: Command): void {
  command.argument('<study...>', 'ids, starts of ids, or latest');
  examples(command, 'sigma studies rm latest');
  act(command, async (io, flags, references) => {
    const { findStudy } = await import('../../../lib/studies/index.ts');
    const store = await wire(flags).studies();
    // All names are looked up before anything is removed: a misspelt one leaves everything in place.
    const found = await Promise.all(references.map((reference) => findStudy(store, reference)));
    const ids = [...new Set(found.map(({ id }) => id))];
    for (const id of ids) await store.remove(id);
    io.print(`removed ${ids.join(', ')}; the ledger keeps their trials`);
    io.document('sigma.removed/1', { removed: ids });
  });
}
