/** Columns and bars to and from Apache Arrow. Columns of doubles are shared, not copied, where Arrow holds them in one piece. */
import {
  Bool,
  type Data,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { SigmaError } from '../../core/index.ts';
import type { Column, Columns } from '../../frame/index.ts';
import { type Bars, barCount } from '../../model/index.ts';
import { unknownVolume } from '../column-memory.ts';
import { detectLayout } from '../column-roles.ts';
import { finishBars, type Series } from '../finish-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import type { TableColumns } from '../table/write-table.ts';

/** @param times names of the columns of epoch milliseconds that become timestamps */
export function tableOfColumns(columns: TableColumns, times: readonly string[] = []): Table {
  const data: Record<string, Data> = {};
  for (const [name, values] of Object.entries(columns)) data[name] = dataOf(values, times.includes(name));
  const fields = Object.entries(data).map(([name, d]) => new Field(name, d.type, true));
  const length = Object.values(data)[0]?.length ?? 0;
  const struct = makeData({ type: new Struct(fields), length, nullCount: 0, children: Object.values(data) });
  const schema = new Schema(fields);
  return new Table(schema, new RecordBatch(schema, struct));
}

function dataOf(values: TableColumns[string], time: boolean): Data {
  if (time) {
    const integers = BigInt64Array.from(values as ArrayLike<number> & Iterable<number>, (v) => BigInt(Math.round(v)));
    return makeData({ type: new TimestampMillisecond(), data: integers });
  }
  if (values instanceof Float64Array) return makeData({ type: new Float64(), data: values });
  if (values instanceof Int32Array) return makeData({ type: new Int32(), data: values });
  const first = values[0];
  const list: readonly unknown[] = values;
  if (typeof first === 'number') return makeData({ type: new Float64(), data: Float64Array.from(list, Number) });
  const vector =
    typeof first === 'boolean' ? vectorFromArray([...list], new Bool()) : vectorFromArray(list.map(String), new Utf8());
  return vector.data[0]!;
}

/** Columns of an Arrow table: numbers, whole numbers, texts and flags. Times become epoch milliseconds. @throws SigmaError frame/bad-column for other types */
export function columnsOfTable(table: Table): Columns {
  return Object.fromEntries(
    table.schema.fields.map((field, i): [string, Column] => {
      const vector = table.getChildAt(i)!;
      const values: unknown = vector.nullCount === 0 && vector.data.length === 1 ? vector.toArray() : undefined;
      if (values instanceof Float64Array || values instanceof Int32Array) return [field.name, values];
      const cells: unknown[] = [...vector];
      const sample = cells.find((cell) => cell !== null && cell !== undefined);
      if (typeof sample === 'string') return [field.name, cells.map((cell) => (cell === null ? '' : String(cell)))];
      if (typeof sample === 'boolean') return [field.name, cells.map((cell) => cell === true)];
      if (sample === undefined || typeof sample === 'number' || typeof sample === 'bigint')
        return [field.name, Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)))];
      throw new SigmaError(
        'frame/bad-column',
        `column '${field.name}' of type ${field.type} has no columnar form here`,
      );
    }),
  );
}

/** Bars as one Arrow table in long format: symbol, time, open, high, low, close, volume. One instrument shares its memory. */
export function barsToArrow(bars: readonly Bars[]): Table {
  const one = bars.length === 1 ? bars[0] : undefined;
  const joined = (field: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'): Float64Array => {
    if (one !== undefined) return one[field];
    const all = new Float64Array(bars.reduce((sum, b) => sum + barCount(b), 0));
    let at = 0;
    for (const b of bars) {
      all.set(b[field], at);
      at += barCount(b);
    }
    return all;
  };
  const symbol = bars.flatMap((b) => new Array<string>(barCount(b)).fill(b.instrument.symbol));
  const [time, open, high, low, close, volume] = (['time', 'open', 'high', 'low', 'close', 'volume'] as const).map(
    joined,
  );
  return tableOfColumns({ symbol, time: time!, open: open!, high: high!, low: low!, close: close!, volume: volume! }, [
    'time',
  ]);
}

/** Bars of an Arrow table or of IPC bytes, by the same column names as files. @throws SigmaError as `readParquet` */
export function barsFromArrow(source: Table | Uint8Array, options: ReadOptions = {}): Bars[] {
  const where = 'Arrow table';
  const table = source instanceof Uint8Array ? tableOf(source, where) : source;
  const columns = columnsOfTable(table);
  const layout = detectLayout(
    Object.keys(columns),
    (name) => columns[name] instanceof Float64Array,
    options.columns ?? {},
    where,
  );
  if (layout.kind === 'wide') throw new SigmaError('data/missing-column', 'no column of closes', { where });
  const numbers = (name: string | undefined): Float64Array | undefined => {
    const column = name === undefined ? undefined : columns[name];
    return column === undefined
      ? undefined
      : column instanceof Float64Array
        ? column
        : Float64Array.from(column, Number);
  };
  const c = layout.columns;
  const close = numbers(c.close)!;
  const all = {
    time: numbers(c.time)!,
    open: numbers(c.open) ?? close,
    high: numbers(c.high) ?? close,
    low: numbers(c.low) ?? close,
    close,
    volume: numbers(c.volume) ?? unknownVolume(close.length),
  };
  const symbols = c.symbol === undefined ? undefined : columns[c.symbol];
  const series =
    symbols === undefined ? [{ symbol: options.symbol ?? 'data', columns: all, place: rowPlace }] : runs(all, symbols);
  return finishBars(series, { where, closeOnly: layout.closeOnly }, options);
}

/** Rows of each symbol in order; a table sorted by symbol is not copied. */
function runs(all: Series['columns'], symbols: Column): Series[] {
  const rows = new Map<string, number[]>();
  for (let r = 0; r < symbols.length; r++) {
    const symbol = String(symbols[r]);
    const list = rows.get(symbol);
    if (list === undefined) rows.set(symbol, [r]);
    else list.push(r);
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, list]) => {
      const first = list[0]!;
      const contiguous = list.at(-1)! - first + 1 === list.length;
      const take = (column: Float64Array): Float64Array =>
        contiguous ? column.subarray(first, first + list.length) : Float64Array.from(list, (r) => column[r]!);
      const columns = {
        time: take(all.time),
        open: take(all.open),
        high: take(all.high),
        low: take(all.low),
        close: take(all.close),
        volume: take(all.volume),
      };
      return { symbol, columns, place: (row: number) => rowPlace(list[row]!) };
    });
}

function rowPlace(row: number): string {
  return `Arrow table: row ${row + 1}`;
}

function tableOf(bytes: Uint8Array, where: string): Table {
  try {
    return tableFromIPC(bytes);
  } catch (cause) {
    throw new SigmaError('data/unreadable', 'is not Arrow IPC', { where, cause });
  }
}

/** Bars as Arrow IPC in file format. */
export function barsToIpc(bars: readonly Bars[]): Uint8Array {
  return tableToIPC(barsToArrow(bars), 'file');
}
