/** The arguments of a function as its usage in the catalogue shows them: `ema(x, n, skip = 0)`. */

export type ArgumentKind = 'expression' | 'bars' | 'number' | 'timeframe' | 'text' | 'record';

const expressionNames = new Set(['x', 'y', 'a', 'b', 'v', 'condition', 'starts', 'bars.time']);
const timeframeNames = new Set(['timeframe', 'session']);
/** The same word is a number elsewhere. */
const exceptions: Readonly<Record<string, ArgumentKind>> = {
  'follow.weight': 'expression',
  'placeInRange.low': 'expression',
  'placeInRange.high': 'expression',
  't3.v': 'number',
};

export type Argument = { readonly name: string; readonly kind: ArgumentKind; readonly optional: boolean };

/** Reads `name(x, n = 14, { p, q })`. */
export function argumentsOf(usage: string): Argument[] {
  const open = usage.indexOf('(');
  const inside = usage.slice(open + 1, usage.lastIndexOf(')'));
  const parts = inside.match(/\{[^}]*\}|[^,{]+/g) ?? [];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Argument => {
      const [word = '', given] = part.split('=').map((text) => text.trim());
      const optional = given !== undefined || /^\d/.test(word);
      return { name: word, kind: exceptions[`${usage.slice(0, open)}.${word}`] ?? kindOf(word), optional };
    });
}

function kindOf(word: string): ArgumentKind {
  if (word === 'bars') return 'bars';
  if (word.startsWith('{')) return 'record';
  if (expressionNames.has(word)) return 'expression';
  if (timeframeNames.has(word)) return 'timeframe';
  return word === 'symbol' ? 'text' : 'number';
}
