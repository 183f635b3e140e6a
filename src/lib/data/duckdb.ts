/** One in-memory DuckDB for all files of a process, and its vectors as typed arrays. */
import type { DuckDBConnection, DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { SigmaError } from '../core/index.ts';

let shared: Promise<DuckDBConnection> | undefined;

/** Loaded on first use: the native library costs more to load than a small file to read. */
export function duckdb(): Promise<DuckDBConnection> {
  shared ??= import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
    return instance.connect();
  });
  return shared;
}

/** Runs a query over a file and streams its chunks. @throws SigmaError data/unreadable */
export async function streamRows(sql: string, where: string): Promise<DuckDBResult> {
  const connection = await duckdb();
  return reading(where, () => connection.stream(sql));
}

/** All rows of a small result as objects. @throws SigmaError data/unreadable */
export async function queryRows(sql: string, where: string): Promise<Record<string, unknown>[]> {
  const connection = await duckdb();
  return reading(where, async () => (await connection.runAndReadAll(sql)).getRowObjectsJS());
}

/** Turns a failure of the reader into data/unreadable. */
export async function reading<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new SigmaError('data/unreadable', `cannot be read (${reason})`, {
      where,
      hint: 'the file is truncated, corrupt or of another format',
      cause,
    });
  }
}

/** The values of a DOUBLE vector without nulls, valid until the next chunk. The library keeps the array private: this is the one place that reaches for it. */
export function doubles(vector: DuckDBVector): Float64Array {
  const items: unknown = Reflect.get(vector, 'items');
  if (items instanceof Float64Array) return items;
  throw new Error('invariant broken: a DuckDB vector of doubles has a Float64Array');
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
