/** The cells of one growing column. Pages that were never written cost no memory, so a column that grows costs only its copy. */
import { unreachable } from '../../core/index.ts';
import type { CodedText, ColumnType, Dictionary } from './column-types.ts';
import { Texts } from './texts.ts';

export type Cell = number | boolean | string;

/** Hot writers put values straight into the arrays; the rest goes through `put`. */
interface Cells {
  grow(capacity: number): void;
  put(row: number, value: Cell): void;
  get(row: number): Cell;
}

function wider<T extends Float64Array | Int32Array | Uint8Array>(values: T, room: T): T {
  room.set(values);
  return room;
}

export class NumberCells implements Cells {
  values = new Float64Array(0);

  grow(capacity: number): void {
    this.values = wider(this.values, new Float64Array(capacity));
  }

  put(row: number, value: Cell): void {
    this.values[row] = Number(value);
  }

  get(row: number): number {
    return this.values[row]!;
  }

  upTo(length: number): Float64Array {
    return this.values.subarray(0, length);
  }
}

export class IntegerCells implements Cells {
  values = new Int32Array(0);

  grow(capacity: number): void {
    this.values = wider(this.values, new Int32Array(capacity));
  }

  put(row: number, value: Cell): void {
    this.values[row] = Number(value);
  }

  get(row: number): number {
    return this.values[row]!;
  }

  upTo(length: number): Int32Array {
    return this.values.subarray(0, length);
  }
}

export class FlagCells implements Cells {
  values = new Uint8Array(0);

  grow(capacity: number): void {
    this.values = wider(this.values, new Uint8Array(capacity));
  }

  put(row: number, value: Cell): void {
    this.values[row] = value === true ? 1 : 0;
  }

  get(row: number): boolean {
    return this.values[row] === 1;
  }

  upTo(length: number): Uint8Array {
    return this.values.subarray(0, length);
  }
}

/** One of a few fixed texts in each row. */
export class ChoiceCells implements Cells {
  codes = new Uint8Array(0);
  readonly #choices: readonly string[];

  constructor(choices: readonly string[]) {
    this.#choices = choices;
  }

  grow(capacity: number): void {
    this.codes = wider(this.codes, new Uint8Array(capacity));
  }

  put(row: number, value: Cell): void {
    const choices = this.#choices;
    for (let code = 0; code < choices.length; code++)
      if (choices[code] === value) {
        this.codes[row] = code;
        return;
      }
    throw new Error(`invariant broken: '${value}' is none of ${choices.join(', ')}`);
  }

  get(row: number): string {
    return this.#choices[this.codes[row]!]!;
  }

  upTo(length: number): CodedText {
    const choices = this.#choices;
    const dictionary: Dictionary = { text: (code) => choices[code]! };
    return { codes: this.codes.subarray(0, length), dictionary };
  }
}

export class TextCells implements Cells {
  codes = new Int32Array(0);
  readonly texts: Texts;

  constructor(first: readonly string[] = []) {
    this.texts = new Texts(first);
  }

  grow(capacity: number): void {
    this.codes = wider(this.codes, new Int32Array(capacity));
  }

  put(row: number, value: Cell): void {
    this.codes[row] = this.texts.code(typeof value === 'string' ? value : String(value));
  }

  /** @param form a text with `#` where the number belongs */
  putNumbered(row: number, form: string, number: number): void {
    this.codes[row] = this.texts.numbered(form, number);
  }

  get(row: number): string {
    return this.texts.text(this.codes[row]!);
  }

  upTo(length: number): CodedText {
    return { codes: this.codes.subarray(0, length), dictionary: this.texts };
  }
}

export type AnyCells = NumberCells | IntegerCells | FlagCells | ChoiceCells | TextCells;

export type CellsOf<C> = C extends 'number' | 'time'
  ? NumberCells
  : C extends 'integer'
    ? IntegerCells
    : C extends 'flag'
      ? FlagCells
      : C extends 'text'
        ? TextCells
        : ChoiceCells;

/** @param first texts whose codes are known beforehand */
export function createCells(type: ColumnType, first?: readonly string[]): AnyCells {
  switch (type) {
    case 'number':
    case 'time':
      return new NumberCells();
    case 'integer':
      return new IntegerCells();
    case 'flag':
      return new FlagCells();
    case 'text':
      return new TextCells(first);
    default:
      return typeof type === 'string' ? unreachable(type) : new ChoiceCells(type);
  }
}
