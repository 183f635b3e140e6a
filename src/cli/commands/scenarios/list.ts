/** `sigma scenarios list`: the scenarios of a folder. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';

type Flags = { readonly folder?: string };

export function scenariosListCommand(command: Command): void {
  command.option('--folder <dir>', 'where the scenarios are (./scenarios, or the shipped ones)');
  examples(command, 'sigma scenarios list', 'sigma scenarios list --folder my-scenarios --json');
  act<Flags>(command, async (io, flags) => {
    const { loadScenarios } = await import('../../../lib/scenarios/index.ts');
    const scenarios = await loadScenarios(flags.folder);
    io.document('sigma.scenarios/1', {
      scenarios: scenarios.map(({ name, file, title, description, market, cases }) => ({
        name,
        file,
        title,
        description,
        market: market.kind,
        cases: cases.map((one) => one.name),
      })),
    });
    io.print(
      table(
        scenarios,
        [
          { title: 'scenario', text: (each) => each.name },
          { title: 'market', text: (each) => each.market.kind },
          { title: 'strategies', text: (each) => String(each.cases.length), right: true },
          { title: 'what happens', text: (each) => each.title, shrink: true },
        ],
        io.width,
      ),
    );
  });
}
