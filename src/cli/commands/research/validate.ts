/** `sigma validate`: which clusters of a discovery survive on days that nothing was fitted on. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { labContext } from '../../options/research-flags.ts';

type Flags = {
  readonly permutations: number;
  readonly minSupport: number;
  readonly minLift: number;
  readonly level: number;
  readonly perDay: number;
  readonly seed: number;
};

export function validateCommand(command: Command): void {
  command
    .argument('<discovery>', 'name, name@alias or hash')
    .option(
      '--permutations <n>',
      'exchanges of events between instruments',
      numberOption('--permutations', { min: 19, integer: true }),
      400,
    )
    .option(
      '--min-support <n>',
      'fewest alerts of a survivor',
      numberOption('--min-support', { min: 1, integer: true }),
      15,
    )
    .option('--min-lift <x>', 'least lift of a survivor', numberOption('--min-lift', { above: 0 }), 1.5)
    .option('--level <p>', 'chance that any survivor is luck', numberOption('--level', { above: 0, max: 0.5 }), 0.05)
    .option('--per-day <n>', 'alerts a day that can be taken', numberOption('--per-day', { min: 1, integer: true }), 20)
    .option('--seed <n>', 'of the permutations', numberOption('--seed', { min: 0, integer: true }), 1);
  examples(command, 'sigma validate precursors', 'sigma validate precursors --permutations 2000 --json');
  act<Flags>(command, async (io, flags, [discovery = '']) => {
    const { makeValidation } = await import('../../../lib/lab/index.ts');
    const { permutations, minSupport, minLift, level, perDay, seed } = flags;
    const made = await makeValidation(
      { discovery, terms: { permutations, minSupport, minLift, level, perDay, seed } },
      await labContext(io, flags, 'sigma validate'),
    );
    const { validationText } = await import('../../render/research.ts');
    io.document('sigma.validation-made/1', made);
    io.print(validationText(made, io.width));
  });
}
