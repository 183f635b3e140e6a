/** `sigma data list`: the data sets that can be named. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

export function dataListCommand(command: Command): void {
  examples(command, 'sigma data list', 'sigma data list --json');
  act(command, async (io, flags) => {
    const entries = await wire(flags).datasets();
    io.document('sigma.datasets/1', {
      datasets: entries.map((entry) =>
        'meta' in entry ? entry.meta : { name: entry.name, folder: entry.folder, problem: entry.problem.message },
      ),
    });
    const sets = entries.flatMap((entry) => ('meta' in entry ? [entry.meta] : []));
    io.print(
      table(
        sets,
        [
          { title: 'data set', text: (meta) => meta.name },
          { title: 'bars', text: (meta) => meta.timeframe + (meta.closeOnly ? ' closes' : '') },
          { title: 'instruments', text: (meta) => String(meta.instruments.length), right: true },
          { title: 'from', text: (meta) => meta.from.slice(0, 10) },
          { title: 'to', text: (meta) => meta.to.slice(0, 10) },
          { title: 'title', text: (meta) => `${meta.synthetic ? 'SYNTHETIC ' : ''}${meta.title}`, shrink: true },
        ],
        io.width,
      ),
    );
    for (const entry of entries) if ('problem' in entry) io.say(`${entry.name}: ${entry.problem.message}`);
  });
}
