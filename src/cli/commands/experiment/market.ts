/** `sigma experiment market`: a synthetic market with planted precursors, to try the research where the truth is known. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly seed: number;
  readonly amplitude: number;
  readonly instruments: number;
  readonly days: number;
  readonly dir: string;
  readonly replace?: true;
};

export function experimentMarketCommand(command: Command): void {
  command
    .argument('<name>', 'name of the new data set, and of the files beside it')
    .option('--seed <n>', 'of the market', numberOption('--seed', { min: 0, integer: true }), 1)
    .option(
      '--amplitude <x>',
      'size of the patterns in standard deviations; 0 hides none',
      numberOption('--amplitude', { min: 0 }),
      3,
    )
    .option('--instruments <n>', 'how many', numberOption('--instruments', { min: 2, max: 1000, integer: true }), 40)
    .option('--days <n>', 'how many sessions', numberOption('--days', { min: 6, max: 2000, integer: true }), 60)
    .option('--dir <folder>', 'where to write the specification and the events', '.')
    .option('--replace', 'replace a data set and files of that name');
  examples(command, 'sigma experiment market planted', 'sigma experiment market noise --amplitude 0 --seed 7');
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { plantedFiles, savePlantedMarket } = await import('../../../lib/lab/index.ts');
    const { seed, amplitude, instruments, days, dir } = flags;
    const made = await savePlantedMarket(
      name,
      { seed, amplitude, instruments, days },
      { ...(await wire(flags).catalog()), folder: dir, replace: flags.replace === true },
    );
    const { features, events } = plantedFiles(dir, name);
    io.document('sigma.planted-market/1', { name, features, events, count: made.events.length });
    io.print(
      [
        `stored ${name}: SYNTHETIC, ${made.dataset.meta.rows} bars of ${instruments} instruments, ${made.events.length} events`,
        `wrote ${features} and ${events}`,
        `next: sigma dataset build --features ${features} --data ${name} --events ${events}`,
      ].join('\n'),
    );
  });
}
