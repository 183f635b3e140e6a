/** Parquet to bars: DuckDB streams columns of doubles, each chunk is copied into the columns of its instrument. */
import type { DuckDBResult } from '@duckdb/node-api';
import { SigmaError } from '../../core/index.ts';
import { type BarColumns, type Bars, formatTime } from '../../model/index.ts';
import { createColumn, unknownVolume } from '../column-memory.ts';
import { doubles, identifier, literal, reading, streamRows } from '../duckdb.ts';
import { chooseSymbols, emptyRange, finishBars, type Series } from '../finish-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import { zoneShift } from '../zone.ts';
import { describeParquet, type ParquetShape, rangeCondition, symbolRows, whereClause } from './describe.ts';
import { readWide } from './read-wide.ts';

/**
 * Bars of a Parquet file, one entry an instrument, in the order asked for or that of the symbols. Only the range and the instruments asked for are read.
 * @throws SigmaError data/not-found, data/unreadable, data/missing-column, data/empty, usage/empty-range, usage/unknown-instrument and those of `validateBars`
 */
export async function readParquet(path: string, options: ReadOptions = {}): Promise<Bars[]> {
  const shape = await describeParquet(path, options);
  if (options.from !== undefined && options.to !== undefined && options.from >= options.to)
    throw emptyRange(path, options);
  const read = shape.layout.kind === 'wide' ? await readWide(shape, options) : await readLong(shape, options);
  if (shape.naive && options.timeZone !== undefined) {
    const shift = zoneShift(options.timeZone);
    for (const { columns } of read)
      for (let i = 0; i < columns.time.length; i++) columns.time[i] = shift(columns.time[i]!);
  }
  return finishBars(read, { where: path, closeOnly: shape.layout.kind === 'wide' || shape.layout.closeOnly }, options);
}

type Target = { readonly columns: BarColumns; filled: number };

async function readLong(shape: ParquetShape, options: ReadOptions): Promise<Series[]> {
  const { layout, path } = shape;
  if (layout.kind !== 'long') return [];
  const { symbol } = layout.columns;
  const range = rangeCondition(shape, options);
  const found = await symbolRows(shape, symbol, range);
  if (options.symbols !== undefined) {
    const all = range.length === 0 ? found : await symbolRows(shape, symbol, []);
    chooseSymbols(
      all.map((f) => f.symbol),
      options.symbols,
      path,
    );
  }
  const rowsOf = new Map(found.map((f) => [f.symbol, f.rows]));
  const symbols = options.symbols === undefined ? found.map((f) => f.symbol) : [...new Set(options.symbols)];
  if (symbols.length === 0) throw emptyOrOut(shape, options);
  const { volume } = layout.columns;
  const prices = layout.closeOnly ? (['close'] as const) : (['open', 'high', 'low', 'close'] as const);
  const targets = symbols.map(
    (s): Target => ({ columns: emptyColumns(rowsOf.get(s) ?? 0, layout.closeOnly, volume !== undefined), filled: 0 }),
  );

  const conditions = [...range];
  if (symbol !== undefined && options.symbols !== undefined) conditions.push(...symbolConditions(symbol, symbols));
  const code = symbol === undefined ? [] : [symbolCode(symbol, symbols)];
  const value = (name: string): string => `coalesce(${identifier(name)}::DOUBLE, 'nan'::DOUBLE)`;
  const select = [
    `coalesce(${shape.time.milliseconds}, 'nan'::DOUBLE)`,
    ...prices.map((role) => value(layout.columns[role]!)),
    ...(volume === undefined ? [] : [value(volume)]),
    ...code,
  ];
  const sql = `SELECT ${select.map((s, i) => `${s} AS c${i}`).join(', ')} FROM ${shape.relation}${whereClause(conditions)}`;
  const fields = ['time' as const, ...prices, ...(volume === undefined ? [] : (['volume'] as const))];
  const result = await streamRows(sql, path);
  await reading(path, () => scatter(result, targets, fields, symbol !== undefined));
  return targets.map((t, i) => ({
    symbol: symbols[i]!,
    columns: t.columns,
    place: (row) => place(path, symbols[i]!, t.columns.time, row),
  }));
}

function emptyOrOut(shape: ParquetShape, options: ReadOptions): SigmaError {
  if (options.from !== undefined || options.to !== undefined) return emptyRange(shape.path, options);
  return new SigmaError('data/empty', 'has no rows', { where: shape.path });
}

/** Position of the symbol in the list as a double: constant over long stretches of a file sorted by symbol. */
export function symbolCode(column: string, symbols: readonly string[]): string {
  if (symbols.length === 1) return '0::DOUBLE';
  return `enum_code(CAST(coalesce(${identifier(column)}::VARCHAR, '') AS ENUM(${symbols.map(literal).join(', ')})))::DOUBLE`;
}

/**
 * Rows of the symbols, without an `IN`: DuckDB turns a long list into a hash join, after which rows may come out of the order of the file.
 * The bounds skip row groups, the cast decides.
 */
function symbolConditions(column: string, symbols: readonly string[]): string[] {
  const name = `${identifier(column)}::VARCHAR`;
  const list = symbols.map(literal).join(', ');
  if (symbols.length === 1) return [`${name} = ${list}`];
  return [`${name} BETWEEN least(${list}) AND greatest(${list})`, `TRY_CAST(${name} AS ENUM(${list})) IS NOT NULL`];
}

async function scatter(
  result: DuckDBResult,
  targets: readonly Target[],
  fields: readonly (keyof BarColumns)[],
  coded: boolean,
): Promise<void> {
  const chunkColumns: Float64Array[] = new Array(fields.length);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    for (let f = 0; f < fields.length; f++) chunkColumns[f] = doubles(chunk.getColumnVector(f));
    const codes = coded ? doubles(chunk.getColumnVector(fields.length)) : undefined;
    for (let from = 0; from < chunk.rowCount; ) {
      const code = codes === undefined ? 0 : codes[from]!;
      let to = chunk.rowCount;
      if (codes !== undefined) for (to = from + 1; to < chunk.rowCount && codes[to] === code; ) to++;
      const target = targets[code]!;
      for (let f = 0; f < fields.length; f++)
        target.columns[fields[f]!].set(chunkColumns[f]!.subarray(from, to), target.filled);
      target.filled += to - from;
      from = to;
    }
  }
}

/** Close-only columns are one array under four names. */
export function emptyColumns(rows: number, closeOnly: boolean, hasVolume: boolean): BarColumns {
  const close = createColumn(rows);
  return {
    time: createColumn(rows),
    open: closeOnly ? close : createColumn(rows),
    high: closeOnly ? close : createColumn(rows),
    low: closeOnly ? close : createColumn(rows),
    close,
    volume: hasVolume ? createColumn(rows) : unknownVolume(rows),
  };
}

function place(path: string, symbol: string, time: Float64Array, row: number): string {
  return `${path}: ${symbol} row ${row + 1}${Number.isFinite(time[row]!) ? ` (${formatTime(time[row]!)})` : ''}`;
}
