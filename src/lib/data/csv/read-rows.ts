/** Rows of text to bars: what reading a CSV file and a COPY from a database share. */
import { basename, extname } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import type { BarColumns, Bars } from '../../model/index.ts';
import { createColumn, unknownVolume } from '../column-memory.ts';
import { chooseSymbols, emptyRange, finishBars, type Series } from '../finish-bars.ts';
import { closesOfColumns } from '../parquet/read-wide.ts';
import { zoneShift } from '../zone.ts';
import type { CsvFormat, CsvOptions } from './csv-format.ts';
import { createRowParser } from './parse-rows.ts';
import { planRows, type RowPlan } from './row-plan.ts';
import { createRowSink, type RowSink } from './row-sink.ts';
import { createSymbolTable } from './symbol-table.ts';

export interface RowReader {
  /** Whole lines: bytes [from, to) end after a newline, and a few readable bytes follow them. */
  write(bytes: Uint8Array, from: number, to: number): void;
  /** @throws SigmaError data/empty, usage/empty-range, usage/unknown-instrument and those of `validateBars` */
  finish(): Bars[];
}

export type RowReaderOptions = {
  /** Where the rows come from, for messages. */
  readonly path: string;
  readonly format: CsvFormat;
  readonly options: CsvOptions;
  /** A guess, to allot memory once. */
  readonly expectedRows?: number;
  /** Symbols that exist even if no row of them is read. */
  readonly symbols?: readonly string[];
};

/** @throws SigmaError usage/empty-range when the start is not before the end, usage/unknown-instrument, usage/bad-option for an unknown zone */
export function createRowReader({
  path,
  format,
  options,
  expectedRows = 4096,
  symbols: known = [],
}: RowReaderOptions): RowReader {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  if (!(from < to)) throw emptyRange(path, options);
  const wanted = format.layout.kind === 'wide' ? chooseSymbols(format.layout.symbols, options.symbols, path) : [];
  const plan = planRows(format, wanted);
  const coded = format.layout.kind === 'long' && format.layout.columns.symbol !== undefined;
  const sink = createRowSink(expectedRows, plan.fields.length, coded);
  const symbols = createSymbolTable();
  for (const symbol of known) {
    const bytes = Buffer.from(symbol.replaceAll('"', '""'));
    symbols.code(bytes, 0, bytes.length);
  }
  const shift =
    options.timeZone === undefined || format.timeFormat.startsWith('epoch') ? undefined : zoneShift(options.timeZone);
  const parser = createRowParser({ path, plan, sink, symbols, shift, from, to });
  return {
    write: parser.parse,
    finish: () => barsOf(sink, plan, path, wanted, coded ? symbols.symbols : undefined, options),
  };
}

function barsOf(
  sink: RowSink,
  plan: RowPlan,
  path: string,
  wanted: readonly string[],
  symbols: readonly string[] | undefined,
  options: CsvOptions,
): Bars[] {
  const { rows, lines } = sink;
  const place = (row: number): string => `${path}:${lines[row]}`;
  const { layout } = plan.format;
  if (layout.kind === 'wide') {
    const read = closesOfColumns(sink.time.subarray(0, rows), sink.numbers, wanted, rows, place);
    return finishBars(read, { where: path, closeOnly: true }, options);
  }
  const { closeOnly } = layout;
  if (symbols === undefined) {
    const symbol = options.symbol ?? basename(path, extname(path));
    chooseSymbols([symbol], options.symbols, path);
    const columns = columnsOf(sink.time, sink.numbers, rows, closeOnly);
    return finishBars([{ symbol, columns, place }], { where: path, closeOnly }, options);
  }
  const missing = symbols.indexOf('');
  if (missing >= 0)
    throw new SigmaError('data/missing-column', 'the symbol is missing', { where: place(sink.codes.indexOf(missing)) });
  const order = chooseSymbols([...symbols].sort(), options.symbols, path);
  return finishBars(split(sink, symbols, order, closeOnly, place), { where: path, closeOnly }, options);
}

/** The rows of each symbol, in the order of the file. */
function split(
  sink: RowSink,
  symbols: readonly string[],
  order: readonly string[],
  closeOnly: boolean,
  place: (row: number) => string,
): Series[] {
  const counts = new Int32Array(symbols.length);
  for (let r = 0; r < sink.rows; r++) counts[sink.codes[r]!]!++;
  const rowsOf = symbols.map((_, code) => new Int32Array(counts[code]!));
  counts.fill(0);
  for (let r = 0; r < sink.rows; r++) {
    const code = sink.codes[r]!;
    rowsOf[code]![counts[code]!++] = r;
  }
  return order.map((symbol) => {
    const rows = rowsOf[symbols.indexOf(symbol)]!;
    const gather = (column: Float64Array): Float64Array => {
      const values = createColumn(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]!]!;
      return values;
    };
    const columns = columnsOf(gather(sink.time), sink.numbers.map(gather), rows.length, closeOnly);
    return { symbol, columns, place: (row) => place(rows[row]!) };
  });
}

/** Numbers are open, high, low, close, or close alone, then volume if there is one. */
function columnsOf(time: Float64Array, numbers: readonly Float64Array[], rows: number, closeOnly: boolean): BarColumns {
  const cut = (column: Float64Array | undefined): Float64Array => column?.subarray(0, rows) ?? unknownVolume(rows);
  if (closeOnly) {
    const close = cut(numbers[0]);
    return { time: cut(time), open: close, high: close, low: close, close, volume: cut(numbers[1]) };
  }
  const [open, high, low, close, volume] = numbers;
  return { time: cut(time), open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) };
}
