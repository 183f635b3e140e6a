/** `sigma scenarios show`: what happens in a scenario and what is expected of each strategy. */
import type { Command } from 'commander';
import type { Band } from '../../../lib/scenarios/index.ts';
import { act, examples } from '../../io.ts';
import { pairs } from '../../render/pairs.ts';
import { paramsText } from '../../render/run-summary.ts';
import { bandText } from '../../render/scenarios.ts';
import { table } from '../../render/table.ts';

type Flags = { readonly folder?: string };

export function scenariosShowCommand(command: Command): void {
  command
    .argument('<scenario>', 'its name')
    .option('--folder <dir>', 'where the scenarios are (./scenarios, or the shipped ones)');
  examples(command, 'sigma scenarios show flash-crash', 'sigma scenarios show flash-crash --json');
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { loadScenarios } = await import('../../../lib/scenarios/index.ts');
    const scenario = (await loadScenarios(flags.folder, [name]))[0]!;
    io.document('sigma.scenario/1', scenario);
    const { market, file, title, description, cases } = scenario;
    const source =
      market.kind === 'synthetic'
        ? `synthetic, seed ${market.spec.seed}: ${market.spec.assets.map((asset) => asset.symbol).join(', ')}`
        : `${market.data}${market.symbols === undefined ? '' : `: ${market.symbols.join(', ')}`}`;
    io.print(`${title}\n${description.trim()}\n`);
    io.print(
      pairs([
        ['file', file],
        ['market', source],
        ['from', scenario.from ?? (market.kind === 'synthetic' ? market.spec.from : 'the start')],
        ['to', scenario.to ?? (market.kind === 'synthetic' ? market.spec.to : 'the end')],
      ]),
    );
    const rows = cases.flatMap((one) =>
      Object.entries(one.expect).map(([figure, band], k) => ({ one, figure, band, first: k === 0 })),
    );
    type Row = { readonly one: (typeof cases)[number]; figure: string; band: Band; first: boolean };
    const columns = [
      { title: 'case', text: (row: Row) => (row.first ? row.one.name : '') },
      { title: 'figure', text: (row: Row) => row.figure },
      { title: 'expected', text: (row: Row) => bandText(row.band) },
      { title: 'parameters', text: (row: Row) => (row.first ? paramsText(row.one.params) : ''), shrink: true },
    ];
    io.print(`\n${table(rows, columns, io.width)}`);
  });
}
