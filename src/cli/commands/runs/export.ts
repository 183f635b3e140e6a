/** `sigma runs export`: the tables of a run for other tools. */
import type { Command } from 'commander';
import type { RunTable } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { choiceOption } from '../../options/numbers.ts';
import { storedRun } from '../../stored-run.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly format: 'csv' | 'parquet' | 'json' | 'arrow';
  readonly out?: string;
  readonly table?: RunTable;
};

export function runsExportCommand(command: Command): void {
  command
    .argument('<run>', 'id, start of an id, or latest')
    .option(
      '-f, --format <format>',
      'csv, parquet, json or arrow',
      choiceOption('--format', ['csv', 'parquet', 'json', 'arrow']),
      'csv' as const,
    )
    .option(
      '-t, --table <name>',
      'only orders, fills, trades or equity',
      choiceOption('--table', ['orders', 'fills', 'trades', 'equity']),
    )
    .option(
      '-o, --out <dir|file>',
      'folder to write to, or the file for json (run-<id>); json goes to stdout without it',
    );
  examples(
    command,
    'sigma runs export latest --format csv --out my-run',
    'sigma runs export latest --format json | jq .trades',
  );
  act<Flags>(command, async (io, flags, [reference = '']) => {
    const workspace = wire(flags);
    const run = await storedRun(await workspace.runs(), reference);
    const { exportRun, runDocumentText } = await import('../../../lib/runs/index.ts');
    if (flags.format === 'json' && flags.out === undefined) {
      process.stdout.write(await runDocumentText(run, flags.table));
      return;
    }
    const files = await exportRun(run, {
      format: flags.format,
      target: flags.out ?? `run-${run.id}`,
      ...(flags.table === undefined ? {} : { table: flags.table }),
    });
    io.print(files.map((file) => `wrote ${file}`).join('\n'));
    io.document('sigma.exported/1', { id: run.id, format: flags.format, files });
  });
}
