/** `sigma data export`: a data set for other tools. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { listOption } from '../../options/numbers.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly replace?: true;
};

export function dataExportCommand(command: Command): void {
  command
    .argument('<name>', 'data set, file or directory')
    .argument('<target>', 'file that ends in .csv, .parquet or .arrow, or postgres://…?table=bars')
    .option('--symbols <list>', 'only these instruments', listOption)
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day, inclusive')
    .option('--replace', 'replace a table of that name');
  examples(
    command,
    'sigma data export us-equities prices.csv --symbols AAPL,MSFT',
    'sigma data export sp500 sp500.arrow --from 2015-01-01',
  );
  act<Flags>(command, async (io, flags, [name = '', target = '']) => {
    const { exportBars } = await import('../../../lib/runs/index.ts');
    const rows = await exportBars(name, target, flags, await wire(flags).catalog());
    const shown = target.replace(/\/\/[^@/]*@/, '//');
    io.print(`wrote ${rows} bars to ${shown}`);
    io.document('sigma.exported/1', { dataset: name, rows, target: shown });
  });
}
