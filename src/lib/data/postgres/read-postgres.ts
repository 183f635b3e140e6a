/** Postgres tables and queries to bars: COPY brings the rows as text, and the CSV row parser reads them. */
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { SigmaError } from '../../core/index.ts';
import { detectLayout } from '../column-roles.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import { createRowReader } from '../csv/read-rows.ts';
import { chooseSymbols, emptyRange } from '../finish-bars.ts';
import type { ReadSource } from '../read-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import { type PostgresSource, parsePostgresUrl, quoteName, quoteTable, withPostgres } from './connect.ts';

export type PostgresOptions = ReadOptions & {
  /** Table to read, with its schema if it has one; may also be in the URL as `?table=`. */
  readonly table?: string;
  /** A query to read instead; may also be in the URL as `?query=`. */
  readonly query?: string;
};

/**
 * Bars of a table or query. Symbols and range are asked of the server; times are read in UTC.
 * @throws SigmaError service/unreachable, service/refused, data/not-found, data/missing-column, data/bad-time, data/empty and those of `validateBars`
 */
export async function readTable(url: string, options: PostgresOptions = {}): Promise<ReadSource> {
  const parsed = parsePostgresUrl(url);
  const source = { ...parsed, table: options.table ?? parsed.table, query: options.query ?? parsed.query };
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  if (!(from < to)) throw emptyRange(source.location, options);
  const where = source.table === undefined ? source.location : `${source.location} ${source.table}`;
  const bars = await withPostgres(source, async (client) => {
    // One snapshot for looking at the columns and reading them, and nothing can be written through a query.
    await client.query('BEGIN READ ONLY');
    const relation = relationOf(source);
    const columns = await columnTypes(client, relation);
    const { sql, format, symbol } = plan(columns, relation, options, where);
    const known = options.symbols === undefined ? [] : await knownSymbols(client, relation, symbol);
    const wanted = known.length === 0 ? undefined : chooseSymbols(known, options.symbols, where);
    const fallback = source.table?.split('.').at(-1) ?? 'query';
    const reader = createRowReader({
      path: where,
      format,
      options: { ...options, symbol: options.symbol ?? fallback },
      ...(wanted !== undefined && { symbols: wanted }),
    });
    const lines = createLines(reader.write);
    for await (const chunk of client.query(copyTo(sql))) lines.add(chunk);
    return reader.finish();
  });
  return { location: source.location, bars };
}

function relationOf(source: PostgresSource): string {
  if (source.query !== undefined) return `(${source.query.replace(/;\s*$/, '')}) AS rows`;
  if (source.table !== undefined) return quoteTable(source.table);
  throw new SigmaError('usage/bad-option', 'neither a table nor a query is named', {
    where: source.location,
    hint: 'add ?table=bars to the URL',
  });
}

/** Names and types without reading a row. */
async function columnTypes(client: pg.Client, relation: string): Promise<Map<string, number>> {
  const { fields } = await client.query(`SELECT * FROM ${relation} LIMIT 0`);
  return new Map(fields.map((f) => [f.name, f.dataTypeID]));
}

/** Type numbers of the server's catalog: integers, reals, numeric; dates and times. */
const numbers = [20, 21, 23, 700, 701, 1700];
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
/** Bytes the row parser may look at after the last line. */
const margin = new Uint8Array(64);

function plan(types: ReadonlyMap<string, number>, relation: string, options: ReadOptions, where: string) {
  const names = [...types.keys()];
  const layout = detectLayout(names, (name) => numbers.includes(types.get(name) ?? 0), options.columns ?? {}, where);
  const time = layout.kind === 'wide' ? layout.time : layout.columns.time!;
  const type = types.get(time) ?? 0;
  const t = timeSql(quoteName(time), type, where);
  const used = names.map((name) => {
    if (name === time) return `(extract(epoch FROM ${t}) * 1000)::float8 AS ${quoteName(name)}`;
    return numbers.includes(types.get(name) ?? 0) ? `${quoteName(name)}::float8` : quoteName(name);
  });
  const conditions: string[] = [];
  const moment = (ms: number): string => `to_timestamp(${ms / 1000}::float8)`;
  if (options.from !== undefined && Number.isFinite(options.from)) conditions.push(`${t} >= ${moment(options.from)}`);
  if (options.to !== undefined && Number.isFinite(options.to)) conditions.push(`${t} < ${moment(options.to)}`);
  const symbol = layout.kind === 'long' ? layout.columns.symbol : undefined;
  if (symbol !== undefined && options.symbols !== undefined)
    conditions.push(`${quoteName(symbol)}::text IN (${options.symbols.map((s) => pg.escapeLiteral(s)).join(', ')})`);
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = [symbol, time].filter((name) => name !== undefined).map((name) => `${names.indexOf(name) + 1}`);
  const format: CsvFormat = {
    delimiter: ',',
    decimal: '.',
    header: false,
    skippedLines: 0,
    columns: names,
    layout,
    timeFormat: 'epoch-ms',
    timeZone: 'UTC',
  };
  const rows = `SELECT ${used.join(', ')} FROM ${relation}${filter} ORDER BY ${order.join(', ')}`;
  return { sql: `COPY (${rows}) TO STDOUT (FORMAT csv)`, format, symbol };
}

/** Symbols of the table, to tell one that does not exist from one without rows in the range. */
async function knownSymbols(client: pg.Client, relation: string, column: string | undefined): Promise<string[]> {
  if (column === undefined) return [];
  const { rows } = await client.query<{ symbol: string }>(
    `SELECT DISTINCT ${quoteName(column)}::text AS symbol FROM ${relation}`,
  );
  return rows.map((row) => row.symbol);
}

/** Chunks of any length as chunks of whole lines. */
function createLines(write: (bytes: Uint8Array, from: number, to: number) => void) {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    add: (chunk: Uint8Array): void => {
      const end = chunk.lastIndexOf(10) + 1;
      const bytes = Buffer.concat([rest, chunk, margin]);
      const to = end === 0 ? 0 : rest.length + end;
      if (to > 0) write(bytes, 0, to);
      rest = bytes.subarray(to, bytes.length - margin.length);
    },
  };
}

/** The time column as timestamptz. Times without a zone are UTC. */
function timeSql(column: string, type: number, where: string): string {
  if (type === TIMESTAMPTZ) return column;
  if (type === TIMESTAMP) return `(${column} AT TIME ZONE 'UTC')`;
  if (type === DATE) return `(${column}::timestamp AT TIME ZONE 'UTC')`;
  if (numbers.includes(type)) {
    // The unit follows from the size, as for files.
    const size = `abs(${column})`;
    const unit = `(CASE WHEN ${size} < 1e11 THEN 1 WHEN ${size} < 1e14 THEN 1e3 WHEN ${size} < 1e17 THEN 1e6 ELSE 1e9 END)`;
    return `to_timestamp(${column}::float8 / ${unit}::float8)`;
  }
  throw new SigmaError('data/bad-time', `column ${column} holds no times`, {
    where,
    hint: 'store times as timestamptz, or name the right column with --column time=NAME',
  });
}
