/** The format of a CSV file, told from its first lines. */
import { SigmaError } from '../../core/index.ts';
import { columnRoles, detectLayout, plainName } from '../column-roles.ts';
import { numberOfText, splitLine } from './cells.ts';
import type { CsvFormat, CsvOptions } from './csv-format.ts';
import { detectTimeFormat, looksLikeClock, looksLikeTime } from './detect-time.ts';
import { timeOfText } from './time-text.ts';

/**
 * @param sample the first lines of the file, without a byte order mark
 * @throws SigmaError data/empty, data/missing-column, data/bad-time
 */
export function detectCsv(sample: readonly string[], options: CsvOptions, where: string): CsvFormat {
  const lines = sample
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new SigmaError('data/empty', 'has no rows', { where });
  const delimiter = options.delimiter ?? detectDelimiter(lines.map((l) => l.line));
  const table = lines.map(({ line, index }) => ({ cells: splitLine(line, delimiter), index }));
  const width = commonWidth(table.map((row) => row.cells.length));
  const rows = table.slice(table.findIndex((row) => row.cells.length >= width));
  const first = rows[0]!;
  const decimal =
    options.decimal ??
    detectDecimal(
      rows.slice(1).map((r) => r.cells),
      delimiter,
    );
  const header = options.header ?? isHeader(first.cells);
  const body = rows.slice(header ? 1 : 0).map((r) => r.cells);
  if (body.length === 0) throw new SigmaError('data/empty', 'has a header but no rows', { where });
  const columns = header ? first.cells : namesByPosition(body[0]!, decimal);
  const numeric = (name: string): boolean => {
    const c = columns.indexOf(name);
    const cells = body.map((row) => row[c] ?? '');
    const numbers = cells.map((cell) => numberOfText(cell, decimal));
    return numbers.some((n) => n !== undefined && !Number.isNaN(n)) || numbers.every((n) => n !== undefined);
  };
  const layout = detectLayout(columns, numeric, rolesOf(columns, body, options), where);
  const time = layout.kind === 'wide' ? layout.time : layout.columns.time!;
  const cells = body.map((row) => row[columns.indexOf(time)] ?? '').filter((cell) => cell !== '');
  const timeFormat = options.timeFormat ?? detectTimeFormat(cells, `${where}: column ${time}`);
  return {
    delimiter,
    decimal,
    header,
    skippedLines: first.index,
    columns,
    layout,
    timeFormat,
    timeZone: zoneOf(cells, timeFormat, options),
  };
}

function zoneOf(cells: readonly string[], format: CsvFormat['timeFormat'], options: CsvOptions): string {
  if (format.startsWith('epoch')) return 'UTC';
  const offset = timeOfText(cells[0] ?? '', format)?.offset ?? Number.NaN;
  return Number.isNaN(offset) ? (options.timeZone ?? 'UTC') : 'offset';
}

/** A date and a time of day in two columns are seen from their cells; names alone do not tell. */
function rolesOf(
  columns: readonly string[],
  body: readonly string[][],
  options: CsvOptions,
): NonNullable<CsvOptions['columns']> {
  const given = options.columns ?? {};
  if (given.time !== undefined) return given;
  const clock = columns.find((_, c) => body.every((row) => looksLikeClock(row[c] ?? '')));
  if (clock === undefined) {
    // Without a clock, `time` beside `date` is the whole moment or the date is.
    const moment = columns.find(
      (name, c) => ['time', 'date'].includes(plainName(name)) && looksLikeTime(body[0]?.[c] ?? ''),
    );
    const named = columns.some((name) => ['opentime', 'timestamp', 'datetime'].includes(plainName(name)));
    return moment === undefined || named ? given : { time: moment, ...given };
  }
  const date = columns.find((name, c) => name !== clock && looksLikeTime(body[0]?.[c] ?? ''));
  return date === undefined ? given : { time: date, clock, ...given };
}

/** Semicolons, tabs and bars are never decimals: they win over commas when every line has them. */
function detectDelimiter(lines: readonly string[]): string {
  const data = lines.slice(1, 200);
  const probe = data.length === 0 ? lines : data;
  for (const delimiter of [';', '\t', '|']) if (probe.every((line) => line.includes(delimiter))) return delimiter;
  return ',';
}

function detectDecimal(body: readonly string[][], delimiter: string): '.' | ',' {
  if (delimiter === ',') return '.';
  const cells = body.flat();
  const commas = cells.some((cell) => /^-?(\d+|\d{1,3}(\.\d{3})+),\d+$/.test(cell));
  const dots = cells.some((cell) => /^-?\d+\.(\d{1,2}|\d{4,})$/.test(cell));
  return commas && !dots ? ',' : '.';
}

function commonWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1;
}

function isHeader(cells: readonly string[]): boolean {
  return (
    !cells.some((cell) => cell !== '' && (numberOfText(cell, '.') !== undefined || looksLikeTime(cell))) ||
    knownName(cells)
  );
}

function knownName(cells: readonly string[]): boolean {
  const names = new Set<string>([...columnRoles, 'date', 'timestamp', 'datetime', 'unix']);
  return cells.some((cell) => names.has(plainName(cell)));
}

/** Columns of a file without a header: the time, a symbol, then prices and volume in their usual order. */
function namesByPosition(cells: readonly string[], decimal: '.' | ','): string[] {
  const names: string[] = cells.map((_, c) => `column ${c + 1}`);
  const time = cells.findIndex((cell) => looksLikeTime(cell));
  if (time >= 0) names[time] = 'time';
  const numbers: number[] = [];
  cells.forEach((cell, c) => {
    if (c === time) return;
    if (looksLikeClock(cell)) names[c] = 'clock';
    else if (numberOfText(cell, decimal) !== undefined) numbers.push(c);
    else if (!names.includes('symbol')) names[c] = 'symbol';
  });
  const roles = numbers.length >= 4 ? ['open', 'high', 'low', 'close', 'volume'] : ['close', 'volume'];
  numbers.slice(0, roles.length).forEach((c, i) => {
    names[c] = roles[i]!;
  });
  return names;
}
