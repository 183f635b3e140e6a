/** `sigma validate`: which clusters of a discovery survive on days that nothing was fitted on. */
import type { Command } from 'commander';
import { type ValidationTerms, validationDefaults } from '../../../lib/lab/terms.ts';
import { act, examples } from '../../io.ts';
import { labContext } from '../../lab-context.ts';
import { numberOption } from '../../options/numbers.ts';

export function validateCommand(command: Command): void {
  const { permutations, minSupport, minLift, level, perDay, seed } = validationDefaults;
  command
    .argument('<discovery>', 'name, name@alias or hash')
    .option(
      '--permutations <n>',
      'exchanges of events between instruments',
      numberOption('--permutations', { min: 19, integer: true }),
      permutations,
    )
    .option(
      '--min-support <n>',
      'fewest alerts of a survivor',
      numberOption('--min-support', { min: 1, integer: true }),
      minSupport,
    )
    .option('--min-lift <x>', 'least lift of a survivor', numberOption('--min-lift', { above: 0 }), minLift)
    .option(
      '--level <p>',
      'chance that anything survives where nothing precedes events',
      numberOption('--level', { above: 0, max: 0.5 }),
      level,
    )
    .option(
      '--per-day <n>',
      'alerts a day that can be taken',
      numberOption('--per-day', { min: 1, integer: true }),
      perDay,
    )
    .option('--seed <n>', 'of the permutations', numberOption('--seed', { min: 0, integer: true }), seed);
  examples(command, 'sigma validate precursors', 'sigma validate precursors --permutations 2000 --json');
  act<ValidationTerms>(command, async (io, flags, [discovery = '']) => {
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
