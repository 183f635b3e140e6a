/** Writes the report of a stored study to a file. */
import { SigmaError } from '../../lib/core/index.ts';
import type { StoredStudy } from '../../lib/registry/index.ts';
import type { StudyTrials, StudyView } from '../../lib/report/index.ts';
import { writeReportFile } from './report-file.ts';
import type { ReportFormat } from './write-report.ts';

/** Returns the absolute path. @throws SigmaError usage/bad-option for a format that a study has not, store/write-failed */
export async function writeStudyReport(study: StoredStudy, path: string, format: ReportFormat): Promise<string> {
  const [{ storedStudyTrials, storedStudyView }, report] = await Promise.all([
    import('../../lib/studies/index.ts'),
    import('../../lib/report/index.ts'),
  ]);
  if (format !== 'html' && format !== 'json')
    throw new SigmaError('usage/bad-option', `a study has no ${format} report`, {
      where: '--format',
      hint: 'give html or json',
    });
  const view = storedStudyView(study);
  const content =
    format === 'html'
      ? report.renderStudyHtml(view, await storedStudyTrials(study))
      : `${JSON.stringify({ schema: report.STUDY_SCHEMA, ...report.studyDocument(view) }, finite)}\n`;
  return writeReportFile(path, content);
}

/** The page of a study that was just made. @throws SigmaError store/write-failed */
export async function writeStudyPage(path: string, view: StudyView, trials: StudyTrials | undefined): Promise<string> {
  const { renderStudyHtml } = await import('../../lib/report/index.ts');
  return writeReportFile(path, renderStudyHtml(view, trials));
}

function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
