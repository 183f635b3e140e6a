/**
 * Reads a target function from its own text, as far as it is arithmetic, comparisons and choices over its row, its parameters
 * and what is held. What else there may be in a function (calls, loops, assignments, names from outside) is not read: such a
 * function is only ever called.
 */
import type { Term } from './decision.ts';
import { type Token, tokensOf, Unread } from './target-tokens.ts';

const CONDITION = 0;
/** Signs between two terms, those that bind least first. */
const BINDING: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['===', '!==', '==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];
const RESERVED = new Set(['return', 'const', 'if', 'else', 'function', 'this', 'new', 'typeof', 'void', 'delete']);

/** What is named: a part of an argument, or a term. */
type Named = Term | 'row' | 'params';
type Scope = ReadonlyMap<string, Named>;
type Statement =
  | { readonly kind: 'return'; readonly term: Term }
  | { readonly kind: 'if'; readonly test: Term; readonly yes: readonly Statement[]; readonly no: readonly Statement[] };

/** The term that a target function of (row, params, held) gives; undefined where its text says more than terms can. */
export function readDecision(target: object): Term | undefined {
  try {
    return new Reader(tokensOf(target)).decision();
  } catch (cause) {
    if (cause instanceof Unread) return undefined;
    throw cause;
  }
}

class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;
  /** Every name so far: what is named twice is not read, so that a name means one thing. */
  private readonly names = new Set<string>();
  /** Parts of the arguments by name: each is one term. */
  private readonly parts = { row: new Map<string, Term>(), params: new Map<string, Term>() };

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** An arrow, a function or a method. */
  decision(): Term {
    const isFunction = this.take('function');
    const name = this.sees('(') ? undefined : this.name();
    const isArrow = !isFunction && (name === undefined || this.sees('=>'));
    const scope = isArrow && name !== undefined ? this.argument(new Map(), 0, name) : this.list();
    if (isArrow) this.expect('=>');
    const term = isArrow && !this.sees('{') ? this.term(scope) : returned(this.block(scope), undefined);
    if (term === undefined || this.now.kind !== 'end') throw new Unread();
    return term;
  }

  private get now(): Token {
    return this.tokens[this.at]!;
  }

  private sees(text: string): boolean {
    const { kind } = this.now;
    return this.now.text === text && (kind === 'sign' || kind === 'name');
  }

  private take(text: string): boolean {
    const seen = this.sees(text);
    if (seen) this.at++;
    return seen;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Unread();
  }

  private name(): string {
    const { kind, text } = this.now;
    if (kind !== 'name') throw new Unread();
    this.at++;
    return text;
  }

  private part(of: 'row' | 'params', name: string): Term {
    const known = this.parts[of].get(name) ?? { kind: of === 'row' ? 'row' : 'param', name };
    this.parts[of].set(name, known);
    return known;
  }

  private list(): Scope {
    let scope: Scope = new Map();
    this.expect('(');
    for (let k = 0; !this.take(')'); k++) {
      if (k > 0) this.expect(',');
      if (this.take(')')) break;
      scope = this.sees('{') ? this.partsOf(scope, k) : this.argument(scope, k, this.name());
    }
    return scope;
  }

  private argument(scope: Scope, place: number, name: string): Scope {
    if (place > 2) throw new Unread();
    return this.named(scope, name, place === 0 ? 'row' : place === 1 ? 'params' : { kind: 'held' });
  }

  /** Names of parts: `{ close, fast: average }`. */
  private partsOf(scope: Scope, place: number): Scope {
    if (place > 1) throw new Unread();
    let all = scope;
    this.expect('{');
    for (let k = 0; !this.take('}'); k++) {
      if (k > 0) this.expect(',');
      if (this.take('}')) break;
      const name = this.name();
      const part = this.part(place === 0 ? 'row' : 'params', name);
      all = this.named(all, this.take(':') ? this.name() : name, part);
    }
    return all;
  }

  private named(scope: Scope, name: string, value: Named): Scope {
    if (this.names.has(name) || RESERVED.has(name)) throw new Unread();
    this.names.add(name);
    return new Map([...scope, [name, value]]);
  }

  private block(outer: Scope): readonly Statement[] {
    const statements: Statement[] = [];
    let scope = outer;
    this.expect('{');
    while (!this.take('}')) {
      if (this.take('const')) {
        do {
          const name = this.name();
          this.expect('=');
          scope = this.named(scope, name, this.term(scope));
        } while (this.take(','));
        this.end();
      } else statements.push(...this.statement(scope));
    }
    return statements;
  }

  private statement(scope: Scope): readonly Statement[] {
    if (this.sees('{')) return this.block(scope);
    if (this.take('if')) {
      this.expect('(');
      const test = this.term(scope);
      this.expect(')');
      const yes = this.statement(scope);
      return [{ kind: 'if', test, yes, no: this.take('else') ? this.statement(scope) : [] }];
    }
    this.expect('return');
    if (this.now.fresh) throw new Unread();
    const term = this.term(scope);
    this.end();
    return [{ kind: 'return', term }];
  }

  /** A statement ends by a semicolon, or where nothing else can follow. */
  private end(): void {
    if (!this.take(';') && !this.sees('}') && !this.now.fresh) throw new Unread();
  }

  private term(scope: Scope): Term {
    const test = this.joined(scope, CONDITION);
    if (!this.take('?')) return test;
    const yes = this.term(scope);
    this.expect(':');
    return { kind: 'choice', test, yes, no: this.term(scope) };
  }

  private joined(scope: Scope, level: number): Term {
    const signs = BINDING[level];
    if (signs === undefined) return this.single(scope);
    let a = this.joined(scope, level + 1);
    while (this.now.kind === 'sign' && signs.includes(this.now.text)) {
      const sign = this.now.text as Extract<Term, { kind: 'binary' }>['sign'];
      this.at++;
      a = { kind: 'binary', sign, a, b: this.joined(scope, level + 1) };
    }
    return a;
  }

  private single(scope: Scope): Term {
    for (const sign of ['-', '+', '!'] as const)
      if (this.take(sign)) return { kind: 'unary', sign, of: this.single(scope) };
    if (this.take('(')) {
      const term = this.term(scope);
      this.expect(')');
      return term;
    }
    const { kind, text } = this.now;
    this.at++;
    if (kind === 'number' || kind === 'text' || text === 'true' || text === 'false') return { kind: 'literal', text };
    const value = kind === 'name' ? scope.get(text) : undefined;
    if (value === undefined) throw new Unread();
    if (typeof value !== 'string') return value;
    this.expect('.');
    return this.part(value, this.name());
  }
}

/** What statements return, `after` where they end without. */
function returned(statements: readonly Statement[], after: Term | undefined): Term | undefined {
  let value = after;
  for (const statement of [...statements].reverse()) {
    if (statement.kind === 'return') value = statement.term;
    else {
      const [yes, no] = [returned(statement.yes, value), returned(statement.no, value)];
      if (yes === undefined || no === undefined) throw new Unread();
      value = { kind: 'choice', test: statement.test, yes, no };
    }
  }
  return value;
}
