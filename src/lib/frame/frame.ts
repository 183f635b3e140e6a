/** A frame: immutable named columns of equal length. */
import { SigmaError } from '../core/index.ts';

export type Column = Float64Array | Int32Array | readonly string[] | readonly boolean[];
export type Columns = Readonly<Record<string, Column>>;

export interface Frame {
  readonly length: number;
  readonly names: readonly string[];
  /** @throws SigmaError frame/bad-column when there is no such column. */
  column(name: string): Column;
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
export function frame(columns: Columns): Frame {
  const names = Object.keys(columns);
  const length = names.length === 0 ? 0 : columns[names[0]!]!.length;
  for (const name of names) {
    if (columns[name]!.length !== length) {
      throw new SigmaError(
        'frame/bad-column',
        `column '${name}' has ${columns[name]!.length} rows, '${names[0]}' has ${length}`,
      );
    }
  }
  const column = (name: string): Column => {
    const found = columns[name];
    if (found === undefined)
      throw new SigmaError('frame/bad-column', `no column '${name}'`, { hint: `there are ${names.join(', ')}` });
    return found;
  };
  const take = (rows: Int32Array): Frame => frame(mapColumns(columns, (c) => pick(c, rows)));
  return {
    length,
    names,
    columns,
    column,
    numbers: (name) => {
      const found = column(name);
      if (found instanceof Float64Array) return found;
      if (found instanceof Int32Array) return Float64Array.from(found);
      throw new SigmaError('frame/bad-column', `column '${name}' does not hold numbers`);
    },
    select: (...wanted) => frame(Object.fromEntries(wanted.map((name) => [name, column(name)]))),
    slice: (from, to) => frame(mapColumns(columns, (c) => c.slice(from, to))),
    filter: (keep) => take(Int32Array.from(indices(length)).filter(keep)),
    sortBy: (name, direction = 'ascending') => {
      const key = column(name);
      const sign = direction === 'ascending' ? 1 : -1;
      return take(Int32Array.from(indices(length)).sort((a, b) => compare(key[a]!, key[b]!, sign) || a - b));
    },
    with: (added) => frame({ ...columns, ...added }),
    toRows: () =>
      Array.from(indices(length), (i) => Object.fromEntries(names.map((name) => [name, columns[name]![i]!]))),
  };
}

function* indices(length: number): Iterable<number> {
  for (let i = 0; i < length; i++) yield i;
}

function mapColumns(columns: Columns, change: (column: Column) => Column): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column)]));
}

function pick(column: Column, rows: Int32Array): Column {
  if (column instanceof Float64Array) return Float64Array.from(rows, (r) => column[r]!);
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
