/** `sigma registry rollback`: an alias goes back to where it stood before its last promotion. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { before, standing } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly note: string };

export function registryRollbackCommand(command: Command): void {
  command.argument('<name@alias>', 'the alias to move').option('--note <text>', 'why, for the history', '');
  examples(command, 'sigma registry rollback precursors@production --note "hit rate fell"');
  act<Flags>(command, async (io, { note, ...flags }, [reference = '']) => {
    const store = await wire(flags).registry();
    const alias = (await store.aliases()).find((one) => `${one.name}@${one.alias}` === reference);
    const hash = alias === undefined ? undefined : before(alias);
    if (alias === undefined || hash === undefined)
      throw new SigmaError(
        'usage/unknown-artifact',
        alias === undefined ? `there is no alias '${reference}'` : 'it was promoted once: there is nothing before that',
        { where: reference, hint: 'see sigma registry list' },
      );
    const now = standing(alias);
    const moved = await store.move({ hash, alias: alias.alias, action: 'rollback', note, expected: now });
    io.document('sigma.alias/1', { ...moved });
    io.print(`${reference} is ${hash.slice(0, NAME_DIGITS)} again; it was ${now.slice(0, NAME_DIGITS)}`);
  });
}
