/** Writes the pages of the research to files. */
import { SigmaError } from '../../lib/core/index.ts';
import type { Drift, LabContext } from '../../lib/lab/index.ts';
import { writeReportFile } from './report-file.ts';
import type { ReportFormat } from './write-report.ts';

/** Returns the absolute path. @throws SigmaError usage/bad-option for a format that artifacts have not, usage/bad-artifact, store/differs, store/write-failed */
export async function writeAtlasReport(
  reference: string,
  path: string,
  format: ReportFormat,
  shelves: Pick<LabContext, 'markets' | 'store'>,
): Promise<string> {
  if (format !== 'html')
    throw new SigmaError('usage/bad-option', `an artifact of the research has no ${format} report`, {
      where: '--format',
      hint: 'give html; sigma registry show --json has its figures',
    });
  const [{ atlasOf }, { renderAtlasHtml }] = await Promise.all([
    import('../../lib/lab/index.ts'),
    import('../../lib/report/index.ts'),
  ]);
  return writeReportFile(path, renderAtlasHtml(await atlasOf(reference, shelves)));
}

/** Returns the absolute path. @throws SigmaError store/write-failed */
export async function writeDriftReport(drift: Drift, path: string): Promise<string> {
  const { renderDriftHtml } = await import('../../lib/report/index.ts');
  return writeReportFile(path, renderDriftHtml(drift));
}
