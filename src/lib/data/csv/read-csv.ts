/** CSV to bars. */
import { basename, extname } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import type { BarColumns, Bars } from '../../model/index.ts';
import { createColumn, unknownVolume } from '../column-memory.ts';
import { chooseSymbols, emptyRange, finishBars, type Series } from '../finish-bars.ts';
import { closesOfColumns } from '../parquet/read-wide.ts';
import { zoneShift } from '../zone.ts';
import { firstLines, lineChunks } from './chunks.ts';
import type { CsvFormat, CsvOptions } from './csv-format.ts';
import { detectCsv } from './detect-csv.ts';
import { createRowParser } from './parse-rows.ts';
import { planRows, type RowPlan } from './row-plan.ts';
import { createRowSink, type RowSink } from './row-sink.ts';
import { createSymbolTable } from './symbol-table.ts';

export type CsvRead = { readonly bars: Bars[]; readonly format: CsvFormat };

/**
 * Bars of a CSV file and the format it was found to have. Numbers are the doubles nearest to what is written.
 * @throws SigmaError data/not-found, data/unreadable, data/empty, data/missing-column, data/bad-number, data/bad-time, data/mixed-zones,
 *   usage/empty-range, usage/unknown-instrument and those of `validateBars`, with file and line
 */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvRead> {
  const { lines, size } = await firstLines(path);
  const format = detectCsv(lines, options, path);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  if (!(from < to)) throw emptyRange(path, options);
  const wanted = format.layout.kind === 'wide' ? chooseSymbols(format.layout.symbols, options.symbols, path) : [];
  const plan = planRows(format, wanted);
  const coded = format.layout.kind === 'long' && format.layout.columns.symbol !== undefined;
  const sink = createRowSink(expectedRows(lines, size), plan.fields.length, coded);
  const symbols = createSymbolTable();
  const shift =
    options.timeZone === undefined || format.timeFormat.startsWith('epoch') ? undefined : zoneShift(options.timeZone);
  const parser = createRowParser({ path, plan, sink, symbols, shift, from, to });
  for await (const chunk of lineChunks(path)) parser.parse(chunk.bytes, chunk.from, chunk.to);
  return { bars: barsOf(sink, plan, path, wanted, coded ? symbols.symbols : undefined, options), format };
}

/** The format alone, from the first lines: what an import would do. */
export async function detectCsvFormat(path: string, options: CsvOptions = {}): Promise<CsvFormat> {
  return detectCsv((await firstLines(path)).lines, options, path);
}

/** Two in a hundred more than the first lines suggest. */
function expectedRows(lines: readonly string[], size: number): number {
  const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
  return Math.ceil((size / Math.max(1, bytes)) * lines.length * 1.02) + 16;
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
