/** `sigma compare`: two or more stored runs, what changed between them and where they part. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { act, examples } from '../io.ts';
import { comparisonDocument, comparisonText } from '../render/comparison.ts';
import { storedRun } from '../stored-run.ts';
import { wire } from '../wire.ts';

type Flags = { readonly all?: true; readonly out?: string };

export function compareCommand(command: Command): void {
  command
    .argument('<run...>', 'two or more: ids, starts of ids, or latest; all are told against the first')
    .option('--all', 'every setting and metric, also those that are equal')
    .option('-o, --out <file.html|svg>', 'also write a page, or the equity as a picture, here');
  examples(
    command,
    'sigma compare 4f2a latest',
    'sigma compare 4f2a 9c01 --out compare.html',
    'sigma runs compare 4f2a 9c01 --all --json',
  );
  act<Flags>(command, async (io, flags, references) => {
    const { out } = flags;
    if (references.length < 2)
      throw new SigmaError('usage/bad-option', 'one run was named', {
        where: 'compare',
        hint: 'name two or more; see sigma runs list',
      });
    if (out !== undefined && !/\.(html|svg)$/.test(out))
      throw new SigmaError('usage/bad-option', `'${out}' is neither .html nor .svg`, { where: '--out' });
    const store = await wire(flags).runs();
    const runs = await Promise.all(references.map((reference) => storedRun(store, reference)));
    const { compareStoredRuns, comparisonView } = await import('../../lib/runs/index.ts');
    const comparison = await compareStoredRuns(runs);
    const view = comparisonView(comparison);
    const report = await import('../../lib/report/index.ts');
    io.document('sigma.comparison/1', comparisonDocument(comparison, view));
    io.print(comparisonText(comparison, view, { all: flags.all === true, width: io.width }));
    io.print(`\n${report.overlayPlot(view.lines, { width: io.width, color: io.color })}`);
    if (out === undefined) return;
    const content = out.endsWith('.svg') ? report.comparisonSvg(view.lines) : report.renderComparisonHtml(view);
    const { writeReportFile } = await import('../render/report-file.ts');
    io.say(`wrote ${await writeReportFile(out, content)}`);
  });
}
