/** `sigma registry gc`: what no alias leads to goes. */
import type { Command } from 'commander';
import type { SigmaError } from '../../../lib/core/index.ts';
import { collectGarbage } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';
import { type Workspace, wire } from '../../wire.ts';

const HOUR_MS = 3_600_000;

type Flags = { readonly dryRun?: true; readonly grace: number; readonly history: number };

export function registryGcCommand(command: Command): void {
  command
    .option('--dry-run', 'only say what would go')
    .option('--grace <hours>', 'leave alone what is younger', numberOption('--grace', { min: 0 }), 24)
    .option(
      '--history <moves>',
      'of an alias that are kept ready to go back to',
      numberOption('--history', { min: 0, integer: true }),
      10,
    );
  examples(command, 'sigma registry gc --dry-run', 'sigma registry gc --grace 720');
  act<Flags>(command, async (io, flags) => {
    const dryRun = flags.dryRun === true;
    const workspace = wire(flags);
    const garbage = await collectGarbage(workspace.registryFolder, {
      graceMs: flags.grace * HOUR_MS,
      history: flags.history,
      keep: await artifactsOfRuns(workspace),
      dryRun,
    });
    const { artifacts, objects, bytes, kept } = garbage;
    io.document('sigma.garbage/1', { dryRun, ...garbage });
    for (const { hash, name, kind } of artifacts) io.print(`${hash.slice(0, NAME_DIGITS)}  ${name} (${kind})`);
    io.print(
      `${dryRun ? 'would remove' : 'removed'} ${artifacts.length} artifacts and ${objects.length} objects (${bytes} bytes); ${kept} artifacts stay`,
    );
  });
}

/**
 * What stored runs and studies read: without it they could not be made again.
 * @throws SigmaError store/corrupt for one that cannot be read: what it needs is not known
 */
async function artifactsOfRuns(workspace: Workspace): Promise<readonly string[]> {
  const [runs, studies] = await Promise.all([workspace.runsAsStored(), workspace.studies()]);
  const stop = (problem: SigmaError): void => {
    throw problem;
  };
  return [
    ...(await runs.list(stop)).map(({ manifest }) => manifest.artifacts),
    ...(await studies.list(stop)).map(({ decision }) => decision.artifacts),
  ].flatMap((used) => Object.values(used ?? {}));
}
