/** What kind of value each column of a record holds, and how the column is stored. */

/** A text of few fixed values is named by listing them; `time` is a number that is written as a time. */
export type ColumnType = 'number' | 'time' | 'integer' | 'flag' | 'text' | readonly string[];

/** The columns of a record type, in the order of its fields. */
export type ColumnTypes<T> = {
  readonly [K in keyof T]-?: T[K] extends number
    ? 'number' | 'time' | 'integer'
    : T[K] extends boolean
      ? 'flag'
      : 'text' | readonly T[K][];
};

/** Texts by code. */
export interface Dictionary {
  /** @throws a broken invariant for a code that was never given */
  text(code: number): string;
}

/** A column of texts: a code in each row, which only its dictionary reads. A numbered text has a code below zero, and two codes may stand for one text. */
export type CodedText = { readonly codes: Uint8Array | Int32Array; readonly dictionary: Dictionary };

/** A flag is 0 or 1. */
export type StoredColumn<C> = C extends 'number' | 'time'
  ? Float64Array
  : C extends 'integer'
    ? Int32Array
    : C extends 'flag'
      ? Uint8Array
      : CodedText;
