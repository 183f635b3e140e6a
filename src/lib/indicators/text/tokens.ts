/** Words and signs of an expression, each with the column it starts at. */
import { SigmaError } from '../../core/index.ts';

export type Token = {
  readonly kind: 'number' | 'name' | 'text' | 'sign' | 'end';
  readonly text: string;
  /** Counted from 1. */
  readonly column: number;
};

const pattern =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|'([^']*)'|"([^"]*)"|(>=|<=|==|[-+*/^(),.<>{}:]))/y;

/** @throws SigmaError usage/bad-expression at a character that no expression has */
export function tokensOf(source: string, where: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let at = 0;
  while (source.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const column = at + (source.slice(at).match(/^\s*/)?.[0].length ?? 0) + 1;
    if (match === null) throw strayCharacter(source[column - 1]!, column, where);
    const [whole, number, name, single, double, sign] = match;
    at += whole.length;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, column });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, column });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, column });
    else tokens.push({ kind: 'text', text: single ?? double ?? '', column });
  }
  tokens.push({ kind: 'end', text: '', column: source.trimEnd().length + 1 });
  return tokens;
}

export function expressionError(found: string, column: number, where: string, hint = ''): SigmaError {
  return new SigmaError('usage/bad-expression', found, {
    where: `${where}: column ${column}`,
    ...(hint === '' ? {} : { hint }),
  });
}

const strayHints: Readonly<Record<string, string>> = {
  '[': 'write lag(x, n) for the value n rows ago; later rows cannot be had',
  '=': 'write == to compare',
  '&': 'write and',
  '|': 'write or',
  '!': 'write not(x)',
  '?': 'write where(condition, a, b)',
};

function strayCharacter(character: string, column: number, where: string): SigmaError {
  return expressionError(`'${character}' cannot stand here`, column, where, strayHints[character]);
}
