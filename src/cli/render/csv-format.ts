/** What was detected of a CSV file, in words. */
import type { CsvFormat } from '../../lib/data/index.ts';

export function csvFormatText(format: CsvFormat): string {
  const delimiter = format.delimiter === '\t' ? 'tab' : `'${format.delimiter}'`;
  const layout =
    format.layout.kind === 'wide'
      ? `one column an instrument (${format.layout.symbols.length})`
      : columnsText(format.layout.columns);
  return `read as: delimiter ${delimiter}, decimal '${format.decimal}', ${format.header ? 'with a header' : 'no header'}${format.skippedLines > 0 ? `, ${format.skippedLines} lines skipped` : ''}; times ${format.timeFormat}, zone ${format.timeZone}; ${layout}`;
}

function columnsText(columns: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(columns)
    .map(([role, name]) => (role === name ? role : `${role}=${name}`))
    .join(', ');
}
