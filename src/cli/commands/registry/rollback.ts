/** `sigma registry rollback`: an alias goes back to where it stood before its last promotion. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { type ArtifactStore, rollBack } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly note: string };

export function registryRollbackCommand(command: Command): void {
  command.argument('<name@alias>', 'the alias to move').option('--note <text>', 'why, for the history', '');
  examples(command, 'sigma registry rollback precursors@production --note "hit rate fell"');
  act<Flags>(command, async (io, { note, ...flags }, [reference = '']) => {
    const store = await wire(flags).registry();
    const moved = await rollBack(store, reference, { note });
    if (moved === undefined) throw await nothingBefore(store, reference);
    const { alias, from, to } = moved;
    io.document('sigma.alias-moved/1', { ...alias });
    io.print(`${reference} is ${to.slice(0, NAME_DIGITS)} again; it was ${from.slice(0, NAME_DIGITS)}`);
  });
}

async function nothingBefore(store: ArtifactStore, reference: string): Promise<SigmaError> {
  const known = (await store.aliases()).some(({ name, alias }) => `${name}@${alias}` === reference);
  return new SigmaError(
    'usage/unknown-artifact',
    known ? 'it was promoted once: there is nothing before that' : `there is no alias '${reference}'`,
    { where: reference, hint: 'see sigma registry list' },
  );
}
