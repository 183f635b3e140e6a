/** One in-memory DuckDB for all files of a process, and its chunks as typed arrays. */
import type { DuckDBConnection, DuckDBInstance, DuckDBVector } from '@duckdb/node-api';
import { SigmaError } from '../core/index.ts';

let instance: Promise<DuckDBInstance> | undefined;
let shared: Promise<DuckDBConnection> | undefined;

/** Loaded on first use: the native library costs more to load than a small file to read. */
function database(): Promise<DuckDBInstance> {
  instance ??= import('@duckdb/node-api').then(({ DuckDBInstance }) =>
    DuckDBInstance.create(':memory:', { memory_limit: '1GB' }),
  );
  return instance;
}

/** The connection of queries that are read whole. */
export function duckdb(): Promise<DuckDBConnection> {
  shared ??= database().then((opened) => opened.connect());
  return shared;
}

/**
 * Hands the columns of a query, all DOUBLE without nulls, to `use` chunk by chunk, in order; the arrays are valid until it returns, and `false` ends the reading.
 * While one chunk is used the next ones are decoded on other threads. A connection of its own: the next query on a connection would end a stream.
 * @returns whether all was read
 * @throws SigmaError data/unreadable
 */
export async function eachChunk(
  sql: string,
  where: string,
  use: (columns: readonly Float64Array[], rows: number) => boolean,
): Promise<boolean> {
  const connection = await (await database()).connect();
  try {
    return await reading(where, async () => {
      // Several row groups of bars fit into the buffer, so that decoding goes on while rows are used in bursts.
      await connection.run("SET streaming_buffer_size = '48MB'");
      const result = await connection.stream(sql);
      const columns: Float64Array[] = new Array(result.columnCount);
      let coming = result.fetchChunk();
      for (;;) {
        const chunk = await coming;
        const rows = chunk?.rowCount ?? 0;
        if (chunk === null || rows === 0) return true;
        coming = result.fetchChunk();
        weigh(rows * columns.length);
        try {
          for (let c = 0; c < columns.length; c++) columns[c] = doubles(chunk.getColumnVector(c));
          if (use(columns, rows)) continue;
          await coming;
          return false;
        } catch (cause) {
          // The first failure is the one to tell; the chunk under way must be there before the connection goes.
          await Promise.allSettled([coming]);
          throw cause;
        }
      }
    });
  } finally {
    connection.closeSync();
  }
}

/**
 * Tells the collector what a chunk of so many doubles weighs, by memory that is never touched: chunks lie outside of what
 * it counts, and hundreds of them would wait to be let go of.
 */
function weigh(values: number): void {
  Buffer.allocUnsafeSlow(Float64Array.BYTES_PER_ELEMENT * values);
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

/** The values of a DOUBLE vector without nulls. The library keeps the array private: this is the one place that reaches for it. */
function doubles(vector: DuckDBVector): Float64Array {
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
