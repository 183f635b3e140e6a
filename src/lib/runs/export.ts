/** The tables of a stored run for other tools: CSV, Parquet, JSON or Arrow. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SigmaError } from '../core/index.ts';
import type { Frame } from '../frame/index.ts';
import { type RunTable, runTables, type StoredRun, toNumberJson } from '../registry/index.ts';
import { storedView } from './stored-view.ts';
import { tableColumns } from './tables.ts';

export type ExportFormat = 'csv' | 'parquet' | 'json' | 'arrow';

export type ExportOptions = {
  readonly format: ExportFormat;
  /** A folder, or a file for `json`. */
  readonly target: string;
  /** Only this one. */
  readonly table?: RunTable;
  /** Writers of the binary formats. */
  readonly write: {
    readonly parquet: (table: Frame, path: string) => Promise<void>;
    readonly arrow: (table: Frame) => Promise<Uint8Array>;
  };
};

/** Writes the files and returns their paths. @throws SigmaError store/write-failed */
export async function exportRun(run: StoredRun, options: ExportOptions): Promise<readonly string[]> {
  const { format, target, write } = options;
  const names = options.table === undefined ? runTables : [options.table];
  try {
    if (format === 'json') {
      const file = resolve(target.endsWith('.json') ? target : `${target}.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await runDocumentText(run, options.table));
      return [file];
    }
    await mkdir(target, { recursive: true });
    return await Promise.all(
      names.map(async (name) => {
        const table = await run.table(name);
        const file = resolve(join(target, `${name}.${format}`));
        if (format === 'parquet') await write.parquet(table, file);
        else await writeFile(file, format === 'csv' ? csvText(name, table) : await write.arrow(table));
        return file;
      }),
    );
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    throw new SigmaError('store/write-failed', cause instanceof Error ? cause.message : String(cause), {
      where: target,
      hint: 'name another place with --out',
      cause,
    });
  }
}

/** The run's JSON document (`sigma.run/1`) as text; with `only`, one table of it. */
export async function runDocumentText(run: StoredRun, only?: RunTable): Promise<string> {
  const { runDocument } = await import('../report/index.ts');
  const document = runDocument(await storedView(run));
  const chosen =
    only === undefined ? document : { schema: document['schema'], id: document['id'], [only]: document[only] };
  return `${JSON.stringify(chosen)}\n`;
}

type Cell = string | number | boolean | null;

/** Rows with times as ISO 8601 and missing numbers as null. */
function rowsOf(name: RunTable, table: Frame): readonly Readonly<Record<string, Cell>>[] {
  const types: Readonly<Record<string, string>> = tableColumns[name];
  return table
    .toRows()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(value, types[column] ?? 'text')])),
    );
}

function cell(value: string | number | boolean, type: string): Cell {
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  return type === 'time' ? new Date(value).toISOString() : toNumberJson(value);
}

/** RFC 4180 with a header; times as ISO 8601, missing numbers empty. */
function csvText(name: RunTable, table: Frame): string {
  const lines = rowsOf(name, table).map((row) => table.names.map((column) => csvCell(row[column] ?? null)).join(','));
  return `${[table.names.join(','), ...lines].join('\n')}\n`;
}

function csvCell(value: Cell): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
