/** `sigma experiment precursors`: how much of what was planted the research finds, and how often chance fools it. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { exitCodes } from '../../../lib/core/index.ts';
import { experimentPlan } from '../../../lib/research/defaults.ts';
import { interruption } from '../../interrupt.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { experimentText, isMissed } from '../../render/experiment.ts';
import { progressLine } from '../../render/progress.ts';

type Flags = { readonly seeds: number; readonly firstSeed: number; readonly nulls: number; readonly threads?: number };

export function experimentPrecursorsCommand(command: Command): void {
  command
    .option(
      '--seeds <n>',
      'planted markets of each amplitude',
      numberOption('--seeds', { min: 1, max: 1000, integer: true }),
      experimentPlan.seeds,
    )
    .option(
      '--first-seed <n>',
      'seeds count from here; those below 101, and 1000 to 1119, were looked at while it was made',
      numberOption('--first-seed', { min: 1, integer: true }),
      experimentPlan.firstSeed,
    )
    .option(
      '--nulls <n>',
      'markets of noise, and sets of permuted events',
      numberOption('--nulls', { min: 1, max: 10_000, integer: true }),
      experimentPlan.nulls,
    )
    .option('--threads <n>', 'threads (all cores)', numberOption('--threads', { min: 1, max: 1024, integer: true }));
  examples(command, 'sigma experiment precursors --seeds 2 --nulls 4', 'sigma experiment precursors --json');
  act<Flags>(command, async (io, { seeds, firstSeed, nulls, threads = availableParallelism() }) => {
    const { runExperiment } = await import('../../../lib/lab/index.ts');
    const progress = progressLine(io, { verb: 'experiment', unit: 'markets' });
    const experiment = await interruption.during(() =>
      runExperiment({
        plan: { seeds, firstSeed, nulls },
        threads,
        signal: interruption.signal,
        onProgress: (done, total) => progress.update(done, total),
      }),
    );
    progress.end();
    io.document('sigma.experiment/1', experiment);
    io.print(experimentText(experiment, io.width));
    if (experiment.gates.some(isMissed)) process.exitCode = exitCodes.gate;
  });
}
