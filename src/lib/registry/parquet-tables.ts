/** Tables of a run as zstd Parquet: times are TIMESTAMP, missing numbers NaN. The same table gives the same bytes. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Column, type Frame, frame } from '../frame/index.ts';
import type { TableFiles } from './run-store.ts';

/** Columns that hold times, in every table of a run. */
const timeColumns = new Set(['time', 'created', 'updated', 'entryTime', 'exitTime']);
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
  const definition = table.names.map((column) => `"${column}" ${sqlType(table.column(column))}`).join(', ');
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
  const columns = table.names.map((column) => table.column(column));
  const appender = await connection.createAppender(name);
  for (let from = 0; from < table.length; from += CHUNK) {
    const rows = Math.min(CHUNK, table.length - from);
    const chunk = DuckDBDataChunk.create(
      columns.map((column) => types[sqlType(column)]),
      rows,
    );
    columns.forEach((column, k) => {
      chunk.setColumnValues(k, [...column.slice(from, from + rows)]);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function sqlType(column: Column): 'DOUBLE' | 'INTEGER' | 'BOOLEAN' | 'VARCHAR' {
  if (column instanceof Float64Array) return 'DOUBLE';
  if (column instanceof Int32Array) return 'INTEGER';
  return typeof column[0] === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
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
