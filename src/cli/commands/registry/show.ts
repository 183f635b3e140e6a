/** `sigma registry show`: one artifact, what decided it, and where its aliases stand. */
import type { Command } from 'commander';
import { flatten } from '../../../lib/core/index.ts';
import { resolveArtifact } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { aliasesOf, artifactDocument, historyLines } from '../../render/artifact.ts';
import { pairs } from '../../render/pairs.ts';
import { wire } from '../../wire.ts';

export function registryShowCommand(command: Command): void {
  command.argument('<artifact>', 'name@alias, or the start of a hash');
  examples(command, 'sigma registry show precursors@production', 'sigma registry show 4f2a9c01 --json');
  act(command, async (io, flags, [reference = '']) => {
    const store = await wire(flags).registry();
    const artifact = await store.load(await resolveArtifact(store, reference));
    const { hash, manifest, meta } = artifact;
    const aliases = await store.aliases();
    const moves = aliases.filter(({ name, history }) => name === manifest.name && history.some((m) => m.hash === hash));
    const { content, schema: _schema, ...fields } = manifest;
    io.print(
      pairs([
        ['hash', hash],
        ['aliases', aliasesOf(artifact, aliases).join(' ') || 'none'],
        ['made', [meta.created, meta.host, meta.source].filter((part) => part !== '').join(' · ')],
        ...Object.entries(meta.locations).map(([name, place]) => [`${name} from`, place] as const),
        ...flatten(fields),
      ]),
    );
    io.print(`\nfiles\n${pairs(Object.entries(content).map(([file, { bytes }]) => [file, `${bytes} bytes`]))}`);
    if (moves.length > 0) io.print(`\nhistory\n${moves.flatMap(historyLines).join('\n')}`);
    io.document('sigma.artifact-shown/1', { ...artifactDocument(artifact, aliases), history: moves });
  });
}
