/** CSV to bars. */
import type { Bars } from '../../model/index.ts';
import { firstLines, lineChunks } from './chunks.ts';
import type { CsvFormat, CsvOptions } from './csv-format.ts';
import { detectCsv } from './detect-csv.ts';
import { createRowReader } from './read-rows.ts';

export type CsvRead = { readonly bars: Bars[]; readonly format: CsvFormat };

/**
 * Bars of a CSV file and the format it was found to have. Numbers are the doubles nearest to what is written.
 * @throws SigmaError data/not-found, data/unreadable, data/empty, data/missing-column, data/bad-number, data/bad-time, data/mixed-zones,
 *   usage/empty-range, usage/unknown-instrument and those of `validateBars`, with file and line
 */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvRead> {
  const { lines, size } = await firstLines(path);
  const format = detectCsv(lines, options, path);
  const reader = createRowReader({ path, format, options, expectedRows: expectedRows(lines, size) });
  for await (const chunk of lineChunks(path)) reader.write(chunk.bytes, chunk.from, chunk.to);
  return { bars: reader.finish(), format };
}

/** The format alone, from the first lines: what an import would do. */
export async function detectCsvFormat(path: string, options: CsvOptions = {}): Promise<CsvFormat> {
  return detectCsv((await firstLines(path)).lines, options, path);
}

/** Two in a hundred more than the first lines suggest. */
function expectedRows(lines: readonly string[], size: number): number {
  const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
  return Math.ceil((size / Math.max(1, bytes)) * lines.length * 1.02) + 16;
}
