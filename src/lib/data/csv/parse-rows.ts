/** The row parser: bytes of whole lines to columns of numbers in one pass. */
import { SigmaError } from '../../core/index.ts';
import { numberOfText } from './cells.ts';
import { createPlainRows, type PlainRows } from './plain-rows.ts';
import { AS_CLOCK, AS_SYMBOL, AS_TIME, type RowPlan, SKIP } from './row-plan.ts';
import { grow, type RowSink } from './row-sink.ts';
import type { SymbolTable } from './symbol-table.ts';
import { OFFSET, readClock, readTimeCell, TIME } from './time-cell.ts';
import { timeOfText } from './time-text.ts';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
/** Lines from which on it pays to have a routine of its own for the plain rows of a file. */
const MANY = 10_000;
/** Share of other rows from which on going back and forth costs more than it saves. */
const TOO_ODD = 1 / 16;
/** Powers of ten that are exact as doubles. */
const powers = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);

export interface RowParser {
  /** Parses whole lines. @throws SigmaError data/bad-number, data/bad-time, data/mixed-zones, data/missing-column with file and line */
  parse(bytes: Uint8Array, from: number, to: number): void;
}

export type RowParserOptions = {
  readonly path: string;
  readonly plan: RowPlan;
  readonly sink: RowSink;
  readonly symbols: SymbolTable;
  /** Wall-clock time to UTC for times without an offset. */
  readonly shift: ((time: number) => number) | undefined;
  /** Rows with open time in [from, to) are kept. */
  readonly from: number;
  readonly to: number;
};

