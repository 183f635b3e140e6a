/** `sigma runs show`: one stored run as its summary was, with its notes. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { storedRun } from '../../stored-run.ts';
import { wire } from '../../wire.ts';

export function runsShowCommand(command: Command): void {
  command.argument('<run>', 'id, start of an id, or latest');
  examples(command, 'sigma runs show latest', 'sigma runs show 4f2a --json');
  act(command, async (io, flags, [reference = '']) => {
    const run = await storedRun(await wire(flags).runs(), reference);
    const { storedView } = await import('../../../lib/runs/index.ts');
    const { renderTerminal, runDocument } = await import('../../../lib/report/index.ts');
    const view = await storedView(run);
    io.print(renderTerminal(view, { width: io.width, color: io.color }));
    for (const note of run.notes) io.print(`\nnote of ${note.time.slice(0, 16)}: ${note.text}`);
    io.document('sigma.run/1', {
      ...runDocument(view),
      created: run.meta.created,
      manifest: run.manifest,
      notes: run.notes,
    });
  });
}
