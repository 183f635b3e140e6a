/** `sigma indicators list`: the indicators a strategy can use. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';

type Flags = { readonly group?: string };

export function indicatorsListCommand(command: Command): void {
  command.option(
    '--group <name>',
    'only this group: average, oscillator, trend, volatility, channel, volume, cycle, rolling, arithmetic',
  );
  examples(command, 'sigma indicators list', 'sigma indicators list --group volatility --json');
  act<Flags>(command, async (io, flags) => {
    const { indicatorCatalog } = await import('../../../lib/indicators/index.ts');
    const indicators = indicatorCatalog.filter((entry) => flags.group === undefined || entry.group === flags.group);
    io.document('sigma.indicators/1', {
      indicators: indicators.map(({ name, group, title, usage, formula, source, units }) => ({
        name,
        group,
        title,
        usage,
        formula,
        source,
        units,
      })),
    });
    io.print(
      table(
        indicators,
        [
          { title: 'indicator', text: (entry) => entry.usage, shrink: true },
          { title: 'group', text: (entry) => entry.group },
          { title: 'title', text: (entry) => entry.title, shrink: true },
        ],
        io.width,
      ),
    );
  });
}
