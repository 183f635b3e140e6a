/** A set of instruments, one bit each: walked in ascending order, past those that are not in it. */
export class InstrumentSet {
  /** Instrument i is bit i % 32 of word floor(i / 32). */
  readonly words: Int32Array;

  constructor(instruments: number) {
    this.words = new Int32Array(Math.ceil(instruments / 32));
  }

  add(instrument: number): void {
    this.words[instrument >> 5]! |= 1 << (instrument & 31);
  }

  delete(instrument: number): void {
    this.words[instrument >> 5]! &= ~(1 << (instrument & 31));
  }

  each(visit: (instrument: number) => void): void {
    for (let word = 0; word < this.words.length; word++)
      for (let bits = this.words[word]!; bits !== 0; bits &= bits - 1) visit(32 * word + 31 - Math.clz32(bits & -bits));
  }
}
