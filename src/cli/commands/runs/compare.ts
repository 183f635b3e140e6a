/** `sigma runs compare`: the figures of several runs side by side. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { paramsText } from '../../render/run-summary.ts';
import { type TableColumn, table } from '../../render/table.ts';
import { storedRun } from '../../stored-run.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly all?: true };

export function runsCompareCommand(command: Command): void {
  command
    .argument('<run...>', 'two or more: ids, starts of ids, or latest')
    .option('--all', 'every metric, also those that are equal');
  examples(command, 'sigma runs compare latest 4f2a', 'sigma runs compare 4f2a 9c01 --all --json');
  act<Flags>(command, async (io, flags, references) => {
    const store = await wire(flags).runs();
    const runs = await Promise.all(references.map((reference) => storedRun(store, reference)));
    const { compareRuns } = await import('../../../lib/runs/index.ts');
    const comparison = compareRuns(runs);
    io.document('sigma.comparison/1', comparison);
    const columns: TableColumn<readonly [string, readonly string[]]>[] = [
      { title: '', text: ([label]) => label, shrink: true },
      ...runs.map((run, k) => ({
        title: run.id,
        text: ([, values]: readonly [string, readonly string[]]) => values[k] ?? '',
        right: true,
        shrink: true,
      })),
    ];
    const rows: (readonly [string, readonly string[]])[] = [
      ['strategy', runs.map((run) => run.manifest.strategy.name)],
      ['parameters', runs.map((run) => paramsText(run.manifest.params))],
      ['data', runs.map((run) => run.manifest.data.name)],
      ...comparison.settings
        .filter((line) => flags.all === true || line.differs)
        .map((line) => [line.key, line.values] as const),
      ...comparison.metrics
        .filter((line) => flags.all === true || line.headline)
        .map((line) => [line.title, line.texts] as const),
    ];
    io.print(table(rows, columns, io.width));
  });
}
