/** `sigma optimize`: searches the parameters of a strategy. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { act, examples } from '../io.ts';
import { addOptimizeFlags, type OptimizeFlags, studyOptions } from '../options/optimize-flags.ts';
import { addRunFlags } from '../options/run-flags.ts';

export function optimizeCommand(command: Command): void {
  command.option('-s, --strategy <name|file>', 'name of a strategy, or a .ts or .js file');
  addOptimizeFlags(command);
  addRunFlags(command);
  examples(
    command,
    'sigma optimize -s momentum',
    'sigma optimize -s momentum --space lookback=20:200:10 --space threshold=0,0.02,0.05',
    'sigma optimize -s moving-average-cross --where "fast<slow" --where "maxDrawdown>-0.3" --trials 1000',
  );
  act<OptimizeFlags>(command, async (io, flags) => {
    const { strategy } = flags;
    if (strategy === undefined)
      throw new SigmaError('usage/bad-option', 'no strategy was named', {
        where: '--strategy',
        hint: 'for example --strategy momentum; see sigma strategies list',
      });
    const [{ wire }, { makeStudy }, { writeStudyPage }, report] = await Promise.all([
      import('../wire.ts'),
      import('../make-study.ts'),
      import('../render/write-study-report.ts'),
      import('../../lib/report/index.ts'),
    ]);
    const study = await makeStudy(io, wire(flags), strategy, studyOptions(flags), flags);
    const { view } = study;
    io.print(report.renderStudyTerminal(view, { width: io.width, color: io.color, top: flags.top }));
    if (flags.out !== undefined) await writeStudyPage(flags.out, view, await study.charts());
    io.document(report.STUDY_SCHEMA, {
      ...report.studyDocument(view),
      stored: study.outcome,
      evaluated: study.evaluated,
      durationMs: study.durationMs,
    });
    if (view.counts.failed > 0) process.exitCode = new SigmaError('study/failed-trials', '').exitCode;
  });
}
