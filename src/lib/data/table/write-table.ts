/** Tables of results (orders, fills, trades, equity) to CSV, Parquet, JSON or Arrow. */
import { writeFile } from 'node:fs/promises';
import { SigmaError } from '../../core/index.ts';
import { DAY } from '../../model/index.ts';
import { atomicWrite } from '../../storage/index.ts';
import { type TableColumnType, type TableValues, writeTableFile } from './parquet-table.ts';

export type TableColumns = Readonly<Record<string, Exclude<TableValues, string>>>;
export const tableFormats = ['csv', 'parquet', 'json', 'arrow'] as const;
export type TableFormat = (typeof tableFormats)[number];

export type WriteTableOptions = {
  /** Columns of epoch milliseconds that are written as times: ISO 8601 in text, timestamps in binary. */
  readonly times?: readonly string[];
};

/**
 * JSON is a list of one object a row; NaN is null there and an empty cell in CSV. The file is whole or absent.
 * @throws SigmaError frame/bad-column when lengths differ, store/write-failed
 */
export async function writeTable(
  path: string,
  columns: TableColumns,
  format: TableFormat,
  options: WriteTableOptions = {},
): Promise<void> {
  const names = Object.keys(columns);
  const rows = columns[names[0] ?? '']?.length ?? 0;
  for (const name of names)
    if (columns[name]!.length !== rows)
      throw new SigmaError(
        'frame/bad-column',
        `column '${name}' has ${columns[name]!.length} rows, '${names[0]}' has ${rows}`,
      );
  const times = new Map((options.times ?? []).map((name) => [name, timeText(columns[name] ?? [])]));
  await atomicWrite(path, async (temporary) => {
    if (format === 'csv') await writeFile(temporary, csvLines(columns, names, rows, times));
    else if (format === 'json') await writeFile(temporary, jsonRows(columns, names, rows, times));
    else if (format === 'arrow') {
      const { tableOfColumns } = await import('../arrow/arrow-table.ts');
      const { tableToIPC } = await import('apache-arrow');
      await writeFile(temporary, tableToIPC(tableOfColumns(columns, options.times), 'file'));
    } else
      await writeTableFile(temporary, {
        columns: names.map((name) => ({ name, type: times.has(name) ? 'time' : typeOf(columns[name]!) })),
        parts: [{ rows, values: names.map((name) => numbersOf(columns[name]!)) }],
      });
  });
}

function typeOf(values: Exclude<TableValues, string>): TableColumnType {
  if (values instanceof Float64Array) return 'number';
  if (values instanceof Int32Array) return 'integer';
  const first = values[0];
  return typeof first === 'number' ? 'number' : typeof first === 'boolean' ? 'flag' : 'text';
}

function numbersOf(values: Exclude<TableValues, string>): TableValues {
  return Array.isArray(values) && typeof values[0] === 'number' ? Float64Array.from(values) : values;
}

type TimeText = (time: number) => string;

/** ISO 8601 in one form for the whole column: dates when every time is a midnight in UTC. */
function timeText(times: Exclude<TableValues, string>): TimeText {
  let whole = true;
  for (const t of times) whole &&= typeof t !== 'number' || Number.isNaN(t) || t % DAY === 0;
  return (time) => {
    const iso = new Date(time).toISOString();
    return whole ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
  };
}

const LINES_A_PART = 8192;

function* csvLines(
  columns: TableColumns,
  names: readonly string[],
  rows: number,
  times: ReadonlyMap<string, TimeText>,
): Iterable<string> {
  yield `${names.map(quoted).join(',')}\n`;
  for (let from = 0; from < rows; from += LINES_A_PART) {
    let text = '';
    for (let r = from; r < Math.min(rows, from + LINES_A_PART); r++)
      text += `${names.map((name) => csvCell(columns[name]![r]!, times.get(name))).join(',')}\n`;
    yield text;
  }
}

function csvCell(value: number | string | boolean, time: TimeText | undefined): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : (time?.(value) ?? String(value));
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function* jsonRows(
  columns: TableColumns,
  names: readonly string[],
  rows: number,
  times: ReadonlyMap<string, TimeText>,
): Iterable<string> {
  yield '[';
  for (let r = 0; r < rows; r++) {
    const row = Object.fromEntries(
      names.map((name) => {
        const value = columns[name]![r]!;
        if (typeof value !== 'number') return [name, value];
        return [name, Number.isFinite(value) ? (times.get(name)?.(value) ?? value) : null];
      }),
    );
    yield `${r === 0 ? '\n' : ',\n'}${JSON.stringify(row)}`;
  }
  yield '\n]\n';
}
