/** Parquet to bars: DuckDB streams columns of doubles, each chunk is copied into the columns of its instrument. */
import { SigmaError } from '../../core/index.ts';
import { type BarColumns, type Bars, formatTime } from '../../model/index.ts';
import { createColumn, unknownVolume } from '../column-memory.ts';
import { eachChunk, identifier, literal } from '../duckdb.ts';
import { chooseSymbols, emptyRange, finishBars, type Series } from '../finish-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import { zoneShift } from '../zone.ts';
import {
  describeParquet,
  type ParquetShape,
  rangeCondition,
  standTogether,
  symbolRows,
  whereClause,
} from './describe.ts';
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
  const foundOf = new Map(found.map((f) => [f.symbol, f]));
  const symbols = options.symbols === undefined ? found.map((f) => f.symbol) : [...new Set(options.symbols)];
  if (symbols.length === 0) throw emptyOrOut(shape, options);
  const { volume } = layout.columns;
  const prices = layout.closeOnly ? (['close'] as const) : (['open', 'high', 'low', 'close'] as const);
  const targets = symbols.map(
    (s): Target => ({
      columns: emptyColumns(foundOf.get(s)?.rows ?? 0, layout.closeOnly, volume !== undefined),
      filled: 0,
    }),
  );

  const conditions = [...range];
  if (symbol !== undefined && options.symbols !== undefined) conditions.push(...symbolConditions(symbol, symbols));
  const chosen = symbols.map((s) => foundOf.get(s)).filter((f) => f !== undefined);
  // Where the rows of each symbol stand together, whose row it is follows from the counts: the symbols need not be read.
  const together = standTogether(chosen);
  const value = (name: string): string => `coalesce(${identifier(name)}::DOUBLE, 'nan'::DOUBLE)`;
  const select = [
    `coalesce(${shape.time.milliseconds}, 'nan'::DOUBLE)`,
    ...prices.map((role) => value(layout.columns[role]!)),
    ...(volume === undefined ? [] : [value(volume)]),
    ...(together || symbol === undefined ? [] : [symbolCode(symbol, symbols)]),
  ];
  const sql = `SELECT ${select.map((s, i) => `${s} AS c${i}`).join(', ')} FROM ${shape.relation}${whereClause(conditions)}`;
  const fields = ['time' as const, ...prices, ...(volume === undefined ? [] : (['volume'] as const))];
  if (together) {
    const inOrder = [...chosen].sort((a, b) => a.head - b.head).map((f) => targets[symbols.indexOf(f.symbol)]!);
    await eachChunk(sql, path, fillInTurn(inOrder, fields));
  } else await eachChunk(sql, path, scatter(targets, fields));
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

type UseChunk = Parameters<typeof eachChunk>[2];

/** Fills one target after the other, each to its length. */
function fillInTurn(targets: readonly Target[], fields: readonly (keyof BarColumns)[]): UseChunk {
  let current = 0;
  return (columns, rows) => {
    for (let from = 0, to = 0; from < rows; from = to) {
      while (targets[current]!.filled === targets[current]!.columns.time.length) current++;
      const target = targets[current]!;
      to = Math.min(rows, from + target.columns.time.length - target.filled);
      append(target, fields, columns, from, to);
    }
    return true;
  };
}

/** The column after the fields tells the target of each row. */
function scatter(targets: readonly Target[], fields: readonly (keyof BarColumns)[]): UseChunk {
  return (columns, rows) => {
    const codes = columns[fields.length]!;
    for (let from = 0, to = 0; from < rows; from = to) {
      const code = codes[from]!;
      for (to = from + 1; to < rows && codes[to] === code; ) to++;
      append(targets[code]!, fields, columns, from, to);
    }
    return true;
  };
}

function append(
  target: Target,
  fields: readonly (keyof BarColumns)[],
  columns: readonly Float64Array[],
  from: number,
  to: number,
): void {
  for (let f = 0; f < fields.length; f++) target.columns[fields[f]!].set(columns[f]!.subarray(from, to), target.filled);
  target.filled += to - from;
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
