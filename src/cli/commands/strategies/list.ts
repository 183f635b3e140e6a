/** `sigma strategies list`: what can be named with --strategy. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

export function strategiesListCommand(command: Command): void {
  examples(command, 'sigma strategies list', 'sigma strategies list --json');
  act(command, async (io, flags) => {
    const { listStrategies } = await import('../../../lib/plugins/index.ts');
    const entries = await listStrategies(wire(flags).plugins);
    io.document('sigma.strategies/1', {
      strategies: entries.map((entry) =>
        'error' in entry ? { name: entry.name, file: entry.file, error: entry.error.message } : entry,
      ),
    });
    io.print(
      table(
        entries,
        [
          { title: 'strategy', text: (entry) => entry.name },
          {
            title: 'parameters',
            text: (entry) => ('error' in entry ? '' : Object.keys(entry.params).join(' ')),
            shrink: true,
          },
          {
            title: 'description',
            text: (entry) => ('error' in entry ? 'does not load' : entry.description),
            shrink: true,
          },
        ],
        io.width,
      ),
    );
    // A broken file stops nobody else, but it does not pass silently either.
    for (const entry of entries) if ('error' in entry) io.say(`${entry.name}: ${entry.error.message}`);
  });
}