export function createRowParser({
  path,
  plan,
  sink,
  symbols,
  shift,
  from: first,
  to: end,
}: RowParserOptions): RowParser {
  const { actions, delimiter, decimal, timeFormat, format } = plan;
  const out = new Float64Array(2);
  // Offsets of all times so far: NaN in `lowest` stands for times without one.
  let zoned: boolean | undefined;
  let lowest = 0;
  let highest = 0;
  let line = 0;
  let skip = format.skippedLines + (format.header ? 1 : 0);
  const decoder = new TextDecoder();

  const where = (): string => `${path}:${line}`;
  const fault = (
    code: 'data/bad-number' | 'data/bad-time' | 'data/mixed-zones',
    found: string,
    hint?: string,
  ): SigmaError => new SigmaError(code, found, { where: where(), ...(hint !== undefined && { hint }) });

  /** Position of the delimiter or line end that closes the cell at p. */
  const cellEnd = (bytes: Uint8Array, p: number): number => {
    let quoted = false;
    for (; ; p++) {
      const b = bytes[p]!;
      if (b === QUOTE) quoted = !quoted;
      else if (b === NEWLINE || (!quoted && b === delimiter)) return p;
    }
  };
  const cellText = (bytes: Uint8Array, p: number, stop: number): string => {
    const text = decoder.decode(bytes.slice(p, stop)).trim();
    return text.startsWith('"') && text.endsWith('"') && text.length > 1
      ? text.slice(1, -1).replaceAll('""', '"').trim()
      : text;
  };
  const slowNumber = (bytes: Uint8Array, p: number, stop: number, column: number): number => {
    const text = cellText(bytes, p, stop);
    const value = numberOfText(text, format.decimal);
    if (value === undefined)
      throw fault('data/bad-number', `'${text}' in column ${format.columns[column]} is not a number`);
    return value;
  };
  const slowTime = (bytes: Uint8Array, p: number, stop: number): void => {
    const text = cellText(bytes, p, stop);
    const read = timeOfText(text, format.timeFormat);
    if (read === undefined)
      throw fault(
        'data/bad-time',
        text === '' ? 'the time is missing' : `'${text}' is not a time`,
        `times are read as ${format.timeFormat}; import it with --time-format to name another`,
      );
    out[TIME] = read.time;
    out[OFFSET] = read.offset;
  };
  const checkZone = (): void => {
    const offset = out[OFFSET]!;
    const has = !Number.isNaN(offset);
    if (zoned === undefined) {
      zoned = has;
      lowest = offset;
      highest = offset;
      return;
    }
    if (has && offset < lowest) lowest = offset;
    if (has && offset > highest) highest = offset;
    // One hour apart is summer and winter time of one zone.
    if (has === zoned && !(highest - lowest > 60)) return;
    const found =
      has === zoned
        ? `times have offsets ${lowest / 60} h and ${highest / 60} h`
        : has
          ? 'a time with an offset follows times without one'
          : 'a time without an offset follows times with one';
    throw fault('data/mixed-zones', found, 'write all times in one zone');
  };

  const parse = (bytes: Uint8Array, p: number, to: number): void => {
    // Locals, because variables of the closure are read from memory each time.
    const columns = actions;
    const count = columns.length;
    const separator = delimiter;
    const point = decimal === delimiter ? -1 : decimal;
    const timeCode = timeFormat;
    const cell = out;
    const epoch = format.timeFormat.startsWith('epoch');
    let { numbers, time, lines } = sink;
    let row = sink.rows;
    while (p < to) {
      line++;
      if (skip > 0) {
        skip--;
        p = bytes.indexOf(NEWLINE, p) + 1;
        continue;
      }
      const b0 = bytes[p]!;
      if (b0 === NEWLINE || (b0 === RETURN && bytes[p + 1] === NEWLINE) || b0 === 35) {
        p = bytes.indexOf(NEWLINE, p) + 1;
        continue;
      }
      if (row >= sink.capacity) {
        sink.rows = row;
        grow(sink);
        ({ numbers, time, lines } = sink);
      }
      let clock = 0;
      for (let c = 0; c < count; c++) {
        const action = columns[c]!;
        if (action >= 0) {
          // Up to nine digits on each side of the point and 15 in all: integers, then one division that rounds correctly (Clinger 1990).
          let q = p;
          const negative = bytes[q] === 45;
          if (negative) q++;
          let whole = 0;
          let d = bytes[q]! - 48;
          const start = q;
          while (d >= 0 && d <= 9) {
            whole = (Math.imul(whole, 10) + d) | 0;
            d = bytes[++q]! - 48;
          }
          const wholeDigits = q - start;
          let fraction = 0;
          let scale = 0;
          if (bytes[q] === point) {
            const after = q + 1;
            d = bytes[++q]! - 48;
            while (d >= 0 && d <= 9) {
              fraction = (Math.imul(fraction, 10) + d) | 0;
              d = bytes[++q]! - 48;
            }
            scale = q - after;
          }
          const stop = bytes[q]!;
          const plain = wholeDigits > 0 && wholeDigits <= 9 && scale <= 9 && wholeDigits + scale <= 15;
          if (plain && (stop === separator || stop === NEWLINE || stop === RETURN)) {
            const value = scale === 0 ? whole : (whole * powers[scale]! + fraction) / powers[scale]!;
            numbers[action]![row] = negative ? -value : value;
            p = q;
          } else {
            q = cellEnd(bytes, p);
            numbers[action]![row] = slowNumber(bytes, p, q, c);
            p = q;
          }
        } else if (action === SKIP) {
          p = cellEnd(bytes, p);
        } else if (action === AS_TIME) {
          const q = readTimeCell(bytes, p, timeCode, cell);
          const stop = q < 0 ? 0 : bytes[q]!;
          if (q >= 0 && (stop === separator || stop === NEWLINE || stop === RETURN)) p = q;
          else {
            const close = cellEnd(bytes, p);
            slowTime(bytes, p, close);
            p = close;
          }
          time[row] = cell[TIME]!;
          if (!epoch) checkZone();
        } else if (action === AS_CLOCK) {
          const close = cellEnd(bytes, p);
          const text = cellText(bytes, p, close);
          const bare = Buffer.from(`${text}\n`);
          if (readClock(bare, 0, out) !== bare.length - 1)
            throw fault('data/bad-time', `'${text}' is not a time of day`);
          clock = out[TIME]!;
          p = close;
        } else if (action === AS_SYMBOL) {
          const close = cellEnd(bytes, p);
          let a = p;
          let z = close;
          while (a < z && bytes[a] === SPACE) a++;
          while (z > a && (bytes[z - 1] === SPACE || bytes[z - 1] === RETURN)) z--;
          if (z > a + 1 && bytes[a] === QUOTE && bytes[z - 1] === QUOTE) {
            a++;
            z--;
          }
          sink.codes[row] = symbols.code(bytes, a, z);
          p = close;
        }
        const b = bytes[p]!;
        if (b === separator) p++;
        else if (c + 1 < count) {
          throw new SigmaError(
            'data/missing-column',
            `the row has ${c + 1} cells, column ${format.columns[c + 1]} is missing`,
            { where: where() },
          );
        }
      }
      while (bytes[p] !== NEWLINE) p++;
      p++;
      let moment = time[row]! + clock;
      if (shift !== undefined && zoned === false) moment = shift(moment);
      time[row] = moment;
      lines[row] = line;
      if (moment >= first && moment < end) row++;
    }
    sink.rows = row;
  };
  let plain: PlainRows | undefined;
  let odd = 0;
  const parseOne = (bytes: Uint8Array, p: number): number => {
    const next = bytes.indexOf(NEWLINE, p) + 1;
    parse(bytes, p, next);
    odd++;
    return next;
  };
  return {
    parse: (bytes, p, to) => {
      if (line >= MANY && skip === 0) plain ??= createPlainRows(plan, sink, { from: first, to: end });
      if (plain === undefined || odd > line * TOO_ODD) {
        parse(bytes, p, to);
        return;
      }
      while (p < to) {
        const stop = plain.take(bytes, p, to);
        // A line too long to be taken in.
        if (stop === p) p = parseOne(bytes, p);
        while (p < stop) {
          const read = plain.read(p, line + 1);
          line = read.line - 1;
          p = read.at < stop ? parseOne(bytes, read.at) : stop;
        }
      }
    },
  };
}
