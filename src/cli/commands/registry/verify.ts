/** `sigma registry verify`: everything is hashed again. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { resolveArtifact, type Verification, verifyRegistry } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

export function registryVerifyCommand(command: Command): void {
  command.argument('[artifact...]', 'only these and all they were made from (everything)');
  examples(command, 'sigma registry verify', 'sigma registry verify precursors@production');
  act(command, async (io, flags, references) => {
    const workspace = wire(flags);
    const store = await workspace.registry();
    const only = await Promise.all(references.map((reference) => resolveArtifact(store, reference)));
    const found = await verifyRegistry(workspace.registryFolder, only.length === 0 ? undefined : only);
    const { artifacts, objects, bytes, faults } = found;
    io.document('sigma.verification/1', { ...found });
    const lines = faults.map(({ what, subject, problem, neededBy }) =>
      [`${what} ${subject} ${problem}`, ...(neededBy.length === 0 ? [] : [`needed by ${neededBy.join(', ')}`])].join(
        '; ',
      ),
    );
    if (lines.length > 0) io.print(lines.join('\n'));
    if (faults.length > 0) throw refusal(found, workspace.registryFolder);
    if (artifacts + objects === 0) io.say(`there is nothing in ${workspace.registryFolder}`);
    io.print(`${artifacts} artifacts and ${objects} objects (${bytes} bytes) are as they were written`);
  });
}

const UPDATE = 'update sigma to read what a newer version wrote';

/** Damage before what is only newer: it is what cannot wait. */
function refusal({ artifacts, objects, faults }: Verification, where: string): SigmaError {
  const newer = faults.filter((fault) => fault.newer === true).length;
  const damaged = faults.length - newer;
  if (damaged === 0)
    return new SigmaError('data/newer-schema', `${newer} of what is there was written by a newer version of sigma`, {
      where,
      hint: UPDATE,
    });
  return new SigmaError('store/corrupt', `${damaged} of ${artifacts + objects} things are not as they were written`, {
    where,
    hint: `import the artifacts again, or make them again with the command that made them: what is saved again heals; a damaged alias is removed and promoted again${newer === 0 ? '' : `; ${UPDATE}`}`,
  });
}
