/** Records kept as growing columns: a run of many millions of orders leaves typed arrays behind, not objects. */
import { type AnyCells, type Cell, type CellsOf, createCells } from './cells.ts';
import type { ColumnType, ColumnTypes, StoredColumn } from './column-types.ts';

/** Room that is not written to costs nothing, and each growth is a copy into memory that was never touched. */
const GROWTH = 4;

type Schema = Readonly<Record<string, ColumnType>>;

/** What was recorded. Reading columns costs nothing; a row becomes an object only when it is asked for. */
export interface Records<T, C = ColumnTypes<T>> extends Iterable<T> {
  readonly length: number;
  /** The columns as they are stored, without a copy; valid for the rows there are now. */
  readonly columns: { readonly [K in keyof C]: StoredColumn<C[K]> };
  /** The record of a row, counted from the end when negative; undefined when there is none. */
  at(row: number): T | undefined;
  /** The records of rows [from, to); negative counts from the end. */
  slice(from?: number, to?: number): T[];
  map<U>(change: (record: T, row: number) => U): U[];
  filter(keep: (record: T, row: number) => boolean): T[];
  reduce<U>(step: (sum: U, record: T, row: number) => U, start: U): U;
}

/** The same with room for more. */
export class RecordLog<T, C extends Schema> implements Records<T, C> {
  /** The columns to write into. Rows are counted by `extend`. */
  readonly cells: { readonly [K in keyof C]: CellsOf<C[K]> };
  readonly #all: readonly (readonly [name: string, cells: AnyCells])[];
  #length = 0;
  #capacity = 0;

  /** @param texts of columns whose codes are known beforehand */
  constructor(types: C, texts: { readonly [K in keyof C]?: readonly string[] } = {}) {
    this.#all = Object.entries(types).map(([name, type]) => [name, createCells(type, texts[name])]);
    // Made from the types entry by entry, which the compiler cannot follow.
    this.cells = Object.fromEntries(this.#all) as unknown as RecordLog<T, C>['cells'];
  }

  get length(): number {
    return this.#length;
  }

  get columns(): Records<T, C>['columns'] {
    const columns = Object.fromEntries(this.#all.map(([name, cells]) => [name, cells.upTo(this.#length)]));
    return columns as unknown as Records<T, C>['columns']; // as with the cells
  }

  /** Makes the log at least this long; cells of new rows are 0 or the first text until they are written. */
  extend(length: number): void {
    if (length <= this.#length) return;
    this.#length = length;
    if (length > this.#capacity) this.#grow(length);
  }

  /** Appends a record. */
  add(record: T): void {
    const row = this.#length;
    this.extend(row + 1);
    for (const [name, cells] of this.#all) cells.put(row, (record as Readonly<Record<string, Cell>>)[name]!);
  }

  at(row: number): T | undefined {
    const k = row < 0 ? this.#length + row : row;
    return k >= 0 && k < this.#length ? this.#row(k) : undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let row = 0; row < this.#length; row++) yield this.#row(row);
  }

  slice(from = 0, to = this.#length): T[] {
    const place = (row: number): number => Math.min(this.#length, row < 0 ? Math.max(0, this.#length + row) : row);
    const first = place(from);
    return Array.from({ length: Math.max(0, place(to) - first) }, (_, k) => this.#row(first + k));
  }

  map<U>(change: (record: T, row: number) => U): U[] {
    return Array.from({ length: this.#length }, (_, row) => change(this.#row(row), row));
  }

  filter(keep: (record: T, row: number) => boolean): T[] {
    const kept: T[] = [];
    for (let row = 0; row < this.#length; row++) {
      const record = this.#row(row);
      if (keep(record, row)) kept.push(record);
    }
    return kept;
  }

  reduce<U>(step: (sum: U, record: T, row: number) => U, start: U): U {
    let sum = start;
    for (let row = 0; row < this.#length; row++) sum = step(sum, this.#row(row), row);
    return sum;
  }

  /** As JSON it is a list of records. */
  toJSON(): T[] {
    return this.slice();
  }

  #row(row: number): T {
    const record: Record<string, Cell> = {};
    for (const [name, cells] of this.#all) record[name] = cells.get(row);
    return record as T; // the cells hold what the types of its columns allow
  }

  #grow(length: number): void {
    this.#capacity = Math.max(64, length, GROWTH * this.#capacity);
    for (const [, cells] of this.#all) cells.grow(this.#capacity);
  }
}
