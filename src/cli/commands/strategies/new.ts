/** `sigma strategies new`: a strategy file to start from. */
import { relative } from 'node:path';
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';

type Flags = { readonly dir: string };

export function strategiesNewCommand(command: Command): void {
  command
    .argument('<name>', 'name of the strategy and of its file')
    .option('--dir <folder>', 'where to write it', 'strategies');
  examples(command, 'sigma strategies new my-idea', 'sigma backtest --strategy my-idea');
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { newStrategy } = await import('../../../lib/plugins/index.ts');
    const file = newStrategy(name, flags.dir);
    io.print(
      `wrote ${relative('.', file)}\nrun it with: sigma backtest --strategy ${flags.dir === 'strategies' ? name : relative('.', file)}`,
    );
    io.document('sigma.created/1', { file });
  });
}
