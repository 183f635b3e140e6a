/** `sigma report`: draws a stored run, a study or an artifact of the research. */
import type { Command } from 'commander';
import { act, examples, type Io } from '../io.ts';
import { choiceOption } from '../options/numbers.ts';
import type { ReportFormat } from '../render/write-report.ts';
import { storedThing } from '../stored-thing.ts';
import { wire } from '../wire.ts';

type Flags = { readonly format: ReportFormat; readonly out?: string; readonly open?: true };

export function reportCommand(command: Command): void {
  command
    .argument(
      '[run]',
      'id of a run or a study, the start of one, latest (run), or an artifact of the research as name@alias or hash',
      'latest',
    )
    .option(
      '-f, --format <format>',
      'html, md, svg, png or json; a study has html and json, an artifact html',
      choiceOption<ReportFormat>('--format', ['html', 'md', 'svg', 'png', 'json']),
      'html' as const,
    )
    .option('-o, --out <file>', 'where to write it (report.<format> in the folder of reports)')
    .option('--open', 'open it in the browser');
  examples(
    command,
    'sigma report latest --open',
    'sigma report 4f2a --format md --out result.md',
    'sigma report planted@validation',
  );
  act<Flags>(command, async (io, flags, args) => {
    const workspace = wire(flags);
    const [{ storedView }, { writeReport }, { openFile }] = await Promise.all([
      import('../../lib/runs/index.ts'),
      import('../render/write-report.ts'),
      import('../open-file.ts'),
    ]);
    const reference = args[0] ?? 'latest';
    const thing = await storedThing(workspace, reference);
    if (thing.kind === 'artifact') {
      const { writeAtlasReport } = await import('../render/write-research-report.ts');
      const shelves = { markets: await workspace.markets(), store: await workspace.registry() };
      const path = flags.out ?? workspace.reportPath(`${reference.replace('@', '-')}`, flags.format);
      const file = await writeAtlasReport(thing.hash, path, flags.format, shelves);
      return tell(io, thing.hash, flags, file, openFile);
    }
    if (thing.kind === 'study') {
      const { writeStudyReport } = await import('../render/write-study-report.ts');
      const study = await (await workspace.studies()).load(thing.id);
      const path = flags.out ?? workspace.reportPath(study.id, flags.format);
      return tell(io, study.id, flags, await writeStudyReport(study, path, flags.format), openFile);
    }
    const run = await (await workspace.runs()).load(thing.id);
    const view = await storedView(run, await workspace.markets());
    if (view.bars.length === 0) io.say('the data of the run is gone or changed: the report has no price chart');
    const file = await writeReport(view, flags.out ?? workspace.reportPath(run.id, flags.format), flags.format);
    tell(io, run.id, flags, file, openFile);
  });
}

function tell(io: Io, id: string, { format, open }: Flags, file: string, openFile: (path: string) => void): void {
  io.print(`wrote ${file}`);
  io.document('sigma.report/1', { id, format, file });
  if (open === true) openFile(file);
}
