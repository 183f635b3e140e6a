/** `sigma registry promote`: an alias moves to an artifact. */
import type { Command } from 'commander';
import { ABSENT, resolveArtifact, standing } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly note: string; readonly expect?: string; readonly force?: true };

export function registryPromoteCommand(command: Command): void {
  command
    .argument('<artifact>', 'name@alias, or the start of a hash')
    .argument('[alias]', 'what to call it', 'production')
    .option('--note <text>', 'why, for the history', '')
    .option(
      '--expect <artifact>',
      'move only if the alias stands there, or `absent` (where it stands when the command begins)',
    )
    .option('--force', 'even if the alias stands at an artifact of another kind');
  examples(
    command,
    'sigma registry promote precursors@candidate production',
    'sigma registry promote 4f2a9c01 candidate --note "wider gates" --expect absent',
  );
  act<Flags>(command, async (io, flags, [reference = '', name = 'production']) => {
    const store = await wire(flags).registry();
    const known = await store.aliases();
    const hash = await resolveArtifact(store, reference);
    const { manifest } = await store.load(hash);
    const found = known.find((one) => one.name === manifest.name && one.alias === name);
    const before = found === undefined ? ABSENT : standing(found);
    const { expect, note, force: anyKind = false } = flags;
    const expected =
      expect === undefined || expect === ABSENT ? (expect ?? before) : await resolveArtifact(store, expect);
    const alias = await store.move({ hash, alias: name, action: 'promote', note, expected, anyKind });
    io.document('sigma.alias-moved/1', { ...alias });
    io.print(
      before === hash
        ? `${manifest.name}@${name} is ${hash.slice(0, NAME_DIGITS)} already`
        : `${manifest.name}@${name} is ${hash.slice(0, NAME_DIGITS)} now; it was ${before.slice(0, NAME_DIGITS)}`,
    );
  });
}
