/** Keys of parameter sets: equal sets of one rule have equal keys, whichever command tried them. */

type Value = number | boolean | string;

/** One parameter of many sets: a value of each, or one value of all. */
export type TrialColumn = { readonly name: string } & (
  | { readonly values: Float64Array | readonly Value[] }
  | { readonly value: Value }
);

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/**
 * Two words a set: murmur3 (Appleby 2011) over the values in the order of their names, twice from different starts.
 * @param rule what the sets are of; other rules give other keys
 */
export function trialKeys(rule: string, sets: readonly Readonly<Record<string, Value>>[]): Uint32Array {
  const names = Object.keys(sets[0] ?? {});
  const columns = names.map((name): TrialColumn => ({ name, values: sets.map((set) => set[name]!) }));
  return trialKeysOf(rule, columns, sets.length);
}

/** The same keys of as many sets whose parameters stand in columns. */
export function trialKeysOf(rule: string, columns: readonly TrialColumn[], count: number): Uint32Array {
  const ordered = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = ordered.map(({ name }) => name);
  const keys = new Uint32Array(2 * count);
  hashInto(keys, 0, startOf(rule, names, 0x9747b28c), ordered);
  hashInto(keys, 1, startOf(rule, names, 0x5bd1e995), ordered);
  return keys;
}

/** @param half 0 the low words, 1 the high ones, which take the words of a number in the other order */
function hashInto(keys: Uint32Array, half: 0 | 1, start: number, columns: readonly TrialColumn[]): void {
  const hashes = new Int32Array(keys.length / 2).fill(start);
  for (const column of columns) {
    if ('values' in column && column.values instanceof Float64Array) numbersInto(hashes, column.values, half);
    else if ('values' in column)
      for (let t = 0; t < hashes.length; t++) hashes[t] = valueInto(hashes[t]!, column.values[t]!, half);
    else for (let t = 0; t < hashes.length; t++) hashes[t] = valueInto(hashes[t]!, column.value, half);
  }
  for (let t = 0; t < hashes.length; t++) keys[2 * t + half] = finish(hashes[t]!);
}

function numbersInto(hashes: Int32Array, values: Float64Array, half: 0 | 1): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let t = 0; t < hashes.length; t++) {
    const low = bits[2 * t]!;
    const high = low === 0 && bits[2 * t + 1] === 0x8000_0000 ? 0 : bits[2 * t + 1]!; // one zero
    hashes[t] = half === 0 ? mix(mix(hashes[t]!, low), high) : mix(mix(hashes[t]!, high), low);
  }
}

function valueInto(hash: number, value: Value, half: 0 | 1): number {
  if (typeof value !== 'number') return textInto(hash, String(value));
  number[0] = value === 0 ? 0 : value; // one zero
  return mix(mix(hash, words[half]!), words[1 - half]!);
}

function startOf(rule: string, names: readonly string[], seed: number): number {
  return names.reduce(textInto, textInto(seed, rule));
}

function textInto(hash: number, text: string): number {
  let h = mix(hash, text.length);
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return h;
}

function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
