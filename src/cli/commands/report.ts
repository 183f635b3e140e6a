/** `sigma report`: draws a stored run. */
import type { Command } from 'commander';
import { act, examples } from '../io.ts';
import { choiceOption } from '../options/numbers.ts';
import type { ReportFormat } from '../render/write-report.ts';
import { storedRun } from '../stored-run.ts';
import { wire } from '../wire.ts';

type Flags = { readonly format: ReportFormat; readonly out?: string; readonly open?: true };

export function reportCommand(command: Command): void {
  command
    .argument('[run]', 'id, start of an id, or latest', 'latest')
    .option(
      '-f, --format <format>',
      'html, md, svg, png or json',
      choiceOption<ReportFormat>('--format', ['html', 'md', 'svg', 'png', 'json']),
      'html' as const,
    )
    .option('-o, --out <file>', 'where to write it (report.<format> in the folder of reports)')
    .option('--open', 'open it in the browser');
  examples(command, 'sigma report latest --open', 'sigma report 4f2a --format md --out result.md');
  act<Flags>(command, async (io, flags, args) => {
    const workspace = wire(flags);
    const [{ storedView }, { writeReport }, { openFile }] = await Promise.all([
      import('../../lib/runs/index.ts'),
      import('../render/write-report.ts'),
      import('../open-file.ts'),
    ]);
    const run = await storedRun(await workspace.runs(), args[0] ?? 'latest');
    const view = await storedView(run, await workspace.markets());
    if (view.bars.length === 0) io.say('the data of the run is gone or changed: the report has no price chart');
    const file = await writeReport(view, flags.out ?? workspace.reportPath(run.id, flags.format), flags.format);
    io.print(`wrote ${file}`);
    io.document('sigma.report/1', { id: run.id, format: flags.format, file });
    if (flags.open === true) openFile(file);
  });
}
