/** Columns to a zstd Parquet file through an in-memory DuckDB table filled chunk by chunk. */
import type { DuckDBAppender, DuckDBVector } from '@duckdb/node-api';
import { duckdb, identifier, literal } from '../duckdb.ts';

export type TableColumnType = 'text' | 'number' | 'integer' | 'flag' | 'time';
export type TableColumn = { readonly name: string; readonly type: TableColumnType };
/** A text alone repeats for every row. */
export type TableValues =
  | string
  | Float64Array
  | Int32Array
  | readonly string[]
  | readonly number[]
  | readonly boolean[];
export type TableParts = {
  readonly columns: readonly TableColumn[];
  readonly parts: readonly { readonly rows: number; readonly values: readonly TableValues[] }[];
};

const CHUNK = 2048;
const sqlTypes: Record<TableColumnType, string> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'INTEGER',
  flag: 'BOOLEAN',
  time: 'DOUBLE',
};

let tables = 0;

/** Times are epoch milliseconds and become TIMESTAMP, NaN among them null; other NaN stays NaN. */
export async function writeTableFile(path: string, table: TableParts): Promise<void> {
  const connection = await duckdb();
  const name = `export_${++tables}`;
  const definition = table.columns.map((c) => `${identifier(c.name)} ${sqlTypes[c.type]}`).join(', ');
  await connection.run(`CREATE TEMP TABLE ${name} (${definition})`);
  try {
    const appender = await connection.createAppender(name);
    await append(appender, table);
    appender.closeSync();
    const select = table.columns.map((c) =>
      c.type === 'time'
        ? `CASE WHEN isnan(${identifier(c.name)}) THEN NULL ELSE make_timestamp((${identifier(c.name)} * 1000)::BIGINT) END AS ${identifier(c.name)}`
        : identifier(c.name),
    );
    await connection.run(
      `COPY (SELECT ${select.join(', ')} FROM ${name}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 9)`,
    );
  } finally {
    await connection.run(`DROP TABLE ${name}`);
  }
}

async function append(appender: DuckDBAppender, table: TableParts): Promise<void> {
  const { BOOLEAN, DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } = await import('@duckdb/node-api');
  const types = { text: VARCHAR, number: DOUBLE, integer: INTEGER, flag: BOOLEAN, time: DOUBLE };
  for (const part of table.parts) {
    for (let from = 0; from < part.rows; from += CHUNK) {
      const rows = Math.min(CHUNK, part.rows - from);
      const chunk = DuckDBDataChunk.create(
        table.columns.map((c) => types[c.type]),
        rows,
      );
      for (let c = 0; c < part.values.length; c++) fill(chunk.getColumnVector(c), part.values[c]!, from, rows);
      appender.appendDataChunk(chunk);
    }
  }
}

/** Typed arrays go in with one copy, other values one by one. */
function fill(vector: DuckDBVector, values: TableValues, from: number, rows: number): void {
  const items: unknown = Reflect.get(vector, 'items');
  if (values instanceof Float64Array && items instanceof Float64Array) items.set(values.subarray(from, from + rows));
  else if (values instanceof Int32Array && items instanceof Int32Array) items.set(values.subarray(from, from + rows));
  else for (let i = 0; i < rows; i++) vector.setItem(i, typeof values === 'string' ? values : values[from + i]!);
  vector.flush();
}
