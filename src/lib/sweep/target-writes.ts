/** Whether a function of a strategy may write to what it is given: told by its text, on the safe side. */
import { type Token, tokensOf, Unread } from './target-tokens.ts';

/** Words by which more can be reached than is named. */
const FAR = new Set(['arguments', 'delete', 'eval', 'native']);
const DECLARING = new Set(['const', 'let', 'var']);
/** Behind what each turn of a loop is put into. */
const TURNING = new Set(['in', 'of']);

/** Places of what every function of a strategy is given first: a row or the bars, then the parameters. */
const PARAMS = 1;
const both: readonly number[] = [0, PARAMS];

/** False only where the text reads fields of the row and the parameters, and hands neither on as a whole. */
export function mayWrite(work: object): boolean {
  return writesTo(both, work);
}

/** The same of the parameters alone. */
export function mayWriteParams(work: object): boolean {
  return writesTo([PARAMS], work);
}

function writesTo(places: readonly number[], work: object): boolean {
  try {
    const tokens = tokensOf(work);
    const { given, end } = argumentsOf(tokens, places);
    return tokens.some((_, k) => k >= end && isWrite(tokens, k, given));
  } catch (cause) {
    if (cause instanceof Unread) return true;
    throw cause;
  }
}

/** Names of the arguments at these places, where they are not taken apart at once; and where the text behind them begins. */
function argumentsOf(
  tokens: readonly Token[],
  places: readonly number[],
): { readonly given: ReadonlySet<string>; readonly end: number } {
  if (tokens[1]?.text === '=>') return { given: new Set(places.includes(0) ? [tokens[0]!.text] : []), end: 2 };
  const given = new Set<string>();
  const open = tokens.findIndex(({ text }) => text === '(');
  let depth = 0;
  let place = 0;
  for (let k = open; k < tokens.length; k++) {
    const { kind, text } = tokens[k]!;
    if (text === '=' || text === '...') throw new Unread();
    if (text === '(' || text === '{' || text === '[') depth++;
    else if ((text === ')' || text === '}' || text === ']') && --depth === 0) return { given, end: k + 1 };
    else if (text === ',' && depth === 1) place++;
    else if (kind === 'name' && depth === 1 && places.includes(place)) given.add(text);
  }
  throw new Unread();
}

function isWrite(tokens: readonly Token[], k: number, given: ReadonlySet<string>): boolean {
  const text = (place: number): string => tokens[place]?.text ?? '';
  const now = tokens[k]!;
  if (now.kind === 'name') {
    if (text(k - 1) === '.') return false;
    if (TURNING.has(now.text)) return !isDeclared(tokens, k - 1);
    return FAR.has(now.text) || (given.has(now.text) && !isRead(tokens, k));
  }
  if (now.kind !== 'sign') return false;
  if (now.text === '++' || now.text === '--') return true;
  // A pattern of characters is not cut as one.
  if (now.text === '/') return !isEnd(tokens[k - 1]!);
  if (!/^[-+*/%&|^]?=$/.test(now.text)) return false;
  if (tokens[k - 1]!.kind === 'name') return text(k - 2) === '.';
  return !isDeclared(tokens, k - 1);
}

/** A field of it is read, or it is taken apart: `p.x`, `const { x } = p`. */
function isRead(tokens: readonly Token[], k: number): boolean {
  const [before, after, field, then] = [tokens[k - 1]!, tokens[k + 1]!, tokens[k + 2], tokens[k + 3]];
  if (after.text === '.') return field?.kind === 'name' && then?.text !== '(';
  return before.text === '=' && tokens[k - 2]?.text === '}' && (after.text === ';' || after.fresh);
}

/** The name, or all that is taken apart at once, stands first in a declaration. */
function isDeclared(tokens: readonly Token[], end: number): boolean {
  let depth = 0;
  for (let k = end; k > 0; k--) {
    const { text } = tokens[k]!;
    if (text === '}' || text === ']') depth++;
    else if (text === '{' || text === '[') depth--;
    if (depth === 0) return DECLARING.has(tokens[k - 1]!.text);
  }
  return false;
}

/** The end of a value: what follows divides it. */
function isEnd({ kind, text }: Token): boolean {
  return kind === 'number' || (kind === 'name' && text !== 'return') || text === ')' || text === ']';
}
