/** `sigma studies show`: one stored study as its summary was. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly top: number };

export function studiesShowCommand(command: Command): void {
  command
    .argument('[study]', 'id, start of an id, or latest', 'latest')
    .option('--top <n>', 'rows of the table', numberOption('--top', { min: 1, max: 100, integer: true }), 10);
  examples(command, 'sigma studies show latest', 'sigma studies show 4f2a --json');
  act<Flags>(command, async (io, flags, [reference = 'latest']) => {
    const [{ findStudy, storedStudyView }, report] = await Promise.all([
      import('../../../lib/studies/index.ts'),
      import('../../../lib/report/index.ts'),
    ]);
    const study = await findStudy(await wire(flags).studies(), reference);
    const view = storedStudyView(study);
    io.print(report.renderStudyTerminal(view, { width: io.width, color: io.color, top: flags.top }));
    io.document(report.STUDY_SCHEMA, { ...report.studyDocument(view), created: study.meta.created });
  });
}
