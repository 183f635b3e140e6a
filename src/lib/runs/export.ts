/** The tables of a stored run for other tools: CSV, Parquet, JSON or Arrow. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeTable } from '../data/index.ts';
import type { Frame } from '../frame/index.ts';
import type { ColumnType } from '../model/index.ts';
import { type RunTable, runTables, type StoredRun } from '../registry/index.ts';
import { atomicWrite } from '../storage/index.ts';
import { storedView } from './stored-view.ts';
import { tableColumns } from './tables.ts';

export type ExportFormat = 'csv' | 'parquet' | 'json' | 'arrow';

export type ExportOptions = {
  readonly format: ExportFormat;
  /** A folder, or a file for `json`. */
  readonly target: string;
  /** Only this one. */
  readonly table?: RunTable;
};

/** Writes the files, each whole or not at all, and returns their paths. @throws SigmaError store/write-failed */
export async function exportRun(run: StoredRun, options: ExportOptions): Promise<readonly string[]> {
  const { format, target } = options;
  const names = options.table === undefined ? runTables : [options.table];
  if (format === 'json') {
    const file = resolve(target.endsWith('.json') ? target : `${target}.json`);
    const text = await runDocumentText(run, options.table);
    await atomicWrite(file, (temporary) => writeFile(temporary, text));
    return [file];
  }
  const files: string[] = [];
  for (const name of names) {
    const table = await run.table(name);
    const file = resolve(join(target, `${name}.${format}`));
    await writeTable(file, table.columns, format, { times: timesOf(name, table) });
    files.push(file);
  }
  return files;
}

/** The run's JSON document (`sigma.run/1`) as text; with `only`, one table of it. */
export async function runDocumentText(run: StoredRun, only?: RunTable): Promise<string> {
  const { runDocument } = await import('../report/index.ts');
  const document = runDocument(await storedView(run));
  const chosen =
    only === undefined ? document : { schema: document['schema'], id: document['id'], [only]: document[only] };
  return `${JSON.stringify(chosen)}\n`;
}

/** Columns written as times; one with a missing time stays a number, which can be missing in every format. */
function timesOf(name: RunTable, table: Frame): readonly string[] {
  const types: Readonly<Record<string, ColumnType>> = tableColumns[name];
  return table.names.filter((column) => types[column] === 'time' && !table.numbers(column).some(Number.isNaN));
}
