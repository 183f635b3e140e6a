/** A frame: immutable named columns of equal length. */
import { SigmaError } from '../core/index.ts';
import type { CodedText } from '../model/index.ts';

export type Column = Float64Array | Int32Array | readonly string[] | readonly boolean[];
export type Columns = Readonly<Record<string, Column>>;
/** A column as it may be kept: texts as codes into a dictionary, booleans as 0 and 1, which are spelled out when they are read. */
export type KeptColumn = Column | Uint8Array | CodedText;

export interface Frame {
  readonly length: number;
  readonly names: readonly string[];
  /** @throws SigmaError frame/bad-column when there is no such column. */
  column(name: string): Column;
  /** A column as it is kept, without spelling it out. @throws SigmaError frame/bad-column when there is no such column. */
  kept(name: string): KeptColumn;
  /** A column of numbers. @throws SigmaError frame/bad-column when it is missing or holds no numbers. */
  numbers(name: string): Float64Array;
  select(...names: readonly string[]): Frame;
  /** Rows [from, to); negative counts from the end. */
  slice(from: number, to?: number): Frame;
  filter(keep: (row: number) => boolean): Frame;
  /** Stable; NaN last. */
  sortBy(name: string, direction?: 'ascending' | 'descending'): Frame;
  with(columns: Columns): Frame;
  toRows(): Record<string, number | string | boolean>[];
  readonly columns: Columns;
}

/** @throws SigmaError frame/bad-column when lengths differ. */
export function frame(kept: Readonly<Record<string, KeptColumn>>): Frame {
  const names = Object.keys(kept);
  const length = names.length === 0 ? 0 : lengthOf(kept[names[0]!]!);
  for (const name of names) {
    if (lengthOf(kept[name]!) !== length) {
      throw new SigmaError(
        'frame/bad-column',
        `column '${name}' has ${lengthOf(kept[name]!)} rows, '${names[0]}' has ${length}`,
      );
    }
  }
  const columns = spelledOut(kept);
  const present = <T>(found: T | undefined, name: string): T => {
    if (found === undefined)
      throw new SigmaError('frame/bad-column', `no column '${name}'`, { hint: `there are ${names.join(', ')}` });
    return found;
  };
  const column = (name: string): Column => present(columns[name], name);
  const take = (rows: Int32Array): Frame => frame(mapColumns(kept, (c) => pick(c, rows)));
  return {
    length,
    names,
    columns,
    column,
    kept: (name) => present(kept[name], name),
    numbers: (name) => {
      const found = column(name);
      if (found instanceof Float64Array) return found;
      if (found instanceof Int32Array) return Float64Array.from(found);
      throw new SigmaError('frame/bad-column', `column '${name}' does not hold numbers`);
    },
    select: (...wanted) => frame(Object.fromEntries(wanted.map((name) => [name, present(kept[name], name)]))),
    slice: (from, to) =>
      frame(mapColumns(kept, (c) => ('codes' in c ? { ...c, codes: c.codes.slice(from, to) } : c.slice(from, to)))),
    filter: (keep) => take(Int32Array.from(indices(length)).filter(keep)),
    sortBy: (name, direction = 'ascending') => {
      const key = column(name);
      const sign = direction === 'ascending' ? 1 : -1;
      return take(Int32Array.from(indices(length)).sort((a, b) => compare(key[a]!, key[b]!, sign) || a - b));
    },
    with: (added) => frame({ ...kept, ...added }),
    toRows: () =>
      Array.from(indices(length), (i) => Object.fromEntries(names.map((name) => [name, columns[name]![i]!]))),
  };
}

function lengthOf(column: KeptColumn): number {
  return 'codes' in column ? column.codes.length : column.length;
}

/** The columns, those that are kept in another form made on first use. */
function spelledOut(kept: Readonly<Record<string, KeptColumn>>): Columns {
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(kept)) {
    if (!('codes' in column || column instanceof Uint8Array)) {
      columns[name] = column;
      continue;
    }
    let made: Column | undefined;
    const get = (): Column => {
      made ??= plain(column);
      return made;
    };
    Object.defineProperty(columns, name, { get, enumerable: true });
  }
  return columns;
}

function plain(column: Uint8Array | CodedText): Column {
  return 'codes' in column
    ? Array.from(column.codes, (code) => column.dictionary.text(code))
    : Array.from(column, (flag) => flag === 1);
}

function* indices(length: number): Iterable<number> {
  for (let i = 0; i < length; i++) yield i;
}

type Kept = Readonly<Record<string, KeptColumn>>;

function mapColumns(columns: Kept, change: (column: KeptColumn) => KeptColumn): Kept {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column)]));
}

function pick(column: KeptColumn, rows: Int32Array): KeptColumn {
  if ('codes' in column) return { ...column, codes: rows.map((r) => column.codes[r]!) };
  if (column instanceof Float64Array) return Float64Array.from(rows, (r) => column[r]!);
  if (column instanceof Uint8Array) return Uint8Array.from(rows, (r) => column[r]!);
  if (column instanceof Int32Array) return rows.map((r) => column[r]!);
  return Array.from(rows, (r) => column[r]!) as readonly string[] | readonly boolean[];
}

function compare(a: number | string | boolean, b: number | string | boolean, sign: number): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  }
  return a === b ? 0 : a < b ? -sign : sign;
}
