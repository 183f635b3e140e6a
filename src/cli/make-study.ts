/** Makes a study with progress on stderr; Ctrl-C keeps what was evaluated, and the same command takes it up again. */
import type { Study, StudyOptions } from '../lib/studies/index.ts';
import { interruption } from './interrupt.ts';
import type { Io } from './io.ts';
import { progressLine } from './render/progress.ts';
import { type ExecutorFlags, trialExecutors } from './trial-executors.ts';
import type { Workspace } from './wire.ts';

export async function makeStudy(
  io: Io,
  workspace: Workspace,
  strategy: string,
  options: StudyOptions,
  keep: { readonly store: boolean; readonly fresh?: true; readonly out?: string } & ExecutorFlags,
): Promise<Study> {
  const [{ runStudy }, { strategySource }] = await Promise.all([
    import('../lib/studies/index.ts'),
    import('../lib/runs/index.ts'),
  ]);
  const progress = progressLine(io, { verb: 'optimize', unit: 'sets' });
  const [source, markets, ledger] = await Promise.all([
    strategySource(strategy, workspace.plugins),
    workspace.markets(),
    workspace.ledger(),
  ]);
  const executors = await trialExecutors(keep, io);
  try {
    const study = await interruption.during(async () =>
      runStudy(source, options, {
        markets,
        artifacts: await workspace.artifactSource(),
        ledger,
        signal: interruption.signal,
        ...(executors.open === undefined ? {} : { executor: executors.open }),
        onProgress: ({ stage, done, total, best }) =>
          progress.update(done, total, `${stage}${Number.isNaN(best) ? '' : `, best ${best.toPrecision(4)}`}`),
        ...(keep.store ? { store: await workspace.studies(), runs: await workspace.runs() } : {}),
        ...(keep.fresh === true ? { fresh: true } : {}),
      }),
    );
    progress.end();
    tell(io, study, keep.store);
    return study;
  } finally {
    progress.end();
    await executors.close();
  }
}

function tell(io: Io, study: Study, stored: boolean): void {
  for (const warning of study.warnings) io.say(`warning: ${warning}`);
  const { id, counts } = study.view;
  const taken = counts.trials - study.evaluated;
  if (study.outcome === 'same') io.say(`study ${id}: finished earlier and shown from there; --fresh begins again`);
  else if (taken > 0) io.say(`${taken} of ${counts.trials} trials were taken over from the interrupted study`);
  if (study.outcome === 'partial')
    io.say(
      stored
        ? `stopped after ${counts.trials} trials: the same command takes study ${id} up again`
        : `stopped after ${counts.trials} trials`,
    );
  if (study.outcome === 'new' && stored)
    io.say(`study ${id} stored, its best run as ${study.view.run ?? 'none'}; see sigma report ${id} --open`);
}
