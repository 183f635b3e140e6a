/** `sigma registry export`: an artifact to take elsewhere. */
import type { Command } from 'commander';
import { exportArtifact, resolveArtifact } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly out?: string };

export function registryExportCommand(command: Command): void {
  command
    .argument('<artifact>', 'name@alias, or the start of a hash')
    .option('-o, --out <file.tar|dir>', 'file or folder to write (NAME-HASH.tar)');
  examples(command, 'sigma registry export precursors@production', 'sigma registry export 4f2a9c01 --out precursors');
  act<Flags>(command, async (io, flags, [reference = '']) => {
    const store = await wire(flags).registry();
    const hash = await resolveArtifact(store, reference);
    const { manifest } = await store.load(hash);
    const path = flags.out ?? `${manifest.name}-${hash.slice(0, NAME_DIGITS)}.tar`;
    const written = await exportArtifact(store, hash, path);
    io.document('sigma.bundle-carried/1', { path, ...written });
    io.print(
      `wrote ${path}: ${manifest.name} ${hash.slice(0, NAME_DIGITS)} with ${written.artifacts - 1} artifacts that it was made from`,
    );
  });
}
