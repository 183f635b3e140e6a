/** `sigma runs list`: stored runs, newest first. */
import type { Command } from 'commander';
import type { RunSummary } from '../../../lib/registry/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { dataColumns, paramsText, percent, ratio, runSummaryDocument } from '../../render/run-summary.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly limit: number; readonly strategy?: string };

export function runsListCommand(command: Command): void {
  command
    .option('-n, --limit <n>', 'most runs to show', numberOption('--limit', { min: 1, integer: true }), 20)
    .option('-s, --strategy <name>', 'only runs of this strategy');
  examples(command, 'sigma runs list', 'sigma runs list --strategy momentum --json');
  act<Flags>(command, async (io, flags) => {
    const store = await wire(flags).runs();
    const all = (await store.list((problem) => io.say(problem.message))).filter(
      (run) => flags.strategy === undefined || run.manifest.strategy.name === flags.strategy,
    );
    const runs = all.slice(0, flags.limit);
    io.document('sigma.runs/1', { runs: runs.map(runSummaryDocument) });
    if (runs.length === 0) io.print('no runs stored yet; make one with sigma backtest');
    else
      io.print(
        table(
          runs,
          [
            { title: 'run', text: (run) => run.id },
            { title: 'made', text: (run) => run.meta.created.slice(0, 16).replace('T', ' ') },
            { title: 'strategy', text: (run) => run.manifest.strategy.name, shrink: true },
            ...dataColumns(runs, (run) => run.manifest.data),
            { title: 'return', text: (run) => percent(run.metrics['totalReturn']), right: true },
            { title: 'sharpe', text: (run) => ratio(run.metrics['sharpe']), right: true },
            { title: 'deflated', text: (run) => ratio(run.metrics['dsr']), right: true },
            ...(runs.some(isPartial)
              ? [{ title: 'ended', text: (run: RunSummary) => (isPartial(run) ? 'stopped' : '') }]
              : []),
            { title: 'params', text: (run) => paramsText(run.manifest.params), shrink: true },
          ],
          io.width,
        ),
      );
    if (all.length > runs.length) io.say(`${all.length - runs.length} more; show them with --limit ${all.length}`);
  });
}

function isPartial({ manifest }: RunSummary): boolean {
  return manifest.status === 'partial';
}
