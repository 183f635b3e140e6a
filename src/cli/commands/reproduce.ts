/** `sigma reproduce`: proves that a stored run or an artifact comes out the same again. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { interruption } from '../interrupt.ts';
import { act, examples, type Io } from '../io.ts';
import { NAME_DIGITS } from '../render/artifact.ts';
import { progressLine } from '../render/progress.ts';
import { storedThing } from '../stored-thing.ts';
import { type Workspace, wire } from '../wire.ts';

export function reproduceCommand(command: Command): void {
  command.argument('<run|artifact>', 'a run: id, start of an id, or latest; an artifact: name@alias, or its hash');
  examples(command, 'sigma reproduce latest', 'sigma reproduce precursors@production');
  act(command, async (io, flags, [reference = '']) => {
    const workspace = wire(flags);
    const thing = await storedThing(workspace, reference);
    if (thing.kind === 'artifact') await artifactAgain(io, workspace, thing.hash);
    else if (thing.kind === 'run') await runAgain(io, workspace, thing.id);
    else
      throw new SigmaError('usage/unknown-run', `${thing.id} is a study, which is not made again as a whole`, {
        where: reference,
        hint: 'reproduce the run of its best set, or search again with sigma optimize --fresh',
      });
  });
}

async function artifactAgain(io: Io, workspace: Workspace, hash: string): Promise<void> {
  const { reproduceArtifact } = await import('../../lib/registry/index.ts');
  const store = await workspace.registry();
  const { rebuilt, equal, difference } = await reproduceArtifact(store, hash, await workspace.rebuilders());
  io.document('sigma.artifact-reproduction/1', { hash, rebuilt, equal, difference: difference ?? null });
  if (difference === undefined) {
    io.print(`artifact ${hash.slice(0, NAME_DIGITS)} reproduced: its manifest and its files are equal to the byte`);
    return;
  }
  const fields = [
    ...difference.manifest.map((field) => ({ file: 'manifest', ...field })),
    ...difference.files.flatMap(({ file, fields }) => fields.map((field) => ({ file, ...field }))),
  ];
  const [first] = fields;
  const place =
    first === undefined ? difference.files.map(({ file }) => file).join(', ') : `${first.file}, ${first.key}`;
  throw new SigmaError('store/differs', `stored ${first?.a ?? 'one'}, now ${first?.b ?? 'another'}`, {
    where: `artifact ${hash.slice(0, NAME_DIGITS)}: ${place}`,
    hint: 'data, version or Node may have changed; sigma registry show prints those of the artifact',
  });
}

async function runAgain(io: Io, workspace: Workspace, id: string): Promise<void> {
  const stored = await (await workspace.runsAsStored()).load(id);
  const { reproduceRun } = await import('../../lib/runs/index.ts');
  const progress = progressLine(io, { verb: 'reproduce', unit: 'bars' });
  const markets = await workspace.markets();
  // The versions the run read, wherever their aliases have moved since.
  const artifacts = await workspace.artifactSource(stored.manifest.artifacts);
  const { equal, difference, run } = await workspace.withScratch((scratch) =>
    interruption.during(() =>
      reproduceRun(stored, {
        markets,
        artifacts,
        scratch,
        signal: interruption.signal,
        onProgress: ({ done, total }) => progress.update(done, total),
      }),
    ),
  );
  progress.end();
  io.document('sigma.reproduction/1', {
    id: stored.id,
    equal,
    difference: difference ?? null,
    durationMs: run.durationMs,
  });
  if (difference === undefined) {
    io.print(`run ${stored.id} reproduced: orders, fills, trades, equity, metrics and log are equal to the byte`);
    return;
  }
  const place =
    difference.row < 0
      ? `${difference.file}, ${difference.column}`
      : `${difference.file}, row ${difference.row}, column ${difference.column}`;
  throw new SigmaError('store/differs', `stored ${difference.stored}, now ${difference.reproduced}`, {
    where: `run ${stored.id}: ${place}`,
    hint: 'data, version or Node may have changed; sigma runs show prints those of the run',
  });
}
