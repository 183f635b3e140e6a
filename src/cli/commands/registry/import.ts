/** `sigma registry import`: an exported artifact comes in, checked by its hashes. */
import type { Command } from 'commander';
import { importArtifact } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { wire } from '../../wire.ts';

export function registryImportCommand(command: Command): void {
  command.argument('<file|dir>', 'written by sigma registry export');
  examples(command, 'sigma registry import precursors-4f2a9c01d3e5.tar', 'sigma registry promote 4f2a9c01 production');
  act(command, async (io, flags, [path = '']) => {
    const store = await wire(flags).registry();
    const taken = await importArtifact(store, path);
    const { manifest } = await store.load(taken.hash);
    io.document('sigma.bundle-carried/1', { path, ...taken });
    io.print(
      `${manifest.name} ${taken.hash.slice(0, NAME_DIGITS)} (${manifest.kind}) is in the registry, under no alias yet`,
    );
    io.say(`name it with sigma registry promote ${taken.hash.slice(0, NAME_DIGITS)} candidate`);
  });
}
