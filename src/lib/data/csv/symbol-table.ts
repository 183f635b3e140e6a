/** Symbols of rows as small integers, found by their bytes without making a string a row. */

export interface SymbolTable {
  readonly symbols: readonly string[];
  /** The code of the symbol in bytes [from, to), a new one when it was not seen before. */
  code(bytes: Uint8Array, from: number, to: number): number;
}

export function createSymbolTable(): SymbolTable {
  const decoder = new TextDecoder();
  const symbols: string[] = [];
  const spellings: Uint8Array[] = [];
  let slots = new Int32Array(256).fill(-1);
  let last = -1;

  const same = (code: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const spelling = spellings[code]!;
    if (spelling.length !== to - from) return false;
    for (let i = 0; i < spelling.length; i++) if (spelling[i] !== bytes[from + i]) return false;
    return true;
  };
  const slotOf = (bytes: Uint8Array, from: number, to: number): number => {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot]! >= 0 && !same(slots[slot]!, bytes, from, to)) slot = (slot + 1) & mask;
    return slot;
  };
  const add = (bytes: Uint8Array, from: number, to: number): number => {
    spellings.push(bytes.slice(from, to));
    // Quotes inside of a quoted cell are doubled.
    symbols.push(decoder.decode(bytes.slice(from, to)).replaceAll('""', '"'));
    if (symbols.length * 2 > slots.length) slots = new Int32Array(slots.length * 4).fill(-1);
    slots.fill(-1);
    spellings.forEach((s, code) => {
      slots[slotOf(s, 0, s.length)] = code;
    });
    return symbols.length - 1;
  };
  return {
    symbols,
    code: (bytes, from, to) => {
      if (last >= 0 && same(last, bytes, from, to)) return last;
      const found = slots[slotOf(bytes, from, to)]!;
      last = found >= 0 ? found : add(bytes, from, to);
      return last;
    },
  };
}
