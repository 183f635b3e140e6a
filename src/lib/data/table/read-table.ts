/** Tables of results back from CSV, Parquet, JSON or Arrow: the reverse of `writeTable`. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import { exists } from '../../storage/index.ts';
import { identifier, literal, queryRows, reading } from '../duckdb.ts';
import { type TableColumns, type TableFormat, tableFormats } from './write-table.ts';

type Values = TableColumns[string];

/**
 * Columns by name; the format follows from the ending of the file unless it is named. Times become epoch milliseconds, empty numbers NaN.
 * Integers of Parquet and Arrow are Int32Array, other numbers Float64Array. In text a column has one type if all of its cells have it.
 * @throws SigmaError data/not-found, data/unreadable, usage/bad-option for an ending that is no format
 */
export async function readTable(path: string, format: TableFormat = formatOf(path)): Promise<TableColumns> {
  if (!(await exists(path))) throw new SigmaError('data/not-found', 'there is no such file', { where: path });
  if (format === 'parquet') return readParquetTable(path);
  if (format === 'csv') return readCsvTable(path);
  if (format === 'json') return reading(path, async () => rowsToColumns(JSON.parse(await readFile(path, 'utf8'))));
  const { columnsFromArrow } = await import('../arrow/index.ts');
  const { tableFromIPC } = await import('apache-arrow');
  return reading(path, async () => columnsFromArrow(tableFromIPC(await readFile(path))));
}

function formatOf(path: string): TableFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = tableFormats.find((f) => f === ending);
  if (format === undefined)
    throw new SigmaError('usage/bad-option', `'.${ending}' is no table format`, {
      where: path,
      hint: `use one of ${tableFormats.join(', ')}`,
    });
  return format;
}

async function readParquetTable(path: string): Promise<TableColumns> {
  const relation = `read_parquet(${literal(path)})`;
  const types = (await queryRows(`DESCRIBE SELECT * FROM ${relation}`, path)).map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));
  const select = types.map(({ name, type }) => {
    const column = identifier(name);
    if (type.startsWith('TIMESTAMP') || type === 'DATE') return `epoch_us(${column}::TIMESTAMP) / 1000.0 AS ${column}`;
    if (type === 'VARCHAR' || type === 'BOOLEAN' || type === 'INTEGER') return column;
    return `${column}::DOUBLE AS ${column}`;
  });
  const rows = await queryRows(`SELECT ${select.join(', ')} FROM ${relation}`, path);
  return Object.fromEntries(
    types.map(({ name, type }) => [
      name,
      typed(
        rows.map((row) => row[name]),
        type,
      ),
    ]),
  );
}

function typed(values: readonly unknown[], type: string): Values {
  if (type === 'VARCHAR') return values.map((v) => String(v ?? ''));
  if (type === 'BOOLEAN') return values.map((v) => v === true);
  if (type === 'INTEGER' && values.every((v) => typeof v === 'number')) return Int32Array.from(values, Number);
  return Float64Array.from(values, (v) => (v === null || v === undefined ? Number.NaN : Number(v)));
}

async function readCsvTable(path: string): Promise<TableColumns> {
  const rows = await queryRows(
    `SELECT * FROM read_csv(${literal(path)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`,
    path,
  );
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, fromText(rows.map((row) => String(row[name] ?? '')))]));
}

/** A column of cells that are all numbers, all times, all flags, or else text; an empty cell is a missing number or time. */
function fromText(cells: readonly string[]): Values {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.every((cell) => cell === 'true' || cell === 'false') && filled.length === cells.length)
    return cells.map((cell) => cell === 'true');
  if (filled.every((cell) => isoTime.test(cell)) && filled.length > 0)
    return Float64Array.from(cells, (cell) => (cell === '' ? Number.NaN : Date.parse(cell)));
  if (filled.every((cell) => plainNumber.test(cell)))
    return Float64Array.from(cells, (cell) => (cell === '' ? Number.NaN : Number(cell)));
  return [...cells];
}

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/;
const plainNumber = /^-?(\d+(\.\d+)?(e[-+]?\d+)?|Infinity)$/;

function rowsToColumns(rows: unknown): TableColumns {
  if (!Array.isArray(rows)) throw new Error('it is no list of rows');
  const list: readonly unknown[] = rows;
  const cell = (row: unknown, name: string): unknown =>
    typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
  const first = list[0];
  const names = typeof first === 'object' && first !== null ? Object.keys(first) : [];
  return Object.fromEntries(names.map((name) => [name, fromJson(list.map((row) => cell(row, name)))]));
}

function fromJson(values: readonly unknown[]): Values {
  if (values.every((v) => typeof v === 'boolean')) return values;
  if (values.every((v) => v === null || typeof v === 'number'))
    return Float64Array.from(values, (v) => (typeof v === 'number' ? v : Number.NaN));
  const text = values.map((v) => (v === null || v === undefined ? '' : String(v)));
  const times = text.every((t) => t === '' || isoTime.test(t));
  return times ? Float64Array.from(text, (t) => (t === '' ? Number.NaN : Date.parse(t))) : text;
}
