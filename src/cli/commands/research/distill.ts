/** `sigma distill`: the survivors of a validation as one small document that a strategy runs. */
import type { Command } from 'commander';
import { validationDefaults } from '../../../lib/lab/terms.ts';
import { act, examples } from '../../io.ts';
import { labContext } from '../../lab-context.ts';
import { choiceOption, numberOption } from '../../options/numbers.ts';

type Flags = {
  readonly name?: string;
  readonly perDay?: number;
  readonly estimate?: 'membership' | 'trees';
  readonly seed: number;
  readonly gates: boolean;
};

export function distillCommand(command: Command): void {
  command
    .argument('<validation>', 'name, name@alias or hash')
    .option('--name <name>', "name in the registry (the validation's)")
    .option(
      '--per-day <n>',
      "most alerts a day (the validation's)",
      numberOption('--per-day', { min: 1, integer: true }),
    )
    .option(
      '--estimate <how>',
      'membership, or a small ensemble of trees (whichever does better on days left out)',
      choiceOption('--estimate', ['membership', 'trees']),
    )
    .option('--no-gates', 'no gates on tradeability, spread and activity')
    .option(
      '--seed <n>',
      'of what is drawn',
      numberOption('--seed', { min: 0, integer: true }),
      validationDefaults.seed,
    );
  examples(command, 'sigma distill precursors', 'sigma distill precursors --per-day 5 --estimate membership');
  act<Flags>(command, async (io, flags, [validation = '']) => {
    const { makePrecursor } = await import('../../../lib/lab/index.ts');
    const { name, perDay, estimate, gates, seed } = flags;
    const made = await makePrecursor(
      {
        validation,
        terms: {
          seed,
          ...(perDay === undefined ? {} : { perDay }),
          ...(name === undefined ? {} : { name }),
          ...(estimate === undefined ? {} : { estimate }),
          ...(gates ? {} : { gates: [] }),
        },
      },
      await labContext(io, flags, 'sigma distill'),
    );
    const { precursorText } = await import('../../render/research.ts');
    io.document('sigma.precursor-made/1', made);
    io.print(precursorText(made));
  });
}
