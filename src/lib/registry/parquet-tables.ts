/** Tables of a run as zstd Parquet: times are TIMESTAMP, missing numbers NaN. The same table gives the same bytes. */
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { type Column, type Frame, frame, type KeptColumn } from '../frame/index.ts';
import type { TableFiles } from './table-files.ts';

/** Columns that hold times, in every table. */
const timeColumns = new Set(['time', 'created', 'updated', 'entryTime', 'exitTime', 'labelEnd']);
const CHUNK = 2048;

export const parquetTables: TableFiles = { extension: 'parquet', write: writeParquetTable, read: readParquetTable };

let shared: Promise<DuckDBConnection> | undefined;
let written = 0;

/** One thread keeps the order of rows and the layout of the file. */
function duckdb(): Promise<DuckDBConnection> {
  shared ??= import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return instance.connect();
  });
  return shared;
}

async function writeParquetTable(table: Frame, path: string): Promise<void> {
  const connection = await duckdb();
  const name = `run_table_${++written}`;
  const definition = table.names.map((column) => `"${column}" ${sqlType(table.kept(column))}`).join(', ');
  await connection.run(`CREATE TEMP TABLE ${name} (${definition})`);
  try {
    await append(connection, name, table);
    const select = table.names.map((column) =>
      timeColumns.has(column)
        ? `CASE WHEN isnan("${column}") THEN NULL ELSE make_timestamp(("${column}" * 1000)::BIGINT) END AS "${column}"`
        : `"${column}"`,
    );
    await connection.run(
      `COPY (SELECT ${select.join(', ')} FROM ${name}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    await connection.run(`DROP TABLE ${name}`);
  }
}

async function append(connection: DuckDBConnection, name: string, table: Frame): Promise<void> {
  const { BOOLEAN, DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } = await import('@duckdb/node-api');
  const types = { DOUBLE, INTEGER, BOOLEAN, VARCHAR };
  const columns = table.names.map((column) => table.kept(column));
  const appender = await connection.createAppender(name);
  for (let from = 0; from < table.length; from += CHUNK) {
    const rows = Math.min(CHUNK, table.length - from);
    const chunk = DuckDBDataChunk.create(
      columns.map((column) => types[sqlType(column)]),
      rows,
    );
    columns.forEach((column, k) => {
      fill(chunk.getColumnVector(k), column, from, rows);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Numbers go in with one copy, other values one by one. */
function fill(vector: DuckDBVector, column: KeptColumn, from: number, rows: number): void {
  const items: unknown = Reflect.get(vector, 'items');
  if (column instanceof Float64Array && items instanceof Float64Array) items.set(column.subarray(from, from + rows));
  else if (column instanceof Int32Array && items instanceof Int32Array) items.set(column.subarray(from, from + rows));
  else if ('codes' in column)
    for (let i = 0; i < rows; i++) vector.setItem(i, column.dictionary.text(column.codes[from + i]!));
  else if (column instanceof Uint8Array) for (let i = 0; i < rows; i++) vector.setItem(i, column[from + i] === 1);
  else for (let i = 0; i < rows; i++) vector.setItem(i, column[from + i]!);
  vector.flush();
}

function sqlType(column: KeptColumn): 'DOUBLE' | 'INTEGER' | 'BOOLEAN' | 'VARCHAR' {
  if (column instanceof Float64Array) return 'DOUBLE';
  if (column instanceof Int32Array) return 'INTEGER';
  // An empty column of booleans has always been stored as one of texts.
  if (column instanceof Uint8Array) return column.length === 0 ? 'VARCHAR' : 'BOOLEAN';
  return !('codes' in column) && typeof column[0] === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}

async function readParquetTable(path: string): Promise<Frame> {
  const connection = await duckdb();
  const file = `'${path.replaceAll("'", "''")}'`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${file}`);
  const columns = described
    .getRowObjectsJS()
    .map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) }));
  const select = columns.map(({ name, type }) =>
    type === 'TIMESTAMP' ? `coalesce(epoch_us("${name}") / 1000.0, 'NaN'::DOUBLE) AS "${name}"` : `"${name}"`,
  );
  const values = (await connection.runAndReadAll(`SELECT ${select.join(', ')} FROM ${file}`)).getColumnsJS();
  return frame(Object.fromEntries(columns.map(({ name, type }, k) => [name, columnOf(values[k] ?? [], type)])));
}

function columnOf(values: readonly unknown[], type: string): Column {
  if (type === 'INTEGER') return Int32Array.from(values, Number);
  if (type === 'DOUBLE' || type === 'TIMESTAMP') return Float64Array.from(values, Number);
  return type === 'BOOLEAN' ? values.map(Boolean) : values.map(String);
}
