/** `sigma reproduce`: proves that a stored run comes out the same again. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { interruption } from '../interrupt.ts';
import { act, examples } from '../io.ts';
import { progressLine } from '../render/progress.ts';
import { storedRun } from '../stored-run.ts';
import { wire } from '../wire.ts';

export function reproduceCommand(command: Command): void {
  command.argument('<run>', 'id, start of an id, or latest');
  examples(command, 'sigma reproduce latest');
  act(command, async (io, flags, [reference = '']) => {
    const workspace = wire(flags);
    const stored = await storedRun(await workspace.runsAsStored(), reference);
    const { reproduceRun } = await import('../../lib/runs/index.ts');
    const progress = progressLine(io, { verb: 'reproduce', unit: 'bars' });
    const markets = await workspace.markets();
    const { equal, difference, run } = await workspace.withScratch((scratch) =>
      interruption.during(() =>
        reproduceRun(stored, {
          markets,
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
  });
}
