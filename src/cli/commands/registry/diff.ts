/** `sigma registry diff`: what sets two artifacts apart. */
import type { Command } from 'commander';
import { diffArtifacts, type FieldDifference, resolveArtifact } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly limit: number };

export function registryDiffCommand(command: Command): void {
  command
    .argument('<a>', 'name@alias, or the start of a hash')
    .argument('<b>', 'the other one')
    .option('-n, --limit <n>', 'most values to show of a file', numberOption('--limit', { min: 1, integer: true }), 20);
  examples(command, 'sigma registry diff precursors@production precursors@candidate');
  act<Flags>(command, async (io, flags, [a = '', b = '']) => {
    const store = await wire(flags).registry();
    const [left, right] = await Promise.all([a, b].map(async (one) => store.load(await resolveArtifact(store, one))));
    const difference = await diffArtifacts(left!, right!);
    const { manifest, files } = difference;
    io.document('sigma.artifact-diff/1', { ...difference });
    if (difference.a === difference.b) return io.print('they are one artifact');
    const rows = (fields: readonly FieldDifference[]): string =>
      table(
        fields,
        [
          { title: 'field', text: ({ key }) => key, shrink: true },
          { title: a, text: (field) => field.a ?? '', shrink: true },
          { title: b, text: (field) => field.b ?? '', shrink: true },
        ],
        io.width,
      );
    if (manifest.length > 0) io.print(`manifest\n${rows(manifest)}`);
    for (const { file, change, bytes, fields } of files) {
      io.print(`\n${file} ${change}: ${bytes.join(' and ')} bytes, ${fields.length} values differ`);
      if (fields.length > 0) io.print(rows(fields.slice(0, flags.limit)));
    }
  });
}
