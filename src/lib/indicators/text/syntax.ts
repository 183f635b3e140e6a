/** The grammar of expressions as text: operators by precedence, calls, outputs by name. */
import { expressionError, type Token, tokensOf } from './tokens.ts';

export type Syntax = { readonly column: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
  | { readonly kind: 'output'; readonly of: Syntax; readonly name: string }
  | { readonly kind: 'record'; readonly members: readonly (readonly [string, Syntax])[] }
);

/** Left and right binding power, and the function that an infix operator stands for. */
const infix: Readonly<Record<string, readonly [number, number, string]>> = {
  or: [1, 2, 'or'],
  and: [3, 4, 'and'],
  '>': [5, 6, 'gt'],
  '<': [5, 6, 'lt'],
  '>=': [5, 6, 'ge'],
  '<=': [5, 6, 'le'],
  '==': [5, 6, 'eq'],
  '+': [7, 8, 'add'],
  '-': [7, 8, 'sub'],
  '*': [9, 10, 'mul'],
  '/': [9, 10, 'div'],
  '^': [14, 13, 'power'],
};
const NEGATION = 11;
/** Deeper nesting is a mistake, and would exhaust the stack. */
const DEEPEST = 100;

/** @throws SigmaError usage/bad-expression with the column */
export function syntaxOf(source: string, where: string): Syntax {
  const tokens = tokensOf(source, where);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at]!;
  const is = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign;
  const fail = (token: Token, wanted: string): never => {
    const found = token.kind === 'end' ? 'the expression ends' : `'${token.text}' stands`;
    throw expressionError(`${found} where ${wanted} is expected`, token.column, where);
  };
  const take = (sign: string): void => {
    if (!is(sign)) fail(peek(), `'${sign}'`);
    at++;
  };

  const list = (close: string): Syntax[] => {
    const items: Syntax[] = [];
    while (!is(close)) {
      if (items.length > 0) take(',');
      items.push(expression(0));
    }
    take(close);
    return items;
  };

  const record = (column: number): Syntax => {
    const members: [string, Syntax][] = [];
    while (!is('}')) {
      if (members.length > 0) take(',');
      const key = tokens[at++]!;
      if (key.kind !== 'name') fail(key, 'a name');
      take(':');
      members.push([key.text, expression(0)]);
    }
    take('}');
    return { kind: 'record', members, column };
  };

  const primary = (): Syntax => {
    const token = tokens[at++]!;
    const { column, text } = token;
    if (token.kind === 'number') return { kind: 'number', value: Number(text), column };
    if (token.kind === 'text') return { kind: 'text', value: text, column };
    if (token.kind === 'name') {
      if (!is('(')) return { kind: 'name', name: text, column };
      at++;
      return { kind: 'call', name: text, args: list(')'), column };
    }
    if (token.kind === 'sign' && text === '{') return record(column);
    if (token.kind === 'sign' && text === '-')
      return { kind: 'call', name: 'neg', args: [expression(NEGATION)], column };
    if (token.kind !== 'sign' || text !== '(') fail(token, 'a value');
    const inner = expression(0);
    take(')');
    return inner;
  };

  const outputs = (of: Syntax): Syntax => {
    let value = of;
    while (is('.')) {
      at++;
      const name = tokens[at++]!;
      if (name.kind !== 'name') fail(name, 'the name of an output');
      value = { kind: 'output', of: value, name: name.text, column: name.column };
    }
    return value;
  };

  const expression = (least: number): Syntax => {
    if (++depth > DEEPEST) throw expressionError('the expression is nested too deeply', peek().column, where);
    let left = outputs(primary());
    for (;;) {
      const { text, kind, column } = peek();
      const operator = kind === 'sign' || kind === 'name' ? own(infix, text) : undefined;
      if (operator === undefined || operator[0] < least) break;
      at++;
      left = { kind: 'call', name: operator[2], args: [left, expression(operator[1])], column };
    }
    depth--;
    return left;
  };

  const whole = expression(0);
  if (peek().kind !== 'end') fail(peek(), 'an operator');
  return whole;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
