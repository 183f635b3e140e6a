/** Keys of parameter sets: equal sets of one rule have equal keys, whichever command tried them. */

type Values = Readonly<Record<string, number | boolean | string>>;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/**
 * Two words a set: murmur3 (Appleby 2011) over the values in the order of their names, twice from different starts.
 * @param rule what the sets are of; other rules give other keys
 */
export function trialKeys(rule: string, sets: readonly Values[]): Uint32Array {
  const keys = new Uint32Array(2 * sets.length);
  const names = Object.keys(sets[0] ?? {}).sort();
  const low = startOf(rule, names, 0x9747b28c);
  const high = startOf(rule, names, 0x5bd1e995);
  for (let s = 0; s < sets.length; s++) {
    const set = sets[s]!;
    let a = low;
    let b = high;
    for (let k = 0; k < names.length; k++) {
      const value = set[names[k]!]!;
      if (typeof value !== 'number') {
        const text = String(value);
        a = textInto(a, text);
        b = textInto(b, text);
        continue;
      }
      number[0] = value === 0 ? 0 : value; // one zero
      a = mix(mix(a, words[0]!), words[1]!);
      b = mix(mix(b, words[1]!), words[0]!);
    }
    keys[2 * s] = finish(a);
    keys[2 * s + 1] = finish(b);
  }
  return keys;
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
