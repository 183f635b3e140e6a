/** Writes a report to a file. */
import type { Documents, RunView } from '../../lib/report/index.ts';
import { writeReportFile } from './report-file.ts';

export type ReportFormat = 'html' | 'md' | 'svg' | 'png' | 'json';

/** Returns the absolute path. @throws SigmaError store/write-failed; Error when the report contradicts itself */
export async function writeReport(view: RunView, path: string, format: ReportFormat): Promise<string> {
  const content = await render(view, format);
  const { publishable } = await import('../../lib/runs/publishable.ts');
  publishable(view, documentOf(content, format));
  return writeReportFile(path, content);
}

/** The documents whose figures can be read back. */
function documentOf(content: string | Uint8Array, format: ReportFormat): Documents {
  if (typeof content !== 'string') return {};
  return format === 'html' ? { html: content } : format === 'json' ? { json: content } : {};
}

async function render(view: RunView, format: ReportFormat): Promise<string | Uint8Array> {
  const report = await import('../../lib/report/index.ts');
  switch (format) {
    case 'html':
      return report.renderHtml(view);
    case 'md':
      return report.renderMarkdown(view);
    case 'json':
      return report.renderJson(view);
    case 'svg':
    case 'png':
      return report.renderChart(view, 'equity', format);
  }
}
