/** What a Parquet file holds: its layout, the SQL of its columns, its instruments with their row counts. */
import { basename, extname } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import { exists } from '../../storage/index.ts';
import { type ColumnLayout, detectLayout } from '../column-roles.ts';
import { identifier, literal, queryRows } from '../duckdb.ts';
import type { ReadOptions } from '../read-options.ts';
import { type TimeColumn, timeColumn } from './time-column.ts';

export type ParquetShape = {
  readonly path: string;
  /** `read_parquet('…')`. */
  readonly relation: string;
  readonly layout: ColumnLayout;
  readonly time: TimeColumn;
  /** Times are stored without a zone. */
  readonly naive: boolean;
  /** Symbol of a file without a symbol column. */
  readonly symbol: string;
};

const numericType = /^(DOUBLE|FLOAT|DECIMAL|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)/;

/** @throws SigmaError data/not-found, data/unreadable, data/missing-column */
export async function describeParquet(path: string, options: ReadOptions): Promise<ParquetShape> {
  if (!(await exists(path))) throw new SigmaError('data/not-found', 'there is no such file', { where: path });
  const relation = `read_parquet(${literal(path)})`;
  const types = new Map<string, string>();
  for (const row of await queryRows(`DESCRIBE SELECT * FROM ${relation}`, path))
    types.set(String(row['column_name']), String(row['column_type']));
  const numeric = (name: string): boolean => numericType.test(types.get(name) ?? '');
  const layout = detectLayout([...types.keys()], numeric, options.columns ?? {}, path);
  const name = layout.kind === 'wide' ? layout.time : layout.columns.time!;
  const clock = layout.kind === 'wide' ? layout.clock : layout.columns.clock;
  if (clock !== undefined)
    throw new SigmaError('data/bad-time', `date '${name}' and time of day '${clock}' are two columns`, {
      where: path,
      hint: 'write them as one timestamp column',
    });
  const timeName = identifier(name);
  const type = types.get(name) ?? '';
  const largest = numeric(name) ? await largestTime(relation, timeName, path) : 0;
  return {
    path,
    relation,
    layout,
    time: timeColumn(timeName, type, largest, path),
    naive: /^(TIMESTAMP(_\w+)?|DATE)$/.test(type),
    symbol: options.symbol ?? basename(path, extname(path)),
  };
}

async function largestTime(relation: string, column: string, where: string): Promise<number> {
  const [row] = await queryRows(`SELECT max(${column})::DOUBLE AS largest FROM ${relation}`, where);
  return Number(row?.['largest'] ?? 0);
}

/** `WHERE …` that the Parquet reader uses to skip row groups, or nothing. */
export function rangeCondition(shape: ParquetShape, options: Pick<ReadOptions, 'from' | 'to' | 'timeZone'>): string[] {
  // A naive time may be up to 15 hours from UTC: read a day more on both sides, the exact cut comes after the shift.
  const slack = shape.naive && options.timeZone !== undefined ? 86_400_000 : 0;
  const conditions: string[] = [];
  if (options.from !== undefined && Number.isFinite(options.from))
    conditions.push(`${shape.time.key} >= ${shape.time.stored(options.from - slack)}`);
  if (options.to !== undefined && Number.isFinite(options.to))
    conditions.push(`${shape.time.key} < ${shape.time.stored(options.to + slack)}`);
  return conditions;
}

export function whereClause(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

export type SymbolRows = {
  readonly symbol: string;
  readonly rows: number;
  /** Numbers of its first and last row in the file, from 0. */
  readonly head: number;
  readonly tail: number;
};

/** Instruments in the order of their symbols with the rows that meet the conditions. */
export async function symbolRows(
  shape: ParquetShape,
  column: string | undefined,
  conditions: readonly string[],
): Promise<SymbolRows[]> {
  const group = column === undefined ? '' : `${identifier(column)}::VARCHAR AS symbol, `;
  const rows = await queryRows(
    `SELECT ${group}count(*)::DOUBLE AS rows, min(file_row_number)::DOUBLE AS head, max(file_row_number)::DOUBLE AS tail
     FROM read_parquet(${literal(shape.path)}, file_row_number = true)${whereClause(conditions)}${column === undefined ? '' : ' GROUP BY 1'}`,
    shape.path,
  );
  return rows
    .map((row) => ({
      symbol: column === undefined ? shape.symbol : String(row['symbol'] ?? ''),
      rows: Number(row['rows']),
      head: Number(row['head']),
      tail: Number(row['tail']),
    }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

/** Whether no row of one instrument stands between those of another, as in files that are sorted by symbol. */
export function standTogether(found: readonly SymbolRows[]): boolean {
  const inOrder = [...found].sort((a, b) => a.head - b.head);
  return inOrder.every((f, i) => i === 0 || inOrder[i - 1]!.tail < f.head);
}
