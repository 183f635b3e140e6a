/** `sigma registry list`: what is in the registry, newest first. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { aliasesOf, artifactDocument, NAME_DIGITS } from '../../render/artifact.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly limit: number; readonly kind?: string; readonly name?: string };

export function registryListCommand(command: Command): void {
  command
    .option('-n, --limit <n>', 'most artifacts to show', numberOption('--limit', { min: 1, integer: true }), 20)
    .option('-k, --kind <kind>', 'only artifacts of this kind')
    .option('--name <name>', 'only artifacts of this name');
  examples(command, 'sigma registry list', 'sigma registry list --kind precursor --json');
  act<Flags>(command, async (io, flags) => {
    const store = await wire(flags).registry();
    const [listed, aliases] = await Promise.all([store.list(), store.aliases()]);
    const all = listed
      .flatMap((one) => ('problem' in one ? [] : [one]))
      .filter(({ manifest }) => flags.kind === undefined || manifest.kind === flags.kind)
      .filter(({ manifest }) => flags.name === undefined || manifest.name === flags.name);
    const broken = listed.flatMap((one) => ('problem' in one ? [one] : []));
    const shown = all.slice(0, flags.limit);
    io.document('sigma.registry/1', {
      artifacts: shown.map((one) => artifactDocument(one, aliases)),
      unreadable: broken.map(({ hash, problem }) => ({ hash, code: problem.code, problem: problem.found })),
    });
    if (shown.length === 0)
      io.print(
        listed.length === 0
          ? 'no artifacts; sigma dataset build makes one, sigma registry import brings one in'
          : `none of the ${listed.length} artifacts is of that kind and name`,
      );
    else
      io.print(
        table(
          shown,
          [
            { title: 'hash', text: ({ hash }) => hash.slice(0, NAME_DIGITS) },
            { title: 'made', text: ({ meta }) => meta.created.slice(0, 16).replace('T', ' ') },
            { title: 'name', text: ({ manifest }) => manifest.name, shrink: true },
            { title: 'kind', text: ({ manifest }) => manifest.kind },
            { title: 'trials', text: ({ manifest }) => String(manifest.trials), right: true },
            { title: 'aliases', text: (one) => aliasesOf(one, aliases).join(' '), shrink: true },
          ],
          io.width,
        ),
      );
    for (const { hash, problem } of broken) io.say(`${hash.slice(0, NAME_DIGITS)} cannot be read: ${problem.message}`);
    if (all.length > shown.length) io.say(`${all.length - shown.length} more; show them with --limit ${all.length}`);
  });
}
