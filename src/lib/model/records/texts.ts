/** A dictionary of texts that grows: the first some thousand are shared, further ones lie as plain units outside the heap. */
import type { Dictionary } from './column-types.ts';

/** Texts that are looked up before they are added; beyond them a text is likely to be unlike all others. */
const SHARED = 4096;
/** Units that one call can turn into a text. */
const PIECE = 8192;
/** What stands for the number in the form of a numbered text, and how many forms there may be. */
const PLACE = '#';
const FORMS = 16;
const LARGEST = 2 ** 31 / FORMS;

/** Fills the number into a form such as `order # filled`. */
export function numberedText(form: string, number: number): string {
  return form.replace(PLACE, String(number));
}

export class Texts implements Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #shared: string[] = [];
  readonly #limit: number;
  readonly #forms: string[] = [];
  /** The unshared texts one after another: bytes until a unit needs two. */
  #units: Uint8Array | Uint16Array = new Uint8Array(0);
  #ends = new Float64Array(0);
  #unshared = 0;
  #last = '';
  #lastCode = -1;

  /** @param first texts that get the codes 0, 1, …, whether they are alike or not */
  constructor(first: readonly string[] = []) {
    this.#limit = first.length + SHARED;
    for (const text of first) this.#share(text);
  }

  /**
   * The code of a numbered text: below zero, and made of the form and the number, so that texts that differ by a number
   * alone take no memory.
   */
  numbered(form: string, number: number): number {
    let k = this.#forms.indexOf(form);
    if (k < 0 && this.#forms.length < FORMS) k = this.#forms.push(form) - 1;
    const plain = k < 0 || !(Number.isInteger(number) && number >= 0 && number < LARGEST);
    return plain ? this.code(numberedText(form, number)) : ~(number * FORMS + k);
  }

  /** The code of a text, which is added when it is new. */
  code(text: string): number {
    if (text === this.#last && this.#lastCode >= 0) return this.#lastCode;
    const code = this.#codes.get(text) ?? this.#add(text);
    this.#last = text;
    this.#lastCode = code;
    return code;
  }

  text(code: number): string {
    if (code < 0) return numberedText(this.#forms[~code % FORMS]!, Math.floor(~code / FORMS));
    const k = code - this.#limit;
    if (k < 0) return this.#shared[code]!;
    let text = '';
    for (let at = this.#start(k), end = this.#ends[k]!; at < end; at += PIECE)
      text += String.fromCharCode(...this.#units.subarray(at, Math.min(end, at + PIECE)));
    return text;
  }

  #add(text: string): number {
    return this.#shared.length < this.#limit ? this.#share(text) : this.#store(text);
  }

  #share(text: string): number {
    const code = this.#shared.length;
    this.#shared.push(text);
    if (!this.#codes.has(text)) this.#codes.set(text, code);
    return code;
  }

  #store(text: string): number {
    const k = this.#unshared++;
    const start = this.#start(k);
    const end = start + text.length;
    if (end > this.#units.length || k === this.#ends.length) this.#grow(end);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0xff && this.#units instanceof Uint8Array) this.#units = Uint16Array.from(this.#units);
      this.#units[start + i] = unit;
    }
    this.#ends[k] = end;
    return this.#limit + k;
  }

  #start(k: number): number {
    return k === 0 ? 0 : this.#ends[k - 1]!;
  }

  #grow(units: number): void {
    const { length } = this.#units;
    if (units > length) {
      const capacity = Math.max(units, 2 * length);
      const wider = this.#units instanceof Uint8Array ? new Uint8Array(capacity) : new Uint16Array(capacity);
      wider.set(this.#units);
      this.#units = wider;
    }
    if (this.#unshared <= this.#ends.length) return;
    const ends = new Float64Array(Math.max(SHARED, 2 * this.#ends.length));
    ends.set(this.#ends);
    this.#ends = ends;
  }
}
