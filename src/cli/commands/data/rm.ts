/** `sigma data rm`: removes data sets of the project; those of the package stay. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

export function dataRmCommand(command: Command): void {
  command.argument('<name...>', 'data sets of this project');
  examples(command, 'sigma data rm my-prices');
  act(command, async (io, flags, names) => {
    const { removeDataset } = await import('../../../lib/data/index.ts');
    const catalog = await wire(flags).catalog();
    for (const name of names) await removeDataset(name, catalog);
    io.print(`removed ${names.join(', ')}`);
    io.document('sigma.removed/1', { removed: names });
  });
}
